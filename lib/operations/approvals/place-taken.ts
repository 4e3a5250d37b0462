import type { HeldApproval } from './hold-approval.ts';

interface Place {
  approverId: string;
  /** Whose place it is, when it is another's. */
  forId: string | null;
}

const placeOf = ({ approverId, forId }: Place) => forId ?? approverId;

/**
 * Whether somebody else has signed the stage in the same place. A place signs once, by its own person, their deputy, or
 * whom they handed it to: else who hands over would sign twice.
 */
export function isTaken({ standing, signatures }: HeldApproval, by: Place): boolean {
  return signatures.some(
    (one) =>
      one.stage === standing.stage &&
      (one.state === 'intended' || one.state === 'recorded') &&
      one.approverId !== by.approverId &&
      placeOf(one) === placeOf(by),
  );
}
