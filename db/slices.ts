/** Rows for one statement: with 30 columns still far from the 65,535 parameters that PostgreSQL's protocol takes. */
const rowsAtOnce = 1_000;

/** The rows in order, so many at a time as one statement may write. */
export function slices<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / rowsAtOnce);
  return Array.from({ length: count }, (_, at) => rows.slice(at * rowsAtOnce, (at + 1) * rowsAtOnce));
}
