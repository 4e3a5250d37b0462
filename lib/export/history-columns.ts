import { sql } from 'drizzle-orm';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { needs } from '#db/schema/needs.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import { planeNames } from '#lib/domain/plane.ts';
import { statusNames } from '#lib/domain/request.ts';
import { type Column, moment } from './cells.ts';
import { at, named, number, typed, word } from './column-kinds.ts';

const activeMinutes = sql`round(extract(epoch from ${requests.endedAt} - ${requests.activeAt}) / 60)`;

/** Every ticket that kept it on, in order; as a rule the one it was asked for. */
const ticketsServed = sql`coalesce((
  select string_agg(distinct ${needs.ticketNumber}, ', ')
  from ${needs} where ${needs.requestId} = ${requests.id} and ${needs.ticketNumber} <> ''
), ${requests.ticketNumber})`;

/** Everybody whose signature of one of Stint's own stages counted, in order. */
const signedBy = sql`(
  select string_agg(s.approver_name || case when s.approve then ' (approved)' else ' (denied)' end, ', ' order by s.signed_at)
  from ${signatures} s where s.request_id = ${requests.id} and s.state = 'recorded')`;
const ruleVersion = sql`(select a.policy_version from ${requestApprovals} a where a.request_id = ${requests.id})`;
const ruleName = sql`(select a.rule ->> 'name' from ${requestApprovals} a where a.request_id = ${requests.id})`;

/**
 * One row of the history export answers everything; of `requests` joined to the recorded of `decisions` and to `ticket_checks`. Headings are
 * stable: people build on them. Times are UTC, lengths minutes. The cursor names the row's place (`?after=`).
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
  number('approval_rule_version', ruleVersion),
  typed('approval_rule', ruleName),
];
