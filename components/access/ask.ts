import type { Outcome } from '#lib/domain/refusal.ts';
import type { AskResult } from '#lib/queries/rows.ts';

/** What the form sends: each role with its own length in minutes; the start as ISO 8601, null: now. */
export interface ActivationAsk {
  roles: { key: string; minutes: number }[];
  justification: string;
  ticketNumber: string;
  startsAt: string | null;
  /** The same as before when the same is sent again for want of an answer. */
  submissionId: string;
}

export type Activate = (
  ask: ActivationAsk,
) => Promise<Outcome<{ submissionId: string; results: AskResult[] }>>;

/** What is typed, as typed. `duration` null: the default was not touched. */
export interface FormText {
  justification: string;
  ticketNumber: string;
  duration: string | null;
  startsAt: string;
}

export const emptyForm: FormText = { justification: '', ticketNumber: '', duration: null, startsAt: '' };

export type FormField = keyof FormText;

/** A form to begin with: from an earlier request, or kept while the person signed in again. */
export interface Draft {
  keys: string[];
  form: FormText;
}
