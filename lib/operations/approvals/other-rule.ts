import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import { asksNoMore } from '#lib/domain/asks-no-more.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { judgeBy } from '#lib/operations/approval-policy/judge-filing.ts';
import type { Less } from './less.ts';
import type { Waiting } from './seat.ts';

/**
 * Judges other terms by the version of the policy that was pinned. The pinned rule stays, also where less would be asked
 * of the new terms; where more would be, or they begin in a freeze, they cannot be had by this request.
 * @throws Refusal `policy_asks_more`, `frozen`.
 */
export async function refuseOtherRule(
  tx: Tx,
  { request, approval }: Waiting,
  { terms, place }: Less,
  now: Date,
): Promise<void> {
  const [pinned] = await tx
    .select()
    .from(approvalPolicies)
    .where(eq(approvalPolicies.version, approval.policyVersion));
  if (!pinned) return;
  const role = { ...request, ...(place && { scopeId: place.id, scopeKind: place.kind }) };
  const asked = {
    ticketNumber: request.ticketNumber,
    startsAt: terms.startsAt === null ? null : new Date(terms.startsAt),
  };
  const by = { version: pinned.version, policy: pinned.document };
  const judge = await judgeBy(tx, by, { objectId: request.requesterId }, asked, [role], now);
  const verdict = judge.verdictOf(role, terms.minutes);
  if (verdict.is === 'frozen')
    throw new Refusal('frozen', `${verdict.freeze.name}: nothing begins there then. Offer another time.`);
  if (verdict.is !== 'stages' || verdict.rule.id === approval.rule.id) return;
  const { then } = approval.rule;
  if (then.is === 'stages' && asksNoMore(then.stages, verdict.rule.then.stages)) return;
  throw new Refusal(
    'policy_asks_more',
    `Of these terms Stint’s own policy asks other signatures (${verdict.rule.name}). Offer something else, or have it asked anew.`,
  );
}
