import type { RefusalCode } from './refusal.ts';

/** What a stronger sign-in came to, and the sentence that says so. Codes travel in addresses; texts may improve. */
export const stepUpOutcomes = {
  done: 'You signed in. The same request goes on by itself.',
  cancelled: 'The sign-in was cancelled, or Microsoft did not allow it. Your request still waits for it.',
  lapsed:
    'This sign-in took longer than ten minutes, was used already, or began in another browser. Your request still waits: sign in once more.',
  refused: 'Microsoft’s answer did not pass Stint’s checks. Your request still waits: sign in once more.',
  downgraded:
    'Microsoft answered with another sign-in than the one that was asked for. Your request still waits: sign in once more.',
  other_person:
    'You signed in there with another account than here. Nothing was sent. Sign in with the account you use here.',
  other_session:
    'You signed in to Stint anew while this sign-in was open, so it does not count. Your request still waits: sign in once more.',
  session_over: 'Your session in Stint ended meanwhile. Sign in to Stint again; your request is kept.',
  overtaken: 'You signed in, but the request does not wait for it any more. See where it stands now.',
  decide_again:
    'You signed in, but you decided this too long ago for Stint to send it on. Decide again: the request still waits.',
  ticket_closed:
    'You signed in, but the ticket of your request does not allow it any more. Nothing was sent; see the ticket on the request.',
  unavailable: 'Microsoft’s sign-in cannot be reached right now. Your request still waits; try again soon.',
} as const;

export type StepUpOutcome = keyof typeof stepUpOutcomes;

export function isStepUpOutcome(text: unknown): text is StepUpOutcome {
  return typeof text === 'string' && Object.hasOwn(stepUpOutcomes, text);
}

const outcomes: Partial<Record<RefusalCode, StepUpOutcome>> = {
  proof_needed: 'decide_again',
  reason_unclear: 'decide_again',
  ticket_closed: 'ticket_closed',
};

/** What the sign-in came to where what it was made for was refused after it. */
export function steppedUpFor(refusal: RefusalCode): StepUpOutcome {
  return outcomes[refusal] ?? 'overtaken';
}
