import type { EndCause } from './request.ts';

/** Earlier activations of the same role at the same scope by the same person, as Stint saw them. */
export interface Before {
  count: number;
  lastAt: Date | null;
  denied: number;
  endedEarly: number;
  usualMinutes: number | null;
  /** The last three, the newest first. */
  last: { at: Date; minutes: number; how: EndCause | 'denied' }[];
}

/** What a request's person and others did before, as Stint saw it. */
export interface PastAsks {
  before: Before;
  /** What others took of this role, as a median; null: too few did. Minutes. */
  othersMinutes: number | null;
  /** When this person's last activations of anything began. */
  starts: Date[];
}
