import { and, isNotNull, lte, sql } from 'drizzle-orm';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { asksAzure, duties } from '#lib/domain/approval-due.ts';
import { next } from '#lib/domain/stages.ts';
import { inWords } from '#lib/domain/time.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { askApprovers } from './ask-approvers.ts';
import { type HeldApproval, holdApproval } from './hold-approval.ts';
import { keepStanding } from './keep-standing.ts';
import { lapse } from './lapse.ts';
import { letterOf } from './letter-of.ts';

const atOnce = 50;

/**
 * What time does to approvals that are due: whoever may sign by now is asked or reminded, the next set is asked as well,
 * what nobody signed or started lapses, and whether somebody is still there to give it to is looked at. Returns how
 * many were due.
 */
export async function takeDueApprovals(ctx: Context): Promise<number> {
  const due = await db()
    .select({ id: requestApprovals.requestId })
    .from(requestApprovals)
    .where(and(isNotNull(requestApprovals.dueAt), lte(requestApprovals.dueAt, sql`stint_now()`)))
    .orderBy(requestApprovals.dueAt)
    .limit(atOnce);
  const failures: unknown[] = [];
  for (const { id } of due)
    await change(
      ctx,
      (tx) => holdApproval(tx, id),
      async (tx, held) => ({ value: null, entries: held ? await takeDue(tx, ctx, held) : [] }),
    ).catch((error: unknown) => failures.push(error));
  // One that cannot be done keeps nobody else waiting.
  if (failures.length > 0) throw failures[0];
  return due.length;
}

async function takeDue(tx: Tx, ctx: Context, held: HeldApproval): Promise<Told[]> {
  const { approval, stage, standing, pinned, request } = held;
  const now = await clock(tx);
  const what = duties(approval, stage, now);
  if (what.length === 0) return [];
  if (what.includes('over')) return lapse(tx, held);
  const escalated = what.includes('escalate') ? next(pinned, standing, { is: 'escalate' }) : null;
  const to = escalated?.is === 'next' ? escalated.standing : standing;
  const isTold = what.includes('remind') || what.includes('warn');
  await keepStanding(tx, held, to, {
    ...(isTold && { remindedAt: now }),
    ...(what.includes('look') && { checkedAt: now }),
  });
  if (what.includes('look') && asksAzure(approval, now))
    await enqueue(tx, 'approval-look', { requestId: request.id, traceId: ctx.traceId });
  if (what.includes('warn')) {
    const minutes = approval.useBy ? Math.round((approval.useBy.getTime() - now.getTime()) / 60_000) : 0;
    const text = `Start it within ${inWords(minutes)}, or it lapses.`;
    await tell(tx, [letterOf(request, 'start_soon', request.requesterId, '', { text })]);
  }
  const subject = { kind: 'request', id: request.id } as const;
  const said = { stage: standing.stage, stageName: stage.name };
  const entries: Told[] = [];
  const after = await holdApproval(tx, request.id);
  if (!after) return entries;
  const remind = what.includes('remind');
  if (remind) entries.push({ action: 'request.reminded', subject, details: said });
  if (escalated?.is === 'next') entries.push({ action: 'request.escalated', subject, details: said });
  // Who may sign changes while it waits: duty goes on to the next, groups and managers change, somebody leaves.
  if (after.standing.state === 'waiting') entries.push(...(await askApprovers(tx, after, { remind })));
  return entries;
}
