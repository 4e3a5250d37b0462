import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Act, ApplierPort, ApplierStep, Told } from '#lib/azure/ports.ts';
import { outcomeSentence } from '#lib/domain/change-words.ts';
import { lockOutBy } from '#lib/domain/lock-out.ts';
import { manualCommand } from '#lib/domain/manual-command.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { isSwitchedOn } from './is-switched-on.ts';
import { loadLockOutFacts } from './lock-out-facts.ts';
import { type ChangeRecord, loadChange, moveChange, noteChange } from './move-change.ts';
import { objectionTo } from './objection-to.ts';
import { seconds } from './seconds.ts';

/** How long nobody else takes it up while Azure is being told. */
const leaseSeconds = 120;
/** Tries without any answer before a person is asked. */
const mostTries = 12;

/**
 * Carries a change out, or its next step: intends, with every guard judged on what is known in that moment, acts outside
 * the transaction, and records. Twice is once: what Azure was told before it finds done. `stints`: application ids of
 * Stint's own registrations, which it never touches.
 */
export async function apply(
  ctx: Context,
  { changeId, version }: { changeId: string; version: number },
  azure: ApplierPort,
  stints: readonly string[],
): Promise<void> {
  const own = [...stints, await azure.clientId()];
  const intended = await intend(ctx, changeId, version, own);
  if (!intended) return;
  failPoint('apply:after-intent');
  let told: Told;
  try {
    told = await azure.act(stepOf(intended.row), intended.act);
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    await putOff(ctx, intended.row, error);
    return;
  }
  failPoint('apply:after-act');
  await recordTold(ctx, intended.row, told);
  failPoint('apply:after-record');
}

interface Intended {
  row: ChangeRecord;
  act: Act;
}

function intend(ctx: Context, id: string, version: number, own: readonly string[]): Promise<Intended | null> {
  return change(
    ctx,
    async (tx) => {
      // One judges at a time: two that each leave one administrator would leave none.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('stint applier'))`);
      return loadChange(tx, id);
    },
    async (tx, seen) => {
      if (!seen || seen.version !== version || !['waiting', 'applying'].includes(seen.state)) {
        return { value: null, entries: [] };
      }
      const now = await clock(tx);
      const stopped = await stop(tx, seen, own, now);
      if (stopped) return { ...stopped, value: null };
      const { entries, value: row } = await moveChange(tx, seen, 'applying', {
        ...{ state: 'applying', outcome: null, explanation: null, manualCommand: null },
        attempts: seen.attempts + 1,
        checkAt: seconds(now, leaseSeconds),
      });
      return { value: { row, act: actOf(row, now) }, entries };
    },
  );
}

/** What keeps the Applier from acting at all; null: nothing does. */
async function stop(
  tx: Tx,
  seen: ChangeRecord,
  own: readonly string[],
  now: Date,
): Promise<Changed<unknown> | null> {
  const objection = objectionTo(seen, now);
  const guarded = objection ?? lockOutBy(await loadLockOutFacts(tx, seen, own));
  if (guarded) {
    const { outcome, why } = guarded;
    const explanation = objection ? outcomeSentence(outcome, why) : why;
    // Azure may have been told before the process died: then it is looked at, whatever the guards say now.
    const isUnderWay = seen.state === 'applying';
    const state = isUnderWay || outcome === 'inherited' ? 'blocked' : 'refused';
    const checkAt = state === 'blocked' ? seconds(now, 5) : null;
    const command = state === 'blocked' ? manualCommand(seen) : null;
    const patch = { state, outcome, explanation, checkAt, manualCommand: command } as const;
    return moveChange(tx, seen, state, patch, { outcome, explanation });
  }
  if (await isSwitchedOn(tx, seen)) return null;
  const explanation = outcomeSentence('not_switched_on', '');
  return noteChange(tx, seen, {
    ...{ state: 'waiting', outcome: 'not_switched_on', explanation, checkAt: seconds(now, 300) },
  });
}

function stepOf({ progress, verb, way }: ChangeRecord): ApplierStep {
  if (verb === 'restore') return way === 'membership' ? 'rejoin' : 'restore';
  if (verb === 'make_eligible') return progress.eligibleSeenAt ? 'remove' : 'make_eligible';
  return way === 'membership' ? 'leave' : 'remove';
}

function actOf({ id, kept, principalId, progress, wayGroupId }: ChangeRecord, now: Date): Act {
  const round = Number(progress.round ?? 0) + (progress.eligibleSeenAt ? 1 : 0);
  return {
    changeId: id,
    round,
    kept,
    memberId: principalId,
    wayGroupId,
    facts: progress,
    now: now.toISOString(),
  };
}

function recordTold(ctx: Context, intended: ChangeRecord, told: Told): Promise<unknown> {
  return change(
    ctx,
    (tx) => loadChange(tx, intended.id),
    async (tx, seen): Promise<Changed<unknown>> => {
      // Taken up by somebody else meanwhile: what was told is found done.
      if (seen?.version !== intended.version) return { value: null, entries: [] };
      const now = await clock(tx);
      if (told.is === 'obstacle') return obstructed(tx, seen, told, now);
      const { missing: _, seenAt: __, ...progress } = seen.progress;
      const wasGone = told.is === 'gone' && seen.attempts === 1;
      return moveChange(tx, seen, 'told', {
        ...{ state: 'confirming', actedAt: now, checkAt: seconds(now, 1) },
        progress: {
          ...progress,
          ...(told.is === 'told' ? told.facts : {}),
          ...(wasGone ? { wasGone: 'yes' } : {}),
        },
      });
    },
  );
}

function obstructed(
  tx: Tx,
  seen: ChangeRecord,
  { outcome, why }: Told & { is: 'obstacle' },
  now: Date,
): Promise<Changed<ChangeRecord>> {
  const explanation = outcomeSentence(outcome, why);
  if (outcome === 'too_young') {
    const patch = { state: 'waiting', outcome, explanation, checkAt: seconds(now, 300) } as const;
    return moveChange(tx, seen, 'put_off', patch, { outcome, explanation });
  }
  // Of a conversion half done only the other half is left.
  const isHalf = seen.progress.eligibleSeenAt !== undefined;
  const command = manualCommand(isHalf ? { ...seen, verb: 'remove' } : seen);
  const patch = {
    ...({ state: 'blocked', outcome, explanation, manualCommand: command } as const),
    progress: { ...seen.progress, round: String(Number(seen.progress.round ?? 0) + 2) },
    checkAt: seconds(now, 60),
  };
  return moveChange(tx, seen, 'blocked', patch, { outcome, explanation });
}

/** No answer, or a busy one: as told, else later and later. Who never hears anything asks a person. */
function putOff(ctx: Context, intended: ChangeRecord, fault: AzureFault): Promise<unknown> {
  return change(
    ctx,
    (tx) => loadChange(tx, intended.id),
    async (tx, seen): Promise<Changed<unknown>> => {
      if (seen?.version !== intended.version) return { value: null, entries: [] };
      const now = await clock(tx);
      const why = `${fault.code} ${fault.message}`.trim();
      const mayCome = fault.retry === 'later' || fault.kind === 'token_refused';
      if (!mayCome || (seen.attempts >= mostTries && fault.kind !== 'busy')) {
        return obstructed(tx, seen, { is: 'obstacle', outcome: 'failed', why }, now);
      }
      const wait = fault.retryAfterSeconds ?? Math.min(300, 2 ** seen.attempts);
      return noteChange(tx, seen, {
        explanation: `Azure gave no answer yet; it is asked again. ${why}`,
        checkAt: seconds(now, Math.max(1, wait)),
      });
    },
  );
}
