import { type Plane, planeNames } from '#lib/domain/plane.ts';
import { type EndCause, type RequestStatus, statusNames } from '#lib/domain/request.ts';
import { minutesBetween } from '#lib/domain/time.ts';
import type { Column } from './csv.ts';

/** What one row of the history export needs to know; one row answers everything. */
interface Activation {
  id: string;
  filedAt: Date;
  requesterName: string;
  requesterId: string;
  plane: Plane;
  roleName: string;
  scopeName: string;
  scopeId: string;
  status: RequestStatus;
  justification: string;
  ticketNumber: string;
  minutes: number;
  startsAt: Date | null;
  endsAt: Date | null;
  activeAt: Date | null;
  endedAt: Date | null;
  endCause: EndCause | null;
  approverName: string | null;
  approved: boolean | null;
  decidedAt: Date | null;
  decisionJustification: string | null;
  failure: string | null;
  origin: string;
}

/** Headings are stable: people build on them. Times are UTC, lengths minutes. */
export const historyColumns: readonly Column<Activation>[] = [
  { heading: 'request', value: (row) => row.id },
  { heading: 'filed_at', value: (row) => row.filedAt },
  { heading: 'person', value: (row) => row.requesterName },
  { heading: 'person_id', value: (row) => row.requesterId },
  { heading: 'plane', value: (row) => planeNames[row.plane] },
  { heading: 'role', value: (row) => row.roleName },
  { heading: 'scope', value: (row) => row.scopeName },
  { heading: 'scope_id', value: (row) => row.scopeId },
  { heading: 'status', value: (row) => statusNames[row.status] },
  { heading: 'justification', value: (row) => row.justification },
  { heading: 'ticket', value: (row) => row.ticketNumber },
  { heading: 'asked_minutes', value: (row) => row.minutes },
  { heading: 'starts_at', value: (row) => row.startsAt },
  { heading: 'ends_at', value: (row) => row.endsAt },
  { heading: 'active_at', value: (row) => row.activeAt },
  { heading: 'ended_at', value: (row) => row.endedAt },
  { heading: 'end_cause', value: (row) => row.endCause },
  {
    heading: 'active_minutes',
    value: (row) => (row.activeAt && row.endedAt ? minutesBetween(row.activeAt, row.endedAt) : null),
  },
  { heading: 'approver', value: (row) => row.approverName },
  {
    heading: 'decision',
    value: (row) => (row.approved === null ? null : row.approved ? 'approved' : 'denied'),
  },
  { heading: 'decided_at', value: (row) => row.decidedAt },
  { heading: 'decision_justification', value: (row) => row.decisionJustification },
  { heading: 'failure', value: (row) => row.failure },
  { heading: 'filed_in', value: (row) => row.origin },
];
