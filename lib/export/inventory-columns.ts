import { type SQL, sql } from 'drizzle-orm';
import { assignments, principals } from '#db/schema/inventory.ts';
import { uses } from '#db/schema/posture.ts';
import { holdingKindNames } from '#lib/domain/inventory.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { principalKindNames } from '#lib/domain/principal.ts';
import type { Column } from './cells.ts';
import { at, named, number, typed, word } from './column-kinds.ts';

const principalKind = sql`case when ${principals.goneAt} is null then coalesce(${principals.kind}, 'unknown') else 'unknown' end`;
const ifEligible = (value: SQL) => sql`case when ${assignments.kind} = 'eligible' then ${value} end`;

/**
 * One row of the inventory's export; of `assignments` joined to their holders and uses. Headings are stable: people
 * build on them. Times are UTC, lengths minutes. Of eligible rows alone it is told how they were used, and since when
 * (`knownSince`) that is known. The cursor names the row's place (`?after=`).
 */
export function inventoryColumns(knownSince: Date | null): readonly Column[] {
  return [
    word('plane', named(assignments.plane, planeNames)),
    typed('role', assignments.roleName),
    typed('role_id', assignments.roleId),
    typed('scope', assignments.scopeName),
    typed('scope_id', assignments.scopeId),
    word('scope_kind', assignments.scopeKind),
    word('how', named(assignments.kind, holdingKindNames)),
    typed('principal', sql`coalesce(${principals.name}, ${assignments.principalId})`),
    typed('principal_id', assignments.principalId),
    word('principal_kind', named(principalKind, principalKindNames)),
    typed('principal_upn', principals.upn),
    word('principal_enabled', sql`case ${principals.enabled} when true then 'yes' when false then 'no' end`),
    typed('condition', assignments.condition),
    at('starts_at', assignments.startsAt),
    at('ends_at', assignments.endsAt),
    at('first_seen_at', assignments.firstSeenAt),
    number('activations', ifEligible(sql`coalesce(${uses.count}, 0)`)),
    at('last_activated_at', uses.lastAt),
    number('active_minutes', uses.activeMinutes),
    number('granted_minutes', uses.grantedMinutes),
    at('use_known_since', ifEligible(sql`${knownSince?.toISOString() ?? null}::timestamptz`)),
    typed('cursor', assignments.id),
  ];
}
