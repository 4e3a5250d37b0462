import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { Settings } from '#lib/domain/settings.ts';
import type { TicketVerdict } from '#lib/domain/ticket.ts';
import type { TicketSystem } from '#lib/domain/ticket-system.ts';

/** A request's ticket, as its system last told of it. */
export interface TicketRow {
  system: string;
  key: string;
  title: string;
  state: string;
  url: string | null;
  verdict: TicketVerdict;
  /** Why it could not be asked about, or what is wrong with it by now. */
  note: string | null;
  checkedAt: Date;
}

/** Access that is there, or coming, whose ticket does not carry it any more. */
export interface BrokenTicketRow extends RoleAtScope, RoleNames {
  requestId: string;
  requesterName: string;
  status: RequestStatus;
  ticket: TicketRow;
}

/** A running access whose last ticket is closed. */
export interface TicketEnd {
  key: string;
  state: string;
  closedAt: Date;
  /** Still closed then, it is to end. */
  overAt: Date;
  /** waits: may be opened again before that. stuck: asked for, and not done. let_go: asked for, and taken back by hand. */
  stands: 'waits' | 'asked' | 'stuck' | 'let_go' | 'by_hand';
  /** What the Applier says of it. */
  why: string | null;
}

export interface TicketSystemRow extends TicketSystem {
  enabled: boolean;
  version: number;
  changedAt: Date;
  changedByName: string;
  answeredAt: Date | null;
  /** The newest first. */
  faults: { at: Date; why: string }[];
}

export interface TicketSettings {
  now: Date;
  systems: TicketSystemRow[];
  rules: { value: Settings['tickets']; version: number };
  broken: BrokenTicketRow[];
}
