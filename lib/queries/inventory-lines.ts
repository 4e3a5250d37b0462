import { and, asc, gt, type SQL, sql } from 'drizzle-orm';
import { db, opened } from '#db/client.ts';
import { copyOut } from '#db/copy-out.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { uses } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { itsHolder, itsUse } from './assignment-select.ts';
import { matching } from './inventory-match.ts';
import type { InventoryFilter } from './inventory-rows.ts';

/** The embedded database computes in this process: no more lines at a time than nobody else notices. */
const embeddedRows = 200;
const place = /^[a-z_]+ [^\0]{1,1000}$/;

/** Which rows, and after which of them. */
interface Part {
  filter: InventoryFilter;
  after: string | null;
}

/**
 * Reads the `cursor` of an exported line.
 * @throws Refusal malformed for anything else: whoever goes on from nowhere would take everything twice.
 */
export function readAssignmentPlace(cursor: string): string {
  if (place.test(cursor)) return cursor;
  throw new Refusal(
    'malformed',
    '“after” names no place in this export. Give it as the last complete line has it, or leave it out.',
    'after',
  );
}

/**
 * The rows of `inventory` as lines that the database makes (`line`: SQL over `assignments`, their holders and uses), in
 * the order of their ids: what is there all the time comes once, also in a copy taken up again after any of its lines.
 * From PostgreSQL in one COPY, which an abort ends.
 * @throws Refusal not_allowed before the first line, to whom posture is not open.
 */
export function inventoryLines(
  viewer: Actor,
  part: Part,
  line: SQL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!mayReadPosture(viewer)) throw new Refusal('not_allowed');
  const database = opened();
  if (database.kind === 'pglite') return embedded(part, line);
  return copyOut(database.raw, sql`select line from ${lines(part, line).as('lines')}`, signal);
}

function lines({ filter, after }: Part, line: SQL) {
  return db()
    .select({ line: sql<string>`${line}`.as('line'), id: assignments.id })
    .from(assignments)
    .leftJoin(principals, itsHolder)
    .leftJoin(uses, itsUse)
    .where(and(...matching(filter), after === null ? undefined : gt(assignments.id, after)))
    .orderBy(asc(assignments.id));
}

/** Nothing is held between two readings: the only connection is everybody's. */
async function* embedded({ filter, after }: Part, line: SQL): AsyncGenerator<Uint8Array> {
  for (let from = after; ; ) {
    const rows = await lines({ filter, after: from }, line).limit(embeddedRows);
    const last = rows.at(-1);
    if (!last) return;
    yield Buffer.from(rows.map(({ line: text }) => text).join(''));
    from = last.id;
  }
}
