/** Where a page of a list begins or ends, for lists ordered by a text and an id. */
export interface Place {
  key: string;
  id: string;
  direction: 'after' | 'before';
}

/** null for anything that is not one of ours: a mangled link shows the first page. */
export function readPlace(text: string | null): Place | null {
  if (!text) return null;
  const [direction, key, id, ...more] = Buffer.from(text, 'base64url')
    .toString('utf8')
    .replaceAll('\0', '')
    .split('\n');
  if ((direction !== 'after' && direction !== 'before') || key === undefined || id === undefined) return null;
  return more.length > 0 ? null : { direction, key, id };
}

/** Cuts a page from `size + 1` fetched rows; `keyOf` says what they are ordered by beside their id. */
export function cutPage<Row extends { id: string }>(
  fetched: readonly Row[],
  size: number,
  place: Place | null,
  keyOf: (row: Row) => string,
) {
  const back = place?.direction === 'before';
  const more = fetched.length > size;
  const rows = fetched.slice(0, size);
  if (back) rows.reverse();
  const write = (direction: Place['direction'], row: Row | undefined) =>
    // Line breaks would end the key early.
    row
      ? Buffer.from(`${direction}\n${keyOf(row).replaceAll('\n', ' ')}\n${row.id}`).toString('base64url')
      : null;
  return {
    rows,
    next: back || more ? write('after', rows.at(-1)) : null,
    previous: (back ? more : place !== null) ? write('before', rows[0]) : null,
    searchedTo: null,
  };
}

const moment = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A moment as `toISOString` writes it: what else can be read as a date is more than the database takes. */
export function isMoment(text: string): boolean {
  const at = Date.parse(text);
  return moment.test(text) && !Number.isNaN(at) && new Date(at).toISOString() === text;
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** What stands in an address may be anything; the database takes only ids. */
export function isId(text: string): boolean {
  return uuid.test(text);
}
