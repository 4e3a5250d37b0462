/** A row of a list ordered by a moment and, among equals, by id. */
export interface MomentPlace {
  /** ISO 8601, with milliseconds. */
  at: string;
  id: string;
}

const shape =
  /^([12]\d{3}-\d\d-\d\dT[\d:.]{12}Z)\|([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/;

/** null for anything that is not one of ours: a mangled link shows the first page. */
export function readPlace(text: string | null | undefined): MomentPlace | null {
  const [, at = '', id = ''] = (text && shape.exec(Buffer.from(text, 'base64url').toString('latin1'))) || [];
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) || moment.toISOString() !== at ? null : { at, id };
}

/** Cuts a page from `size + 1` fetched rows; `placeOf` says where a row stands. */
export function pageOf<Row>(
  fetched: readonly Row[],
  size: number,
  placeOf: (row: Row) => { at: Date; id: string },
): { rows: Row[]; more: string | null } {
  const rows = fetched.slice(0, size);
  const last = rows.at(-1);
  if (!last || fetched.length <= size) return { rows, more: null };
  const { at, id } = placeOf(last);
  return { rows, more: Buffer.from(`${at.toISOString()}|${id}`, 'latin1').toString('base64url') };
}
