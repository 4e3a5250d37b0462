import { desc, lte } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import type { ApprovalVerdict } from '#lib/domain/approval-policy.ts';
import { isCertainlyStopped } from '#lib/domain/is-certainly-stopped.ts';
import { judgeBy } from '#lib/operations/approval-policy/judge-filing.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/**
 * What Stint's policy says of an activation, by the version that was in force when it began: a rule written since does
 * not look back. `isCertain`: it would be stopped, whatever is not known.
 */
export async function verdictThen(
  tx: Tx,
  row: RequestRecord,
  began: Date,
): Promise<{ verdict: ApprovalVerdict; version: number; isCertain: boolean }> {
  const [then] = await tx
    .select()
    .from(approvalPolicies)
    .where(lte(approvalPolicies.changedAt, began))
    .orderBy(desc(approvalPolicies.version))
    .limit(1);
  if (!then) return { verdict: { is: 'none' }, version: 0, isCertain: false };
  const { version, document: policy } = then;
  const asked = { ticketNumber: row.ticketNumber, startsAt: began, requestId: row.id };
  const judge = await judgeBy(tx, { version, policy }, { objectId: row.requesterId }, asked, [row], began);
  const { verdict, trail } = judge.judged(row, row.minutes);
  // Azure's log tells the ticket late, or not at all.
  const isTicketKnown =
    row.ticketNumber !== '' || ![...policy.rules, ...policy.freezes].some(({ when }) => when.inChangeWindow);
  return { verdict, version, isCertain: isTicketKnown && isCertainlyStopped(policy, trail) };
}
