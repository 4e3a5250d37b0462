/** What approvers see, in the shape they see it. */
import type { HeldThere, RoleActions } from '#lib/domain/adds-words.ts';
import type { Before } from '#lib/domain/past-asks.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { RequestRisk } from '#lib/domain/request-risk.ts';
import type { Danger } from '#lib/domain/risk.ts';
import type { Availability } from './availability-rows.ts';
import type { NamedRole, StepUpAsk } from './rows.ts';
import type { TalkFacts } from './talk-rows.ts';
import type { TicketRow } from './ticket-rows.ts';

/** Whose yes is waited for: that of a stage of Stint's own policy, or the one PIM asks for. */
export type AskedBy = 'stint' | 'pim';

export interface ApprovalCard extends NamedRole {
  asks: AskedBy;
  ticket: TicketRow | null;
  requestId: string;
  requester: { id: string; name: string; guest: boolean; jobTitle: string | null; department: string | null };
  justification: string;
  ticketNumber: string;
  minutes: number;
  startsAt: Date | null;
  /** null: not known. */
  maximumMinutes: number | null;
  filedAt: Date;
  lapsesAt: Date;
  role: RoleSummary | null;
  risk: RequestRisk;
  /** Names of what is above the scope, the widest first. */
  above: string[];
  /** What the person has there now, the same role first; null: the tenant was never read. */
  holds: HeldThere[] | null;
  /** Where it stands by Stint's own policy; null: no rule is about it. */
  stage: StageFacts | null;
  before: Before;
  /** What others took of this role, as a median; null: too few did. Minutes. */
  othersMinutes: number | null;
  others: OtherApprover[];
  lately: RoleLately | null;
  /** The viewer signed for Stint, and PIM asks them too. */
  signed: boolean;
  /** Somebody's decision is on its way. */
  deciding: { name: string; approve: boolean } | null;
  /** The viewer's own last try did not count, and why. */
  failure: string | null;
  /** That try waits for a stronger sign-in of the viewer; null: it does not. */
  stepUp: (StepUpAsk & { decisionId: string }) | null;
  /** What can be said besides yes and no; null: nothing, PIM knows only these. */
  talk: TalkFacts | null;
  /** Why it cannot be decided together with others; null: it can. */
  alone: string | null;
}

export interface RoleSummary extends RoleActions {
  description: string;
  dangers: Danger[];
}

export interface StageFacts {
  rule: string;
  /** of a rule without stages, which asked nobody: 0 of 0. */
  name: string;
  number: number;
  of: number;
  /** How many have to sign this stage. */
  needed: number;
  signed: { name: string; forName: string | null; stage: number }[];
  /** What makes the viewer one who may sign; null where the viewer is named themselves. */
  through: string | null;
  /** Whom the viewer stands in for. */
  forName: string | null;
  isEscalated: boolean;
}

/** A role at a scope over the last 90 days, whoever asked for it, as Stint saw it. */
export interface RoleLately {
  /** What was decided or needed no decision; `isMore`: these are only the newest. */
  asks: number;
  isMore: boolean;
  activated: number;
  denied: number;
  /** How many different people activated it. */
  people: number;
  /** The median. */
  usualMinutes: number | null;
  /** Of what is over: what was granted, and what of that was used. */
  grantedMinutes: number;
  usedMinutes: number;
  last: { at: Date; personName: string; minutes: number } | null;
  /** How many are eligible for it there, and how many of them activated it; null: not known, or nobody. */
  eligible: number | null;
  eligibleActivated: number;
}

/** Somebody else who can decide, and whether they can be counted on now. */
export interface OtherApprover {
  name: string;
  availability: Availability;
}

export interface DecidedRow extends NamedRole {
  id: string;
  asks: AskedBy;
  requestId: string;
  requesterName: string;
  approve: boolean;
  justification: string;
  decidedAt: Date;
  approverName: string;
  forName: string | null;
  mine: boolean;
  state: 'recorded' | 'failed' | 'lost' | 'refused' | 'void';
  failure: string | null;
  status: RequestStatus;
}

/** What waits, and not for the viewer. */
export interface TeamRow extends NamedRole {
  requestId: string;
  asks: AskedBy;
  requesterName: string;
  minutes: number;
  filedAt: Date;
  lapsesAt: Date;
  status: RequestStatus;
  /** Why it is shown. */
  why: 'reports' | 'signed' | 'handed_over' | 'named' | 'group';
  stage: { name: string; number: number; of: number } | null;
  /** Names of those who can decide now. */
  approvers: string[];
  /** Its story is open to the viewer. */
  isOpen: boolean;
}

export interface WatchedRow extends NamedRole {
  requestId: string;
  requesterName: string;
  status: RequestStatus;
  minutes: number;
  filedAt: Date;
  approvers: string[];
}

/** What became of a request that waited for the viewer a moment ago. */
export interface Settled {
  requestId: string;
  /** A sentence without its subject’s role: “Bo Okafor approved this.” */
  text: string;
}

export interface ApprovalQueue {
  now: Date;
  readAt: Date | null;
  failures: { plane: Plane; failure: string }[];
  counts: { mine: number; team: number };
  /** The soonest to lapse first. */
  waiting: ApprovalCard[];
  /** Opaque; null: no further page. */
  more: string | null;
  settled: Settled[];
}

export interface PageAfter<Row> {
  rows: Row[];
  /** Opaque; null: no further page. */
  more: string | null;
}
