/** On-call windows as screens show them. */
import type { OnCallPattern, OnCallRole, OnCallStatus } from '#lib/domain/on-call.ts';
import type { RequestStatus } from '#lib/domain/request.ts';

/** A time of a window, and what became of it. */
export interface OccurrenceRow {
  id: string;
  startsAt: Date;
  endsAt: Date;
  state: 'planned' | 'asked' | 'missed' | 'skipped';
  /** What was asked for it, role by role. */
  requests: { id: string; roleName: string; scopeName: string; status: RequestStatus }[];
  /** Why Stint could not ask for it. */
  refusal: string | null;
  /** One click asks for it now. */
  usable: boolean;
}

export interface WindowRow {
  id: string;
  version: number;
  status: OnCallStatus;
  roles: OnCallRole[];
  pattern: OnCallPattern;
  justification: string;
  ticketNumber: string;
  /** What is on or comes next, soonest first; then what was last, newest first. */
  ahead: OccurrenceRow[];
  past: OccurrenceRow[];
}

/** An occurrence that waits for a click of its person. */
export interface ReminderRow {
  id: string;
  startsAt: Date;
  endsAt: Date;
  roles: OnCallRole[];
  refusal: string | null;
}

export interface OnCallNow {
  reminders: ReminderRow[];
  /** The next one can be filed with PIM while the person is here. */
  canFile: boolean;
}
