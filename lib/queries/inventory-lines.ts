import { and, asc, gt, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { uses } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { itsHolder, itsUse } from './assignment-select.ts';
import { matching } from './inventory-match.ts';
import type { InventoryFilter } from './inventory-rows.ts';
import { linesById } from './lines-by-id.ts';

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
 * The rows of `inventory` as lines that the database makes (`line`: SQL over `assignments`, their holders and uses).
 * @throws Refusal not_allowed before the first line, to whom posture is not open.
 */
export function inventoryLines(
  viewer: Actor,
  part: Part,
  line: SQL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!mayReadPosture(viewer)) throw new Refusal('not_allowed');
  return linesById((after) => lines({ ...part, after }, line), part.after, signal);
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
