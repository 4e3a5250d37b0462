/** What screens show, in the shape they show it. Dates are moments; the screen knows the zone. */
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { Lock } from '#lib/domain/lock.ts';
import type { NeedTold } from '#lib/domain/need.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { Approver, PolicyFacts } from '#lib/domain/policy.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { EndCause, Origin, RequestStatus } from '#lib/domain/request.ts';
import type { Danger } from '#lib/domain/risk.ts';
import type { ProbeState, Speed } from '#lib/domain/usable.ts';
import type { UsualLength } from '#lib/domain/usual-length.ts';
import type { TicketEnd, TicketRow } from './ticket-rows.ts';

/** A role at a scope with its names; `key` is `roleKey`, unique on the page and what forms send. */
export interface NamedRole extends RoleAtScope, RoleNames {
  key: string;
}

export interface EligibleRow extends NamedRole {
  throughGroupName: string | null;
  /** When the eligibility itself ends; null: it does not. */
  endsAt: Date | null;
  /** null: not known (yet). */
  policy: PolicyFacts | null;
  dangers: Danger[];
  critical: boolean;
  /** Locks that would keep Azure from taking it away at the end, as far as they are known. */
  locks: Lock[];
  /** The viewer's request by which it is on now: it may serve another ticket. null: it is not. */
  onByRequestId: string | null;
  /** Why it cannot be selected now; null when it can. */
  blocked: 'already_live' | null;
  activations: number;
  lastActivatedAt: Date | null;
  /** What it took before; null: too little is known. */
  speed: Speed | null;
  /** What the viewer really took of it lately; null: too little to tell. */
  usual: UsualLength | null;
  /** Among the viewer's favourites; `place` null: by how often it is used. */
  favourite: { place: number | null } | null;
}

export interface ActiveRow extends NamedRole {
  /** null: activated outside Stint. */
  requestId: string | null;
  status: 'active' | 'ending';
  justification: string;
  ticketNumber: string;
  startsAt: Date | null;
  endsAt: Date | null;
  /** PIM's five-minute floor; null: may be ended, or is not Stint's to end. */
  endableAt: Date | null;
  /** What went wrong with ending it, if something did. */
  failure: string | null;
  /** The stronger sign-in that its end waits for; null: none. */
  stepUp: StepUpAsk | null;
  /** Tickets it is on for, while they are more than what it was asked for; else empty. */
  needs: { ticketNumber: string; until: Date }[];
  /** What was asked for to follow it. */
  followOn: FollowOn | null;
  /** The request it followed itself. */
  extends: string | null;
  /** It is to end then, as soon as Azure allows. */
  endAfter: Date | null;
  /** What more time would take; null: none can be asked for. */
  extension: { policy: PolicyFacts | null; gapSeconds: number | null } | null;
  /** When Azure showed it, when it was found to work, and how the looking for that stands. */
  activeAt: Date | null;
  usableAt: Date | null;
  probe: ProbeState | null;
  speed: Speed | null;
}

/** What was asked for and is not on yet, with what it usually takes. */
export interface PendingRow extends RequestRow {
  speed: Speed | null;
  /** How far Stint's own stages are; null: Azure has it in hand. */
  approval: OwnApproval | null;
}

/** What Stint's own approval policy asks of a request, and who said yes so far. */
export interface OwnApproval {
  stage: { name: string; number: number; of: number } | null;
  signed: string[];
  /** Unsigned then, it lapses. */
  lapsesAt: Date;
  /** Approved, it has to be started by then. */
  useBy: Date | null;
}

/** The window after a running one, as far as it is known. */
export interface FollowOn {
  requestId: string;
  status: RequestStatus;
  minutes: number;
  ticketNumber: string;
  startsAt: Date | null;
  endsAt: Date | null;
  failure: string | null;
  approvers: string[];
}

/** What became of one of several that were to end. `kept`: another ticket still needs it. */
export interface EndResult {
  requestId: string;
  became: 'ending' | 'kept' | null;
  refusal: AskResult['refusal'];
}

