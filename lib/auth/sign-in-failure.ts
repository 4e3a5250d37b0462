/** Why a sign-in did not come about, and the sentence for the page that says so. */
export const signInFailures = {
  lapsed: 'This sign-in took longer than ten minutes, was used already, or began in another browser.',
  cancelled: 'The sign-in was cancelled, or Microsoft did not allow it.',
  refused: 'Microsoft’s answer did not pass Stint’s checks, so nobody was signed in.',
  other_tenant: 'This account belongs to another organisation than the one Stint serves.',
  unavailable: 'Microsoft’s sign-in cannot be reached right now.',
} as const;

export type SignInFailureReason = keyof typeof signInFailures;

/** A sign-in that ends on the page for failed sign-ins, with the way the person was going. */
export class SignInFailure extends Error {
  readonly reason: SignInFailureReason;
  readonly returnTo: string;
  constructor(reason: SignInFailureReason, returnTo: string, cause?: unknown) {
    super(signInFailures[reason], { cause });
    this.name = 'SignInFailure';
    this.reason = reason;
    this.returnTo = returnTo;
  }
}
