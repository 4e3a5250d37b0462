/** What somebody is told of: one row each, shown in the portal and sent wherever they want it. */
export const letterKinds = [
  'asked_to_sign',
  'reminder',
  'escalated',
  'nudge',
  'handed_over',
  'question',
  'answer',
  'offer',
  'offer_answered',
  'approved',
  'denied',
  'lapsed',
  'closed',
  'start_soon',
  'pim_asks_too',
  'signature_refused',
  'nobody_can_sign',
  'bypassed',
  'bypass_ended',
  'bypass_not_ended',
  'given_in_freeze',
  'absence_set',
  'absence_ended',
  'asked_to_review',
  'review_reminder',
  'review_handed_on',
  'workload_ends',
  'ticket_closed',
  'ticket_not_ended',
  'chat_linked',
  'test',
] as const;
export type LetterKind = (typeof letterKinds)[number];

/** What a letter says of its subject, as it was when it was written. Plain text: every channel escapes for itself. */
export interface LetterFacts {
  roleName?: string;
  scopeName?: string;
  requesterName?: string;
  /** Who did it. */
  byName?: string;
  text?: string;
  minutes?: number;
  ticketNumber?: string;
  stage?: string;
  /** Azure has given it: there is nothing to start. */
  isGranted?: boolean;
  /** It was over before anything was done about it. */
  wasGone?: boolean;
  /** A time that it is about, ISO 8601 in UTC, and who signs meanwhile. */
  from?: string;
  until?: string;
  deputyName?: string;
  /** The review it is about, of how many of the reader's items, and when it closes, ISO 8601 in UTC. */
  campaignId?: string;
  campaignName?: string;
  count?: number;
  closesAt?: string;
  /** The workload whose access it is, and when that ends, ISO 8601 in UTC. */
  holderName?: string;
  endsAt?: string;
  /** Stint has the access ended by itself. */
  isEnding?: boolean;
}
