import type { Outcome } from '#lib/domain/refusal.ts';
import type { EndResult } from '#lib/queries/rows.ts';

/** More time, or another ticket, for what is on. */
export interface MoreAsk {
  requestId: string;
  minutes: number;
  justification: string;
  ticketNumber: string;
}

export interface EndAsk {
  ends: { requestId: string; ticketNumber?: string | null }[];
  soonest?: boolean;
  keepFollowOn?: boolean;
}

/** What can be done about a running window. */
export interface WindowVerbs {
  end: (requestId: string) => Promise<Outcome<null>>;
  endSeveral: (ask: EndAsk) => Promise<Outcome<EndResult[]>>;
  extend: (ask: MoreAsk) => Promise<Outcome<{ requestId: string }>>;
  addNeed: (ask: MoreAsk) => Promise<Outcome<{ until: Date; isShort: boolean }>>;
  callOff: (requestId: string) => Promise<Outcome<null>>;
}
