import { and, asc, eq, gte, lt } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { FrozenStart } from '#lib/domain/frozen-start.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { judgeBy } from './judge-filing.ts';
import { policyInForce } from './policy-in-force.ts';

/** So many are judged, the soonest: each takes questions of its own. */
const mostJudged = 200;

/**
 * What Azure has scheduled already and would begin while a freeze of the policy in force lasts, the soonest first: a
 * freeze refuses asks, and takes nothing back that was granted before it was written.
 * @throws Refusal `not_found` for who does not administer Stint.
 */
export async function startsInFreeze(actor: Actor): Promise<FrozenStart[]> {
  if (!mayAdminister(actor)) throw new Refusal('not_found');
  return transaction(async (tx) => {
    const inForce = await policyInForce(tx);
    const { freezes } = inForce.policy;
    if (freezes.length === 0) return [];
    const from = new Date(Math.min(...freezes.map((one) => Date.parse(one.from))));
    const until = new Date(Math.max(...freezes.map((one) => Date.parse(one.until))));
    const now = await clock(tx);
    const scheduled = await tx
      .select()
      .from(requests)
      .where(
        and(
          eq(requests.status, 'scheduled'),
          gte(requests.startsAt, from > now ? from : now),
          lt(requests.startsAt, until),
        ),
      )
      .orderBy(asc(requests.startsAt))
      .limit(mostJudged);
    const found: FrozenStart[] = [];
    for (const row of scheduled) {
      const { id: requestId, requesterName, roleName, scopeName, startsAt } = row;
      if (!startsAt) continue;
      const asked = { ticketNumber: row.ticketNumber, startsAt, requestId };
      const judge = await judgeBy(tx, inForce, { objectId: row.requesterId }, asked, [row], now);
      const verdict = judge.verdictOf(row, row.minutes);
      if (verdict.is !== 'frozen') continue;
      const freezeName = verdict.freeze.name;
      found.push({ requestId, requesterName, roleName, scopeName, startsAt, freezeName });
    }
    return found;
  });
}