/** One of the viewer's own requests, wherever a list shows it. */
export interface RequestRow extends NamedRole {
  id: string;
  status: RequestStatus;
  justification: string;
  ticketNumber: string;
  minutes: number;
  filedAt: Date;
  startsAt: Date | null;
  endsAt: Date | null;
  activeAt: Date | null;
  endedAt: Date | null;
  endCause: EndCause | null;
  failure: string | null;
  /** When it was found to work, and how the looking for that stands. */
  usableAt: Date | null;
  probe: ProbeState | null;
  /** Where the person is eligible, when it was asked for at a narrower place; null: the same. */
  eligibleScopeId: string | null;
  /** Names of those who can decide, while it waits. */
  approvers: string[];
  /** The request it prolongs. */
  followsId: string | null;
  /** While active: it was asked to end then. */
  endAfter: Date | null;
  /** What has to be active before Azure is asked for it, while that is awaited. */
  waitsFor?: string | null;
  /** The stronger sign-in it waits for; null: none. */
  stepUp: StepUpAsk | null;
}

/** A stronger sign-in that Microsoft asks the viewer for. */
export interface StepUpAsk {
  /** What is asked for, in words that go on after “asks for”. */
  what: string;
  /** How often the same was asked for again after it was made. */
  repeats: number;
}

export interface MyAccess {
  now: Date;
  /** Oldest of the three planes' last good readings; null: at least one was never read. */
  readAt: Date | null;
  failures: { plane: Plane; failure: string }[];
  active: ActiveRow[];
  /** Standing and time-bound assignments: access that exists without activation. */
  standing: (NamedRole & { endsAt: Date | null })[];
  /** Waiting, scheduled, being provisioned, or in need of the viewer. */
  pending: PendingRow[];
  eligible: EligibleRow[];
  /** The viewer's requests of the last quarter hour, any status: results of a submit are found here by id. */
  recent: RequestRow[];
}

/** One line of a request's story. */
export interface StoryMoment {
  at: Date;
  /** A person's name, `Azure` or `Stint`. */
  who: string;
  /** A sentence without its subject: “asked for 30 min”. */
  what: string;
  /** What the person typed, or Azure said. */
  quote: string | null;
  tone: 'plain' | 'good' | 'waiting' | 'bad';
}

export interface RequestStory extends RequestRow {
  /** What its system said of the ticket; null: nobody was asked. */
  ticket: TicketRow | null;
  /** Its ticket is closed, and that is to end it; null: it is not. */
  ticketEnd: TicketEnd | null;
  now: Date;
  origin: Origin;
  requesterId: string;
  requesterName: string;
  policy: PolicyFacts | null;
  approverFacts: Approver[];
  timeline: StoryMoment[];
  endableAt: Date | null;
  speed: Speed | null;
  /** When it was approved, and when Azure took it. */
  approvedAt: Date | null;
  grantedAt: Date | null;
  joined: JoinedWindows;
  /** Its own person may nudge those whom PIM asks, from `at` on; null: now. */
  nudge: { at: Date | null } | null;
  may: {
    cancel: boolean;
    end: boolean;
    extend: boolean;
    resume: boolean;
    /** Start what was approved. */
    start: boolean;
    askAgain: boolean;
    decide: boolean;
    /** Sign the stage that waits. */
    sign: boolean;
  };
}

/** A window and its neighbours: more time is another request. */
export interface JoinedWindows {
  before: Neighbour | null;
  after: Neighbour | null;
  /** Every ticket it served; empty while that is only what it was asked for. */
  needs: NeedTold[];
}

interface Neighbour {
  id: string;
  status: RequestStatus;
  minutes: number;
  startsAt: Date | null;
}

export interface HistoryRow extends RequestRow {
  /** When it was found to have gone past Stint's own approval. */
  bypassedAt: Date | null;
  ticket: TicketRow | null;
  origin: Origin;
  requesterId: string;
  requesterName: string;
  approverName: string | null;
  approved: boolean | null;
  decidedAt: Date | null;
  decisionJustification: string | null;
}

/** All optional; empty means everything the viewer may see. */
export interface HistoryFilter {
  person?: string;
  role?: string;
  plane?: Plane;
  status?: RequestStatus;
  from?: Date;
  to?: Date;
}

export interface Page<Row> {
  rows: Row[];
  /** Opaque; null: no further page in that direction. */
  next: string | null;
  previous: string | null;
  /** How far back was searched for a page that is short, though there may be more; null: as far as there is. */
  searchedTo: Date | null;
}

/** The answer to one role of a submit. */
export interface AskResult {
  key: string;
  requestId: string | null;
  refusal: { code: RefusalCode; message: string; field: string | null } | null;
}

/** A window that is on, as every page counts it down. */
export interface RunningWindow extends RoleAtScope, RoleNames {
  id: string;
  startsAt: Date | null;
  endsAt: Date;
  /** More time was asked for already. */
  isFollowed: boolean;
}
