import { type SQL, sql } from 'drizzle-orm';
import { requests } from '#db/schema/requests.ts';
import type { Page } from './rows.ts';

/** A place in a list ordered by when a request was filed, newest first; `before` walks back up. */
interface Cursor {
  filedAt: string;
  id: string;
  direction: 'after' | 'before';
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

function writeCursor(direction: Cursor['direction'], row: { filedAt: Date; id: string }): string {
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

/** Cuts a page from `size + 1` fetched rows: the one too many only says that there are more. */
export function cut<Row extends { filedAt: Date; id: string }>(
  fetched: Row[],
  size: number,
  cursor: Cursor | null,
): Page<Row> {
  const more = fetched.length > size;
  const rows = fetched.slice(0, size);
  const back = cursor?.direction === 'before';
  if (back) rows.reverse();
  const [first] = rows;
  const last = rows.at(-1);
  return {
    rows,
    next: last && (back || more) ? writeCursor('after', last) : null,
    previous: first && (back ? more : cursor !== null) ? writeCursor('before', first) : null,
  };
}
