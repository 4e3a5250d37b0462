import { type SQLWrapper, sql } from 'drizzle-orm';
import { opened } from '#db/client.ts';
import { copyOut } from '#db/copy-out.ts';

/** The embedded database computes in this process: no more lines at a time than nobody else notices. */
const embeddedRows = 200;

/** A query for the lines after a place, by their ids. */
interface Lines {
  limit(rows: number): PromiseLike<{ line: string; id: string }[]>;
  as(alias: string): SQLWrapper;
}

/**
 * Lines that the database makes, in the order of their ids: what is there all the time comes once, also in a copy taken up
 * again after any of them. From PostgreSQL in one COPY, which an abort ends.
 */
export function linesById(
  linesAfter: (after: string | null) => Lines,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const database = opened();
  if (database.kind === 'pglite') return embedded(linesAfter, after);
  return copyOut(database.raw, sql`select line from ${linesAfter(after).as('lines')}`, signal);
}

/** Nothing is held between two readings: the only connection is everybody's. */
async function* embedded(
  linesAfter: (after: string | null) => Lines,
  after: string | null,
): AsyncGenerator<Uint8Array> {
  for (let from = after; ; ) {
    const rows = await linesAfter(from).limit(embeddedRows);
    const last = rows.at(-1);
    if (!last) return;
    yield Buffer.from(rows.map(({ line }) => line).join(''));
    from = last.id;
  }
}
