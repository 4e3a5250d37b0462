import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { assignments, memberships, principals, responsibles, scopeTree } from '#db/schema/inventory.ts';
import { mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import { accessPolicies } from '#db/schema/posture.ts';
import { placeOf } from '#lib/domain/difference.ts';
import type { Harvest, Part, PrincipalSeen, WorkloadSignIn } from '#lib/domain/inventory.ts';
import { keepUseEvents } from '#lib/operations/posture/keep-use-events.ts';
import { keepOutside } from './keep-outside.ts';
import { keepParts, keepTellings } from './keep-parts.ts';
import { upsert } from './upsert.ts';

interface Page {
  part: Part;
  found: Harvest;
}

/** Keeps what pages brought, each row under this reading. Twice is once. */
export async function keepHarvest(tx: Tx, runId: string, pages: readonly Page[]): Promise<void> {
  const readAt = sql`stint_now()`;
  const seen = { seenIn: runId, firstSeenAt: readAt, goneAt: null };
  const every = <T>(of: (found: Harvest) => readonly T[]) =>
    pages.flatMap(({ part: { list }, found }) => of(found).map((row) => ({ ...row, list, ...seen })));
  await keepPrincipals(
    tx,
    every((found) => found.principals),
  );
  await upsert(
    tx,
    responsibles,
    ['principalId', 'responsibleId', 'as'],
    every((found) => found.responsibles),
  );
  await upsert(
    tx,
    memberships,
    ['groupId', 'memberId'],
    every((found) => found.memberships),
  );
  await upsert(
    tx,
    assignments,
    ['id'],
    every((found) => found.assignments).map((row) => ({
      ...row,
      id: `${row.list} ${row.azureId}`.toLowerCase(),
      // A subscription's list shows what comes from above it, too: that belongs to the place it was made at.
      place: placeOf(row),
    })),
  );
  const roles = pages.flatMap(({ found }) => found.roles);
  await upsert(
    tx,
    mirrorRoles,
    ['plane', 'roleId'],
    roles.map((definition) => ({
      ...{ plane: definition.plane, roleId: definition.id, definition, readAt },
      isPrivileged: definition.isPrivileged,
    })),
    // Every subscription shows the built-in ones again.
    { changed: sql`${mirrorRoles.definition} is distinct from excluded.definition` },
  );
  const policies = pages.flatMap(({ found }) => found.policies);
  await upsert(
    tx,
    mirrorPolicies,
    ['plane', 'roleId', 'scopeId'],
    policies.map((row) => ({ ...row, failure: null, readAt })),
  );
  await upsert(
    tx,
    scopeTree,
    ['id'],
    every((found) => found.scopes),
  );
  await upsert(
    tx,
    accessPolicies,
    ['id'],
    every((found) => found.accessPolicies.map((facts) => ({ ...facts, facts }))),
  );
  await keepOutside(tx, pages, seen);
  await keepSignIns(
    tx,
    pages.flatMap(({ found }) => found.signIns),
  );
  await keepUseEvents(
    tx,
    'azure_audit',
    pages.flatMap(({ found }) => found.useEvents),
  );
  await keepParts(
    tx,
    runId,
    pages.flatMap(({ found }) => found.parts),
  );
  await keepTellings(
    tx,
    runId,
    pages.flatMap(({ found }) => found.tellings),
  );
}

/** When workloads sign in comes with a list of its own, and is not forgotten by theirs. */
async function keepPrincipals(tx: Tx, rows: readonly (PrincipalSeen & Pick<Part, 'list'>)[]): Promise<void> {
  const workloads = rows.filter(({ list }) => list === 'service_principals');
  const others = rows.filter(({ list }) => list !== 'service_principals');
  await upsert(tx, principals, ['id'], others);
  await upsert(tx, principals, ['id'], workloads, { kept: ['lastSignInAt'] });
}

/** Of workloads that are known: their list is read before this one is asked for. */
async function keepSignIns(tx: Tx, signIns: readonly WorkloadSignIn[]): Promise<void> {
  if (signIns.length === 0) return;
  const told = JSON.stringify(signIns);
  await tx.execute(sql`
    update principals set last_sign_in_at = told.at
    from json_to_recordset(${told}::json) as told("appId" text, at timestamptz)
    where principals.app_id = told."appId" and principals.last_sign_in_at is distinct from told.at`);
}
