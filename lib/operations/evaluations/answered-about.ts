import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { pimEvaluations } from '#db/schema/evaluations.ts';
import { requests } from '#db/schema/requests.ts';
import { matchAnswers } from '#lib/domain/match-answers.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/** PIM's own approver has a day. */
const approverMinutes = 25 * 60;
const atOnceMinutes = 10;

/**
 * What Stint told PIM of an activation, if PIM asked. An answer counts for one activation, so all of that person and role
 * at the time are looked at. `waits`: PIM has an approver of its own there, or may have one.
 */
export async function answeredAbout(
  tx: Tx,
  row: RequestRecord,
  began: Date,
  waits: boolean,
): Promise<'passed' | 'denied' | 'not_asked'> {
  const lately = sql`between ${began.toISOString()}::timestamptz - interval '2 days'
    and ${began.toISOString()}::timestamptz + interval '1 hour'`;
  const answers = await tx
    .select()
    .from(pimEvaluations)
    .where(
      and(
        eq(pimEvaluations.principalId, row.requesterId),
        eq(pimEvaluations.plane, row.plane),
        eq(pimEvaluations.roleId, row.roleId.toLowerCase()),
        eq(sql`lower(${pimEvaluations.scopeId})`, row.scopeId.toLowerCase()),
        eq(pimEvaluations.action, 'activate'),
        sql`greatest(${pimEvaluations.at}, ${pimEvaluations.startsAt}) ${lately}`,
      ),
    );
  if (answers.length === 0) return 'not_asked';
  const seen = await tx
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, row.requesterId),
        eq(requests.plane, row.plane),
        eq(sql`lower(${requests.roleId})`, row.roleId.toLowerCase()),
        eq(sql`lower(${requests.scopeId})`, row.scopeId.toLowerCase()),
        isNotNull(requests.activeAt),
        sql`coalesce(${requests.startsAt}, ${requests.filedAt}) ${lately}`,
      ),
    );
  const activations = seen.map(({ id, azureId, endsAt, filedAt, minutes, origin, startsAt }) => ({
    ...{ id, azureId, startsAt: startsAt ?? filedAt },
    minutes: origin === 'azure' && !endsAt ? null : minutes,
  }));
  const found = matchAnswers(activations, answers, waits ? approverMinutes : atOnceMinutes);
  return found.get(row.id) ?? 'not_asked';
}
