import { randomUUID } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { criticalAmong } from '#db/critical-among.ts';
import { failPoint } from '#db/fail-points.ts';
import { groupTree, tenantOf } from '#db/group-tree.ts';
import { pimEvaluations } from '#db/schema/evaluations.ts';
import { settingOf } from '#db/settings.ts';
import type { RoleNames } from '#lib/domain/assignment.ts';
import type { Callout, EvaluationStage } from '#lib/domain/evaluation.ts';
import { type Judged, judgeEvaluation } from '#lib/domain/judge-evaluation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { scopeChain } from '#lib/domain/scope-chain.ts';
import { approvalJudge } from '#lib/operations/approval-policy/judge-filing.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { placeOf } from './place-of.ts';
import { questionKey } from './question-key.ts';
import { type HeldReceipt, receiptsOf } from './receipts-of.ts';
import { takeReceipt } from './take-receipt.ts';

export type EvaluationRecord = typeof pimEvaluations.$inferSelect;

export interface Asked {
  stage: EvaluationStage;
  /** null: PIM posted something that Stint does not understand. */
  callout: Callout | null;
  /** The form in Stint, filled with what was asked for. */
  linkTo(callout: Callout): string;
}

type Place = RoleNames & { principalName: string };
interface Found {
  judged: Judged;
  receipt: HeldReceipt | null;
  place: Place | null;
  mayAsk: boolean;
}

/**
 * A body without an id is taken for one delivered again for so long: PIM tries again at once, and no activation can have
 * ended, for the same words to be a new ask on the same approval, before its floor of five minutes.
 */
const againMinutes = 2;
/** PIM waits a day for its own approver between the two stages. */
const betweenStagesMinutes = 25 * 60;
const mostTries = 3;

/**
 * Answers PIM about an activation, in one transaction that waits for nobody: not for Azure, nor for a job of Stint's own,
 * which may at this moment be waiting for this answer. The same asked again has the same answer. An approval that lets it
 * pass is used by it.
 */
export async function evaluate(ctx: Context, asked: Asked): Promise<EvaluationRecord> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(ctx, asked);
    } catch (error) {
      // The person started, or withdrew, the same request in this moment: what holds now is looked at anew.
      const isRace = error instanceof Refusal && error.code === 'conflict';
      if (!isRace) throw error;
      // Trouble of Stint's own: PIM tries again.
      if (tries === mostTries) throw new Refusal('unavailable');
    }
  }
}

