import { and, type SQL, sql } from 'drizzle-orm';
import { assignments } from '#db/schema/inventory.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { rowOf, type Selected, selectAssignments } from './assignment-select.ts';
import { matching } from './inventory-match.ts';
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
  const direction = sql.raw(back ? 'desc' : 'asc');
  const fetched = await selectAssignments()
    .where(and(...matching(filter), beyond(cursor)))
    .orderBy(sql`lower(${assignments.roleName}) ${direction}`, sql`${assignments.id} ${direction}`)
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

function writeCursor(direction: Cursor['direction'], { name, row }: Selected): string {
  return Buffer.from(`${direction}\n${name}\n${row.id}`, 'utf8').toString('base64url');
}
