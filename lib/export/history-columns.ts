import { sql } from 'drizzle-orm';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { needs } from '#db/schema/needs.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { statusNames } from '#lib/domain/request.ts';
import { type Column, moment } from './cells.ts';
import { at, named, number, typed, word } from './column-kinds.ts';

const activeMinutes = sql`round(extract(epoch from ${requests.endedAt} - ${requests.activeAt}) / 60)`;

const ofRequest = sql`from ${needs} where ${needs.requestId} = ${requests.id} and ${needs.ticketNumber} <> ''`;
/** Every ticket that kept it on, in order; as a rule the one it was asked for, and looking whether costs a tenth of collecting. */
const ticketsServed = sql`case when exists (select ${ofRequest})
  then (select string_agg(distinct ${needs.ticketNumber}, ', ') ${ofRequest}) else ${requests.ticketNumber} end`;

/** Everybody whose signature of one of Stint's own stages counted, in order. Asked only of those that had stages. */
const signedBy = sql`case when ${requestApprovals.requestId} is not null then (
  select string_agg(s.approver_name || case when s.approve then ' (approved)' else ' (denied)' end, ', ' order by s.signed_at)
  from ${signatures} s where s.request_id = ${requests.id} and s.state = 'recorded') end`;
const ruleName = sql`${requestApprovals.rule} ->> 'name'`;

/** How Stint's own policy came to let it pass, or did not; PIM's own decision stands beside it. */
const stintApproval = sql`case
  when ${requests.bypassedAt} is not null then 'bypassed'
  when ${requestApprovals.state} = 'automatic' then 'by_rule'
  when ${requestApprovals.approvedAt} is not null then 'signed'
  when ${requestApprovals.state} is not null then 'not_given'
  else 'not_asked' end`;
/** When Azure's own reading first showed gone what the Applier ended. Asked only of the few that went past approval. */
const bypassEndedAt = sql`case when ${requests.bypassedAt} is not null then (
  select c.confirmed_at from ${accessChanges} c where c.request_id = ${requests.id} and c.outcome = 'removed') end`;

/**
 * One row of the history export answers everything; of `requests` joined to the recorded of `decisions`, `request_approvals` and
 * `ticket_checks`. Headings are stable: people build on them. Times are UTC, lengths minutes. The cursor names the row's place (`?after=`).
 */
export const historyColumns: readonly Column[] = [
  word('request', requests.id),
  at('filed_at', requests.filedAt),
  typed('person', requests.requesterName),
  typed('person_id', requests.requesterId),
  word('plane', named(requests.plane, planeNames)),
  typed('role', requests.roleName),
  typed('scope', requests.scopeName),
  typed('scope_id', requests.scopeId),
  word('status', named(requests.status, statusNames)),
  typed('justification', requests.justification),
  typed('ticket', ticketsServed),
  number('asked_minutes', requests.minutes),
  at('starts_at', sql`coalesce(${requests.startsAt}, ${requests.wantedStartAt})`),
  at('ends_at', requests.endsAt),
  at('active_at', requests.activeAt),
  at('ended_at', requests.endedAt),
  word('end_cause', requests.endCause),
  number('active_minutes', sql`case when ${activeMinutes} < 0 then 0 else ${activeMinutes} end`),
  typed('approver', decisions.approverName),
  word('decision', sql`case ${decisions.approve} when true then 'approved' when false then 'denied' end`),
  at('decided_at', decisions.decidedAt),
  typed('decision_justification', decisions.justification),
  typed('failure', requests.failure),
  word('filed_in', requests.origin),
  word('cursor', sql`${moment(requests.filedAt)} || '_' || ${requests.id}`),
  typed('ticket_key', ticketChecks.key),
  typed('ticket_title', ticketChecks.title),
  typed('ticket_state', ticketChecks.state),
  word('ticket_verdict', ticketChecks.verdict),
  at('ticket_checked_at', ticketChecks.checkedAt),
  typed('signed_by', signedBy),
  number('approval_rule_version', requestApprovals.policyVersion),
  typed('approval_rule', ruleName),
  word('stint_approval', stintApproval),
  at('bypassed_at', requests.bypassedAt),
  at('bypass_ended_at', bypassEndedAt),
];
