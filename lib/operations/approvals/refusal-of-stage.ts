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

function named({ name, approve }: Pick<Signed, 'name' | 'approve'>): Refusal {
  return new Refusal('already_decided', `${name} ${approve ? 'approved' : 'denied'} this first.`);
}
