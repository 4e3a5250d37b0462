import { and, eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { dangersOf, isCritical } from '#lib/domain/risk.ts';
import type { AssignmentRow, InventoryFilter } from './inventory-rows.ts';
import type { Page } from './rows.ts';

const pageSize = 50;

/** A place in the list: role by name, then the assignment's id. */
interface Cursor {
  name: string;
  id: string;
  direction: 'after' | 'before';
}

/**
 * Every assignment of the tenant by role; null to whom the tenant's posture is not open. A mangled cursor begins at
 * the first page.
 */
export async function inventory(
  viewer: Actor,
  filter: InventoryFilter,
  cursorText: string | null,
  size = pageSize,
): Promise<Page<AssignmentRow> | null> {
  if (!mayReadPosture(viewer)) return null;
  const cursor = readCursor(cursorText);
  const back = cursor?.direction === 'before';
  const name = sql<string>`lower(${assignments.roleName})`;
  const direction = sql.raw(back ? 'desc' : 'asc');
  const fetched = await db()
    .select({ row: assignments, principal: principals, definition: mirrorRoles.definition, name })
    .from(assignments)
    .leftJoin(principals, eq(principals.id, assignments.principalId))
    .leftJoin(
      mirrorRoles,
      and(eq(mirrorRoles.plane, assignments.plane), eq(mirrorRoles.roleId, assignments.roleId)),
    )
    .where(and(isNull(assignments.goneAt), ...matching(filter), beyond(cursor)))
    .orderBy(sql`${name} ${direction}`, sql`${assignments.id} ${direction}`)
    .limit(size + 1);
  const more = fetched.length > size;
  const rows = fetched.slice(0, size);
  if (back) rows.reverse();
  const [first] = rows;
  const last = rows.at(-1);
  return {
    rows: rows.map(rowOf),
    next: last && (back || more) ? writeCursor('after', last) : null,
    previous: first && (back ? more : cursor !== null) ? writeCursor('before', first) : null,
    searchedTo: null,
  };
}

interface Fetched {
  row: typeof assignments.$inferSelect;
  principal: typeof principals.$inferSelect | null;
  definition: (typeof mirrorRoles.$inferSelect)['definition'] | null;
  name: string;
}

function rowOf({ row, principal, definition }: Fetched): AssignmentRow {
  const { id, plane, kind, roleId, roleName, scopeId, scopeName, scopeKind, principalId } = row;
  const { startsAt, endsAt, firstSeenAt } = row;
  return {
    ...{ id, plane, kind, roleId, roleName, scopeId, scopeName, scopeKind, principalId },
    ...{ startsAt, endsAt, firstSeenAt, isConditional: row.condition !== null },
    principalName: principal?.name || principalId,
    principalKind: principal && !principal.goneAt ? principal.kind : 'unknown',
    upn: principal?.upn ?? null,
    enabled: principal?.enabled ?? null,
    dangers: definition ? dangersOf(definition) : [],
    critical: definition ? isCritical(definition, scopeKind) : false,
  };
}

function matching({ plane, kind, principalKind, principal, role }: InventoryFilter): (SQL | undefined)[] {
  return [
    plane && eq(assignments.plane, plane),
    kind && eq(assignments.kind, kind),
    principalKind &&
      sql`case when ${principals.goneAt} is null then coalesce(${principals.kind}, 'unknown') else 'unknown' end = ${principalKind}`,
    principal
      ? or(
          ilike(principals.name, containing(principal)),
          ilike(principals.upn, containing(principal)),
          eq(assignments.principalId, principal.toLowerCase()),
        )
      : undefined,
    role
      ? or(ilike(assignments.roleName, containing(role)), ilike(assignments.scopeName, containing(role)))
      : undefined,
  ];
}

/** What people type is text, not a pattern. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
}

function beyond(cursor: Cursor | null): SQL | undefined {
  if (!cursor) return undefined;
  const place = sql`(${cursor.name}, ${cursor.id})`;
  const row = sql`(lower(${assignments.roleName}), ${assignments.id})`;
  return cursor.direction === 'after' ? sql`${row} > ${place}` : sql`${row} < ${place}`;
}

function readCursor(text: string | null): Cursor | null {
  if (!text) return null;
  const [direction, name, id] = Buffer.from(text, 'base64url')
    .toString('utf8')
    .replaceAll('\0', '')
    .split('\n');
  if ((direction !== 'after' && direction !== 'before') || name === undefined || id === undefined)
    return null;
  return { direction, name, id };
}

function writeCursor(direction: Cursor['direction'], { name, row }: Fetched): string {
  return Buffer.from(`${direction}\n${name}\n${row.id}`, 'utf8').toString('base64url');
}
