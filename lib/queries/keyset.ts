import { type SQL, sql } from 'drizzle-orm';
import { requests } from '#db/schema/requests.ts';
import type { Page } from './rows.ts';

/** A place in a list ordered by when a request was filed, newest first; `before` walks back up. */
export interface Cursor {
  filedAt: string;
  id: string;
  direction: 'after' | 'before';
}

/** Where a row stands in such a list. */
export interface Place {
  filedAt: Date;
  id: string;
}

const shape =
  /^(after|before)\|([12]\d{3}-\d\d-\d\dT[\d:.]{12}Z)\|([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/;

/** null for anything that is not one of ours: a mangled link shows the first page. */
export function readCursor(text: string | null): Cursor | null {
  const parts = text ? shape.exec(Buffer.from(text, 'base64url').toString('latin1')) : null;
  if (!parts) return null;
  const [, direction, filedAt = '', id = ''] = parts;
  const at = new Date(filedAt);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== filedAt) return null;
  return { direction: direction as Cursor['direction'], filedAt, id };
}

function writeCursor(direction: Cursor['direction'], row: Place): string {
  return Buffer.from(`${direction}|${row.filedAt.toISOString()}|${row.id}`, 'latin1').toString('base64url');
}

/** Rows strictly beyond the cursor. */
export function beyond(cursor: Cursor | null): SQL | undefined {
  if (!cursor) return undefined;
  const place = sql`(${cursor.filedAt}::timestamptz, ${cursor.id}::uuid)`;
  const row = sql`(${requests.filedAt}, ${requests.id})`;
  return cursor.direction === 'after' ? sql`${row} < ${place}` : sql`${row} > ${place}`;
}

export function order(cursor: Cursor | null): SQL[] {
  return cursor?.direction === 'before'
    ? [sql`${requests.filedAt} asc`, sql`${requests.id} asc`]
    : [sql`${requests.filedAt} desc`, sql`${requests.id} desc`];
}

/**
 * Cuts a page from `size + 1` fetched rows: the one too many only says that there are more. `stopped` is where the
 * reading was given up before it had found that many: the next page goes on from there.
 */
export function cut<Row extends Place>(
  fetched: Row[],
  size: number,
  cursor: Cursor | null,
  stopped: Place | null = null,
): Page<Row> {
  const more = fetched.length > size;
  const rows = fetched.slice(0, size);
  const back = cursor?.direction === 'before';
  if (back) rows.reverse();
  const newest = back && stopped && !more ? stopped : rows[0];
  const oldest = !back && stopped && !more ? stopped : rows.at(-1);
  const goesOn = more || stopped !== null;
  return {
    rows,
    next: oldest && (back || goesOn) ? writeCursor('after', oldest) : null,
    previous: newest && (back ? goesOn : cursor !== null) ? writeCursor('before', newest) : null,
    searchedTo: stopped && !more && !back ? stopped.filedAt : null,
  };
}
