import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { principals } from '#db/schema/inventory.ts';
import { outsideRoles } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type OutsideKind, outsideKinds } from '#lib/domain/outside-role.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { type PrincipalKind, principalKindNames } from '#lib/domain/principal.ts';
import { containing } from './containing.ts';
import { factsOf } from './outside-facts.ts';
import type { OutsideFilter, OutsidePage, OutsideRow } from './outside-rows.ts';

const pageSize = 50;
const holder = alias(principals, 'holder');
const person = alias(principals, 'person');

/** A place in the list: by kind, then by the holder's name. */
interface Cursor {
  kind: OutsideKind;
  name: string;
  id: string;
  direction: 'after' | 'before';
}

/** Privilege that no role shows; null to whom posture is not open. A mangled cursor begins at the first page. */
export async function outside(
  viewer: Actor,
  filter: OutsideFilter,
  cursorText: string | null,
  size = pageSize,
): Promise<OutsidePage | null> {
  if (!mayReadPosture(viewer)) return null;
  const cursor = readCursor(cursorText);
  const back = cursor?.direction === 'before';
  const name = sql<string>`lower(${outsideRoles.principalName})`;
  const direction = sql.raw(back ? 'desc' : 'asc');
  const [now, fetched] = await Promise.all([
    clock(db()),
    db()
      .select({ row: outsideRoles, holderKind: holder.kind, forName: person.name, name })
      .from(outsideRoles)
      .leftJoin(holder, and(eq(holder.id, outsideRoles.principalId), isNull(holder.goneAt)))
      .leftJoin(person, sql`${person.id} = ${outsideRoles.details}->>'forId'`)
      .where(and(isNull(outsideRoles.goneAt), ...matchingOutside(filter), beyond(cursor)))
      .orderBy(
        sql`${outsideRoles.kind} ${direction}`,
        sql`${name} ${direction}`,
        sql`${outsideRoles.id} ${direction}`,
      )
      .limit(size + 1),
  ]);
  const more = fetched.length > size;
  const rows = fetched.slice(0, size);
  if (back) rows.reverse();
  const [first] = rows;
  const last = rows.at(-1);
  return {
    now,
    rows: rows.map(rowOf),
    next: last && (back || more) ? writeCursor('after', last) : null,
    previous: first && (back ? more : cursor !== null) ? writeCursor('before', first) : null,
    searchedTo: null,
  };
}

interface Fetched {
  row: typeof outsideRoles.$inferSelect;
  holderKind: PrincipalKind | null;
  forName: string | null;
  name: string;
}

function rowOf({ row, holderKind, forName }: Fetched): OutsideRow {
  const { id, kind, principalId, principalName, targetId, targetName, what, endsAt, firstSeenAt } = row;
  return {
    ...{ id, kind, targetId, targetName, what, endsAt, firstSeenAt },
    principalName: principalName || principalId || 'unknown',
    holder: holderOf(row, holderKind),
    facts: factsOf(row, forName),
  };
}

/** Whom a delegation names is of another tenant's directory. */
function holderOf({ kind, principalId }: Fetched['row'], known: PrincipalKind | null): string {
  if (kind === 'lighthouse') return 'of another tenant';
  if (principalId === null) return '';
  return principalKindNames[known ?? 'unknown'];
}

export function matchingOutside({ kind, principal, over }: OutsideFilter): (SQL | undefined)[] {
  return [
    kind && eq(outsideRoles.kind, kind),
    principal
      ? or(
          sql`${outsideRoles.principalName} ilike ${containing(principal)}`,
          eq(outsideRoles.principalId, principal.toLowerCase()),
        )
      : undefined,
    over
      ? or(
          sql`${outsideRoles.targetName} ilike ${containing(over)}`,
          sql`${outsideRoles.what} ilike ${containing(over)}`,
          eq(outsideRoles.targetId, over.toLowerCase()),
        )
      : undefined,
  ];
}

function beyond(cursor: Cursor | null): SQL | undefined {
  if (!cursor) return undefined;
  const place = sql`(${cursor.kind}, ${cursor.name}, ${cursor.id})`;
  const row = sql`(${outsideRoles.kind}, lower(${outsideRoles.principalName}), ${outsideRoles.id})`;
  return cursor.direction === 'after' ? sql`${row} > ${place}` : sql`${row} < ${place}`;
}

function readCursor(text: string | null): Cursor | null {
  if (!text) return null;
  const parts = Buffer.from(text, 'base64url').toString('utf8').replaceAll('\0', '').split('\n');
  const [direction, kindText, name, id] = parts;
  const kind = outsideKinds.find((one) => one === kindText);
  if ((direction !== 'after' && direction !== 'before') || !kind) return null;
  return name === undefined || id === undefined ? null : { direction, kind, name, id };
}

function writeCursor(direction: Cursor['direction'], { name, row }: Fetched): string {
  return Buffer.from([direction, row.kind, name, row.id].join('\n'), 'utf8').toString('base64url');
}
