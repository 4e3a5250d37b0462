import type { Tx } from '#db/client.ts';
import type { ChangeOutcome } from '#lib/domain/access-change.ts';
import { outcomeSentence } from '#lib/domain/change-words.ts';
import { lockOutBy } from '#lib/domain/lock-out.ts';
import { manualCommand } from '#lib/domain/manual-command.ts';
import type { Changed } from '#lib/operations/change.ts';
import { isReadLately, oldestHours } from './is-read-lately.ts';
import { isSwitchedOn } from './is-switched-on.ts';
import { loadLockOutFacts } from './lock-out-facts.ts';
import { type ChangeRecord, moveChange, noteChange } from './move-change.ts';
import { objectionTo } from './objection-to.ts';
import { seconds } from './seconds.ts';
import { letGoUnwanted } from './unwanted.ts';

/** How often what others have to change first is judged anew. */
const againSeconds = 30;

/** What keeps the Applier from acting at all; null: nothing does. */
export async function stop(
  tx: Tx,
  seen: ChangeRecord,
  own: readonly string[],
  now: Date,
): Promise<Changed<unknown> | null> {
  // Azure may have been told before the process died: then it is looked at, whatever is known now. Of the other half of
  // a conversion it was told nothing yet.
  const isTold = seen.progress.toldAt !== undefined;
  const isUnderWay = seen.state === 'applying' && isTold;
  const unwanted = await letGoUnwanted(tx, seen, now);
  if (unwanted) return unwanted;
  const objection = objectionTo(seen, now);
  if (!objection && seen.verb !== 'restore' && !(await isReadLately(tx))) {
    const explanation = `The tenant was not read in the last ${oldestHours} hours: who would be locked out is not known. It is done after the next reading.`;
    return isUnderWay ? lookInstead(tx, seen, explanation, now) : comeAgain(tx, seen, null, explanation, now);
  }
  const guarded = objection ?? lockOutBy(await loadLockOutFacts(tx, seen, own, 'all'));
  if (guarded) {
    const { outcome, why } = guarded;
    if (!objection && !isUnderWay && !lockOutBy(await loadLockOutFacts(tx, seen, own, 'done'))) {
      const explanation = `${why} Another change is under way, or not everybody could be read lately; it is judged again once that is known.`;
      return comeAgain(tx, seen, outcome, explanation, now);
    }
    const explanation = objection ? outcomeSentence(outcome, why) : why;
    // What Azure may have taken, or took half of, is looked at until it is known.
    const isOpen = isTold || seen.progress.eligibleSeenAt !== undefined;
    const state = isOpen || outcome === 'inherited' ? 'blocked' : 'refused';
    const checkAt = state === 'blocked' ? seconds(now, 5) : null;
    // What a guard refuses is not to be done by hand either.
    const command = objection && state === 'blocked' ? manualCommand(seen, now) : null;
    const patch = { state, outcome, explanation, checkAt, manualCommand: command } as const;
    return moveChange(tx, seen, state, patch, { outcome, explanation });
  }
  if (await isSwitchedOn(tx, seen)) return null;
  const explanation = outcomeSentence('not_switched_on', '');
  if (isUnderWay) return lookInstead(tx, seen, explanation, now);
  return noteChange(tx, seen, {
    ...{ state: 'waiting', outcome: 'not_switched_on', explanation, checkAt: seconds(now, 300) },
  });
}

/** Nothing new is told. What Azure may have been told before is looked at, and never forgotten. */
function lookInstead(
  tx: Tx,
  seen: ChangeRecord,
  explanation: string,
  now: Date,
): Promise<Changed<ChangeRecord>> {
  const patch = { state: 'confirming', outcome: null, explanation, checkAt: seconds(now, 1) } as const;
  return moveChange(tx, seen, 'put_off', patch, { explanation });
}

function comeAgain(
  tx: Tx,
  seen: ChangeRecord,
  outcome: ChangeOutcome | null,
  explanation: string,
  now: Date,
): Promise<Changed<ChangeRecord>> {
  return noteChange(tx, seen, { outcome, explanation, checkAt: seconds(now, againSeconds) });
}
