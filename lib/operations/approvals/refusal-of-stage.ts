import { Refusal } from '#lib/domain/refusal.ts';
import type { Outcome, Signed } from '#lib/domain/stages.ts';
import type { HeldApproval } from './hold-approval.ts';

/** A no of the stages, in words. */
export function refusalOf({ code, by }: Extract<Outcome, { is: 'no' }>): Refusal {
  return by ? named(by) : new Refusal(code);
}

/**
 * Who comes too late hears who was first: of their own stage where that is over, else of the whole. null: they are not
 * too late, or nobody of whom they could hear was first.
 */
export function whoWasFirst(held: HeldApproval, accountId: string, stage: number | null): Refusal | null {
  const { standing, personOf } = held;
  const counted = standing.signatures.filter(({ state }) => state === 'recorded');
  if (counted.some(({ personId }) => personId === personOf(accountId))) return new Refusal('already_signed');
  const denial = counted.find(({ approve }) => !approve);
  if (denial) return named(denial);
  const isOver = standing.state === 'approved' || (stage !== null && stage < standing.stage);
  if (!isOver) return null;
  const last = counted.filter((one) => stage === null || one.stage === stage).at(-1);
  return last ? named(last) : null;
}

/**
 * Nobody signs a stage unseen: who was shown another one than the one that waits hears who signed meanwhile. `shown`
 * counts from 1; null: what they pressed does not say. null: it is the one they were shown.
 */
export function stageMoved({ pinned, standing }: HeldApproval, shown: number | null): Refusal | null {
  const now = standing.stage + 1;
  if (shown === now) return null;
  const since = standing.signatures.filter(
    ({ state, stage }) =>
      state === 'recorded' && shown !== null && stage >= shown - 1 && stage < standing.stage,
  );
  if (since.length === 0) return new Refusal('stage_moved');
  const names = since.map(({ name }) => name).join(' and ');
  const waits = `stage ${now} of ${pinned.stages.length} waits now`;
  return new Refusal(
    'stage_moved',
    `${names} signed meanwhile, and ${waits}. Nothing of yours was signed; look at it again first.`,
  );
}

function named({ name, approve }: Pick<Signed, 'name' | 'approve'>): Refusal {
  return new Refusal('already_decided', `${name} ${approve ? 'approved' : 'denied'} this first.`);
}
