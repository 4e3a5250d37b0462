import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { nextDue } from '#lib/domain/approval-due.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Standing } from '#lib/domain/stages.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { refreshCards } from '#lib/operations/letters/refresh-cards.ts';
import type { HeldApproval } from './hold-approval.ts';

type Patch = Partial<Pick<HeldApproval['approval'], 'remindedAt' | 'checkedAt' | 'failure' | 'nudgedAt'>>;

/**
 * Writes down how an approval stands now, over the version that was seen, with when the clock has to do with it next.
 * `why`: what they read whose signature does not count for it.
 * @throws Refusal `conflict`
 */
export async function keepStanding(
  tx: Tx,
  held: HeldApproval,
  to: Standing,
  { why = null, ...patch }: Patch & { why?: string | null } = {},
): Promise<void> {
  const { approval, rule, standing: from } = held;
  const now = await clock(tx);
  const isNewStage = to.stage !== from.stage;
  const isApproved = to.state === 'approved' && from.state !== 'approved';
  const after = {
    ...approval,
    state: to.state,
    stage: to.stage,
    ...(isNewStage && { stageSince: now, remindedAt: null, nudgedAt: null }),
    ...(isApproved && { approvedAt: now, useBy: plusMinutes(now, rule.useByMinutes), remindedAt: null }),
    escalatedAt: to.isEscalated ? (approval.escalatedAt ?? now) : null,
    usedAt: to.isUsed ? (approval.usedAt ?? now) : null,
    ...patch,
  };
  const { requestId, version, ...facts } = after;
  const [kept] = await tx
    .update(requestApprovals)
    .set({ ...facts, dueAt: nextDue(after, rule.stages[to.stage]), version: sql`version + 1` })
    .where(and(eq(requestApprovals.requestId, requestId), eq(requestApprovals.version, version)))
    .returning({ version: requestApprovals.version });
  if (!kept) throw new Refusal('conflict');
  await refreshCards(tx, requestId);
  for (const { id, state } of to.signatures) {
    const before = from.signatures.find((one) => one.id === id);
    if (!before || before.state === state) continue;
    const failure = state === 'recorded' ? null : why;
    await tx.update(signatures).set({ state, failure }).where(eq(signatures.id, id));
  }
}
