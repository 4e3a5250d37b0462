import type { HeldApproval } from './hold-approval.ts';

interface Place {
  approverId: string;
  /** Whose place it is, when it is another's. */
  forId: string | null;
}

/**
 * Whether somebody else has signed in the same place, in whichever stage. A place signs a request once, by its own person
 * with any of their accounts, their deputy, or whom they handed it to: else one approver would fill two stages.
 */
export function isTaken({ signatures, personOf }: HeldApproval, by: Place): boolean {
  const placeOf = ({ approverId, forId }: Place) => personOf(forId ?? approverId);
  return signatures.some(
    (one) =>
      (one.state === 'intended' || one.state === 'recorded') &&
      personOf(one.approverId) !== personOf(by.approverId) &&
      placeOf(one) === placeOf(by),
  );
}
