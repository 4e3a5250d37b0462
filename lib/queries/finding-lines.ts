import { and, asc, gt, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { findings } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { FindingFilter } from './finding-rows.ts';
import { matchingFindings, streamsOf } from './findings.ts';
import { linesById } from './lines-by-id.ts';

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
  return linesById((after) => linesOf(viewer, { ...part, after }, line), part.after, signal);
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