function once(ctx: Context, asked: Asked): Promise<EvaluationRecord> {
  const { stage, callout } = asked;
  const key = callout ? questionKey(callout) : randomUUID();
  return change(
    ctx,
    async (tx) => {
      // One question about a person at a time; provisioning takes no such lock.
      const who = `evaluations ${callout?.principalId ?? ''}`;
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${who}))`);
      return { before: callout && (await answered(tx, stage, key, callout)), now: await clock(tx) };
    },
    async (tx, { before, now }) => {
      if (before) return again(tx, before);
      const found = callout ? await judged(tx, stage, key, callout, now) : notUnderstood;
      const row = await keep(tx, asked, key, found, now);
      failPoint('evaluate:before-commit');
      const used = found.receipt ? await takeReceipt(tx, found.receipt, asked, found.place, now) : [];
      return { value: row, entries: [told(row), ...used] };
    },
  );
}

const notUnderstood: Found = {
  judged: { outcome: 'denied', reason: 'Stint does not understand what PIM asks.', requestId: null },
  ...{ receipt: null, place: null, mayAsk: false },
};

/** What was answered to this question: by PIM's id for ever, by what the body says for a moment. */
async function answered(tx: Tx, stage: EvaluationStage, key: string, { azureId }: Callout) {
  const recent = sql`${pimEvaluations.at} > stint_now() - make_interval(mins => ${againMinutes})`;
  const [row] = await tx
    .select()
    .from(pimEvaluations)
    .where(
      and(
        eq(pimEvaluations.key, key),
        eq(pimEvaluations.stage, stage),
        azureId === null ? recent : undefined,
      ),
    )
    .orderBy(desc(pimEvaluations.at))
    .limit(1);
  return row ?? null;
}

async function again(tx: Tx, { id }: EvaluationRecord): Promise<Changed<EvaluationRecord>> {
  const [row] = await tx
    .update(pimEvaluations)
    .set({ deliveries: sql`deliveries + 1` })
    .where(eq(pimEvaluations.id, id))
    .returning();
  if (!row) throw new Error('An evaluation is gone.');
  return { value: row, entries: [] };
}

async function judged(
  tx: Tx,
  stage: EvaluationStage,
  key: string,
  callout: Callout,
  now: Date,
): Promise<Found> {
  const place = await placeOf(tx, callout);
  if (!place) {
    const reason = 'Stint does not know this role.';
    return { judged: { outcome: 'denied', reason, requestId: null }, receipt: null, place, mayAsk: false };
  }
  const role = { ...callout.role, scopeKind: place.scopeKind };
  const actor = { objectId: callout.principalId };
  // PIM takes a start that is past as now.
  const startsAt = callout.startsAt && callout.startsAt > now ? callout.startsAt : null;
  const asked = { ticketNumber: callout.ticketNumber, startsAt };
  const judge = await approvalJudge(tx, actor, asked, [role], now);
  const verdict = judge.verdictOf(role, callout.minutes ?? Number.POSITIVE_INFINITY);
  const isFrozen = verdict.is === 'frozen';
  const first = stage === 'post_approval' && !isFrozen ? await passedBefore(tx, key) : null;
  if (first) {
    const reason = 'Approved in Stint, before PIM’s approver.';
    const { requestId } = first;
    return { judged: { outcome: 'approved', reason, requestId }, receipt: null, place, mayAsk: false };
  }
  const { chain } = scopeChain(callout.role, await groupTree(tx), await tenantOf(tx));
  const receipts = verdict.is === 'stages' ? await receiptsOf(tx, callout, stage, chain, now) : [];
  const { autoApproves } = await settingOf(tx, 'extension');
  const isCritical = (await criticalAmong(tx, [role]))(role);
  const found = judgeEvaluation({ callout, verdict, receipts, isCritical, autoApproves, now });
  const receipt = receipts.find(({ requestId }) => requestId === found.requestId) ?? null;
  return { judged: found, receipt, place, mayAsk: verdict.is === 'stages' };
}

/** What was said of the same activation before PIM's approver was asked. */
async function passedBefore(tx: Tx, key: string): Promise<EvaluationRecord | null> {
  const [row] = await tx
    .select()
    .from(pimEvaluations)
    .where(
      and(
        ...[eq(pimEvaluations.key, key), eq(pimEvaluations.stage, 'pre_approval')],
        sql`${pimEvaluations.at} > stint_now() - make_interval(mins => ${betweenStagesMinutes})`,
      ),
    )
    .orderBy(desc(pimEvaluations.at))
    .limit(1);
  return row && row.outcome !== 'denied' ? row : null;
}

async function keep(
  tx: Tx,
  { stage, callout, linkTo }: Asked,
  key: string,
  { judged: { outcome, reason, requestId }, mayAsk, place }: Found,
  now: Date,
): Promise<EvaluationRecord> {
  const link = callout && mayAsk && outcome === 'denied' ? [`Ask in Stint: ${linkTo(callout)}`] : [];
  const [row] = await tx
    .insert(pimEvaluations)
    .values({
      ...{ id: randomUUID(), stage, key, outcome, reasons: [reason, ...link], at: now },
      principalId: callout?.principalId ?? '',
      principalName: place?.principalName ?? callout?.principalId ?? '',
      plane: callout?.role.plane ?? null,
      roleId: callout?.role.roleId ?? '',
      scopeId: callout?.role.scopeId ?? '',
      roleName: place?.roleName ?? callout?.role.roleId ?? '',
      scopeName: place?.scopeName ?? callout?.role.scopeId ?? '',
      ...{ action: callout?.action ?? null, minutes: callout?.minutes ?? null },
      startsAt: callout?.startsAt ?? null,
      ticketNumber: callout?.ticketNumber.slice(0, 100) ?? '',
      azureId: callout?.azureId ?? null,
      requestId,
    })
    .returning();
  if (!row) throw new Error('An evaluation was not kept.');
  return row;
}

/** On the story of the request whose approval it rests on, where there is one. */
function told(row: EvaluationRecord) {
  const { id, at: _, key: __, deliveries: ___, ...details } = row;
  const subject = row.requestId
    ? { kind: 'request' as const, id: row.requestId }
    : { kind: 'evaluation' as const, id };
  const word = row.outcome === 'denied' ? 'denied' : 'approved';
  const action = row.requestId ? `request.extension_${word}` : `evaluation.${word}`;
  return { action, subject, details: { evaluationId: id, ...details } };
}
