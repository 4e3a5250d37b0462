import { and, asc, gt, or, type SQL, sql } from 'drizzle-orm';
import { db, opened } from '#db/client.ts';
import { copyOut } from '#db/copy-out.ts';
import { findings } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { FindingFilter } from './finding-rows.ts';
import { matchingFindings, streamsOf } from './findings.ts';

/** The embedded database computes in this process: no more lines at a time than nobody else notices. */
const embeddedRows = 200;

interface Part {
  filter: FindingFilter;
  /** The finding after which it goes on. */
  after: string | null;
}

/**
 * The findings under a filter as lines that the database makes (`line`: SQL over `findings`), by their ids, so that a
 * copy goes on where it broke off. @throws Refusal not_allowed to whom posture is not open.
 */
export function findingLines(
  viewer: Actor,
  part: Part,
  line: SQL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (!mayReadPosture(viewer)) throw new Refusal('not_allowed');
  const database = opened();
  if (database.kind === 'pglite') return embedded(viewer, part, line);
  return copyOut(database.raw, sql`select line from ${linesOf(viewer, part, line).as('lines')}`, signal);
}

function linesOf(viewer: Actor, { filter, after }: Part, line: SQL) {
  return db()
    .select({ line: sql<string>`${line}`.as('line'), id: findings.id })
    .from(findings)
    .where(
      and(
        or(...streamsOf(filter.state)),
        ...matchingFindings(viewer, filter),
        after ? gt(findings.id, after) : undefined,
      ),
    )
    .orderBy(asc(findings.id));
}

/** Nothing is held between two readings: the only connection is everybody's. */
async function* embedded(viewer: Actor, { filter, after }: Part, line: SQL): AsyncGenerator<Uint8Array> {
  for (let from = after; ; ) {
    const rows = await linesOf(viewer, { filter, after: from }, line).limit(embeddedRows);
    const last = rows.at(-1);
    if (!last) return;
    yield Buffer.from(rows.map(({ line: text }) => text).join(''));
    from = last.id;
  }
}
