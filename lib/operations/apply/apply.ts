import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Act, ApplierPort, ApplierStep, Told } from '#lib/azure/ports.ts';
import { outcomeSentence } from '#lib/domain/change-words.ts';
import { manualCommand } from '#lib/domain/manual-command.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { type ChangeRecord, loadChange, moveChange, noteChange } from './move-change.ts';
import { seconds } from './seconds.ts';
import { stop } from './stop.ts';

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
  let told: Told | null;
  let row: ChangeRecord | null = intended.row;
  try {
    const step = stepOf(row);
    const isUnknown = step === 'leave' && !Object.keys(row.progress).some((name) => name.startsWith('left_'));
    // How one was in the group is kept before anything is taken: undo needs it, whatever happens after.
    told = isUnknown ? await azure.act('ways', intended.act) : null;
    if (told?.is === 'told') {
      row = await keepWays(ctx, row, told.facts);
      if (!row) return;
      told = null;
    }
    told ??= await azure.act(step, { ...intended.act, facts: row.progress });
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    await putOff(ctx, row ?? intended.row, error);
    return;
  }
  failPoint('apply:after-act');
  await recordTold(ctx, { ...intended, row }, told);
  failPoint('apply:after-record');
}

interface Intended {
  row: ChangeRecord;
  act: Act;
  /** Azure may have been told before: what it answers now is not the first answer. */
  wasTold: boolean;
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
      const { stillThereAt: _, ...progress } = seen.progress;
      const { entries, value: row } = await moveChange(tx, seen, 'applying', {
        ...{ state: 'applying', outcome: null, explanation: null, manualCommand: null },
        attempts: seen.attempts + 1,
        progress: { ...progress, toldAt: progress.toldAt ?? now.toISOString() },
        checkAt: seconds(now, leaseSeconds),
      });
      return { value: { row, act: actOf(row, now), wasTold: progress.toldAt !== undefined }, entries };
    },
  );
}

function keepWays(
  ctx: Context,
  intended: ChangeRecord,
  facts: Record<string, string>,
): Promise<ChangeRecord | null> {
  return change(
    ctx,
    (tx) => loadChange(tx, intended.id),
    async (tx, seen): Promise<Changed<ChangeRecord | null>> =>
      seen?.version === intended.version
        ? noteChange(tx, seen, { progress: { ...seen.progress, ...facts } })
        : { value: null, entries: [] },
  );
}

function stepOf({ progress, verb, way }: ChangeRecord): ApplierStep {
  if (verb === 'restore') return way === 'membership' ? 'rejoin' : 'restore';
  if (verb === 'make_eligible') return progress.eligibleSeenAt ? 'remove' : 'make_eligible';
  if (verb === 'make_time_bound') return verb;
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

function recordTold(ctx: Context, { row: intended, wasTold }: Intended, told: Told): Promise<unknown> {
  return change(
    ctx,
    (tx) => loadChange(tx, intended.id),
    async (tx, seen): Promise<Changed<unknown>> => {
      // Taken up by somebody else meanwhile: what was told is found done.
      if (seen?.version !== intended.version) return { value: null, entries: [] };
      const now = await clock(tx);
      if (told.is === 'obstacle') {
        const { toldAt: _, ...untold } = seen.progress;
        const isUntold = !wasTold && !told.isHalf;
        return obstructed(tx, isUntold ? { ...seen, progress: untold } : seen, told, now);
      }
      const { missing: _, seenAt: __, ...progress } = seen.progress;
      const wasGone = told.is === 'gone' && !wasTold;
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
  { facts, outcome, why }: Told & { is: 'obstacle' },
  now: Date,
): Promise<Changed<ChangeRecord>> {
  const explanation = outcomeSentence(outcome, why);
  if (outcome === 'too_young') {
    const patch = { state: 'waiting', outcome, explanation, checkAt: seconds(now, 300) } as const;
    return moveChange(tx, seen, 'put_off', { ...patch, progress: seen.progress }, { outcome, explanation });
  }
  // Of a conversion half done only the other half is left.
  const isHalf = seen.progress.eligibleSeenAt !== undefined;
  // What is not what was reviewed is reviewed again, and not deleted by hand.
  const isOther = outcome === 'changed_since';
  const progress = { ...seen.progress, ...facts };
  const whole = { ...seen, progress };
  const command = isOther ? null : manualCommand(isHalf ? { ...whole, verb: 'remove' } : whole, now);
  const patch = {
    ...({ state: 'blocked', outcome, explanation, manualCommand: command } as const),
    progress: { ...progress, round: String(Number(seen.progress.round ?? 0) + 2) },
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
