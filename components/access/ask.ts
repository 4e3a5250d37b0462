import type { Place } from '#lib/domain/narrower.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { TicketPreview } from '#lib/domain/ticket.ts';
import type { PlacesBelow } from '#lib/queries/place-rows.ts';
import type { AskResult } from '#lib/queries/rows.ts';

/** One role of a submit: its own length in minutes and, below where one is eligible, the narrower place. */
export interface RoleAsk {
  key: string;
  minutes: number;
  narrowerScopeId?: string | undefined;
}

/** What the form sends; the start as ISO 8601, null: now. */
export interface ActivationAsk {
  roles: RoleAsk[];
  justification: string;
  ticketNumber: string;
  startsAt: string | null;
  /** The same as before when the same is sent again for want of an answer. */
  submissionId: string;
  /** The bundle it is asked for with. */
  bundleId?: string | null | undefined;
}

export type Activate = (
  ask: ActivationAsk,
) => Promise<Outcome<{ submissionId: string; results: AskResult[] }>>;

/** Asks the ticket system while the person types; null: no system takes the number. */
export type CheckTicket = (about: {
  number: string;
  startsAt: string | null;
}) => Promise<Outcome<TicketPreview | null>>;
/** What else the sheet asks of the server: what lies below a scope, and windows week by week. */
export interface TimingVerbs {
  openPlace: (of: { key: string; scopeId: string }) => Promise<Outcome<PlacesBelow>>;
  plan: (window: {
    id: string;
    roles: RoleAsk[];
    pattern: { days: number[]; time: string; zone: string; from: string; until: string };
    justification: string;
    ticketNumber: string;
  }) => Promise<Outcome<{ id: string; notFiled: string | null }>>;
}

/** What is typed, as typed. `duration` null: the default was not touched. */
export interface FormText {
  justification: string;
  ticketNumber: string;
  duration: string | null;
  /** On the wall of the zone. */
  startsAt: string;
  /** An IANA name; missing or empty: the browser's own. */
  zone?: string | undefined;
}

export const emptyForm: FormText = { justification: '', ticketNumber: '', duration: null, startsAt: '' };

export type FormField = keyof FormText;

/** What is chosen for one role alone, where it differs from the form's. */
export interface OwnChoice {
  /** As typed; null or missing: the form's length, capped by the role's policy. */
  duration?: string | null | undefined;
  /** A place below where one is eligible. */
  narrower?: Pick<Place, 'id' | 'name'> | null | undefined;
  /** The role's rules at a place, as far as they are known by now. */
  rulesAt?: { id: string; policy: PolicyFacts } | undefined;
}

/** A form to begin with: from an earlier request, or kept while the person signed in again. */
export interface Draft {
  keys: string[];
  form: FormText;
  own?: Record<string, OwnChoice> | undefined;
  bundleId?: string | null | undefined;
}
