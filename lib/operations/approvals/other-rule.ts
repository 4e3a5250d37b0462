import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import type { ApprovalVerdict } from '#lib/domain/approval-policy.ts';
import { asksNoMore } from '#lib/domain/asks-no-more.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { judgeBy } from '#lib/operations/approval-policy/judge-filing.ts';
import { spanOf } from '#lib/operations/requests/span-of.ts';
import type { Less } from './less.ts';
import type { Waiting } from './seat.ts';

/**
 * Judges other terms by the version of the policy that was pinned. The pinned rule stays, also where less would be asked
 * of the new terms; where more would be, or they begin in a freeze, they cannot be had by this request.
 * @throws Refusal `policy_asks_more`, `frozen`.
 */
export async function refuseOtherRule(
  tx: Tx,
  waiting: Pick<Waiting, 'request' | 'approval'>,
  { terms, place }: Less,
  now: Date,
): Promise<void> {
  const { minutes, startsAt } = terms;
  const other = { minutes, place, startsAt: startsAt === null ? null : new Date(startsAt) };
  const verdict = await pinnedVerdict(tx, waiting, other, now);
  if (verdict?.is === 'frozen')
    throw new Refusal('frozen', `${verdict.freeze.name}: nothing begins there then. Offer another time.`);
  const more = asksMore(waiting, verdict);
  if (more) {
    const why = `Of these terms Stint’s own policy asks other signatures (${more}).`;
    throw new Refusal('policy_asks_more', `${why} Offer something else, or have it asked anew.`);
  }
}

/**
 * Judges a receipt by the moment at which its window would begin: what was signed for the day does not begin at night, where
 * the pinned version asks more of the night. null: it may begin.
 */
export async function faultOfTime(
  tx: Tx,
  waiting: Pick<Waiting, 'request' | 'approval'>,
  startsAt: Date | null,
  now: Date,
): Promise<string | null> {
  const other = { minutes: waiting.request.minutes, place: null, startsAt };
  const more = asksMore(waiting, await pinnedVerdict(tx, waiting, other, now));
  if (!more) return null;
  const why = `What was signed was not for this time: by now “${more}” asks other signatures.`;
  return `${why} Start it in the time it was signed for, or ask again.`;
}

/** @throws Refusal `policy_asks_more`, as `faultOfTime` says. */
export async function refuseOtherTime(...of: Parameters<typeof faultOfTime>): Promise<void> {
  const fault = await faultOfTime(...of);
  if (fault) throw new Refusal('policy_asks_more', fault);
}

interface Other {
  minutes: number;
  place: Less['place'];
  startsAt: Date | null;
}

/** Of more time, with what it follows: one after the other they are one long one. null: the version is not kept any more. */
async function pinnedVerdict(
  tx: Tx,
  { request, approval }: Pick<Waiting, 'request' | 'approval'>,
  { minutes, place, startsAt }: Other,
  now: Date,
): Promise<ApprovalVerdict | null> {
  const [pinned] = await tx
    .select()
    .from(approvalPolicies)
    .where(eq(approvalPolicies.version, approval.policyVersion));
  if (!pinned) return null;
  const role = { ...request, ...(place && { scopeId: place.id, scopeKind: place.kind }) };
  const asked = { ticketNumber: request.ticketNumber, startsAt, requestId: request.id };
  const by = { version: pinned.version, policy: pinned.document };
  const judge = await judgeBy(tx, by, { objectId: request.requesterId }, asked, [role], now);
  return judge.verdictOf(role, minutes + (await spanOf(tx, request.followsId)));
}

/** The rule that asks more than the pinned one did; null: none does. */
function asksMore({ approval }: Pick<Waiting, 'approval'>, verdict: ApprovalVerdict | null): string | null {
  if (verdict?.is !== 'stages' || verdict.rule.id === approval.rule.id) return null;
  const { then } = approval.rule;
  const isEnough = then.is === 'stages' && asksNoMore(then.stages, verdict.rule.then.stages);
  return isEnough ? null : verdict.rule.name;
}
