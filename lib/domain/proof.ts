import { Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';

/** What a sign-in has to be to count: fresh, and with the context met where one is named. */
export type StepUpWanted = Pick<Settings['step_up'], 'context' | 'freshMinutes'>;

/** One call of a person: a fresh sign-in is shown for it, and counts for no other. */
export interface Call {
  sessionId: string;
  /** A digest of the door's name and of what was sent. */
  act: string;
  /** The machine's time: sign-ins know no other. */
  at: Date;
  /** What was shown and taken for it; the record keeps it. */
  proven?: { signedInAt: Date; contexts: string[] } | undefined;
}

/** What a page needs to have the person sign in again. Nothing of it is secret. */
export interface StepUpAsk {
  act: string;
  /** What was wrong with the sign-in before; null: there was none yet. */
  trouble: string | null;
  context: string | null;
  person: { objectId: string; name: string; upn: string };
  clientId: string;
  scope: string;
  authority: string;
  /** The authority's own description of itself, as JSON. */
  authorityMetadata: string;
  redirectUri: string;
}

const troubles = {
  too_old: 'That sign-in was too long ago. Sign in once more.',
  context:
    'That sign-in was not strong enough: it did not meet the authentication context that Stint asks for. Sign in once more, in the way your organisation asks for it.',
};

/** What is missing is a fresh sign-in, and nothing else so far as is known. */
export class ProofNeeded extends Refusal {
  readonly wanted: StepUpWanted;
  readonly trouble: string | null;
  constructor(wanted: StepUpWanted, fault: keyof typeof troubles | null = null) {
    super('proof_needed', fault ? troubles[fault] : undefined);
    this.wanted = wanted;
    this.trouble = fault ? troubles[fault] : null;
  }
}

/** Whether a rule reaches this act. */
export function isWanted(rule: 'never' | 'critical' | 'always', isCritical: boolean): boolean {
  return rule === 'always' || (rule === 'critical' && isCritical);
}

/** Whether these rules ask for anything at all. */
export function asksAnything({ activations, decisions, administration }: Settings['step_up']): boolean {
  return administration || activations !== 'never' || decisions !== 'never';
}

/** Why a sign-in does not count for this; null when it does. */
export function proofFault(
  { signedInAt, contexts }: { signedInAt: Date; contexts: readonly string[] },
  { context, freshMinutes }: StepUpWanted,
  at: Date,
): 'too_old' | 'context' | null {
  if (at.getTime() - signedInAt.getTime() > freshMinutes * 60_000) return 'too_old';
  return context !== null && !contexts.includes(context) ? 'context' : null;
}
