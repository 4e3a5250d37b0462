import { type SQLWrapper, sql } from 'drizzle-orm';
import { findings } from '#db/schema/posture.ts';
import { findingKindNames } from '#lib/domain/finding.ts';
import { type Column, literal } from './cells.ts';

const typed = (heading: string, value: SQLWrapper): Column => ({ heading, kind: 'typed', value });
const word = (heading: string, value: SQLWrapper): Column => ({ heading, kind: 'word', value });
const at = (heading: string, value: SQLWrapper): Column => ({ heading, kind: 'moment', value });

const kindNames = sql.join(
  Object.entries(findingKindNames).map(([kind, name]) => sql`when ${literal(kind)} then ${literal(name)}`),
  sql` `,
);
/** Every fact with its name, one after the other. */
const evidence = sql`(
  select string_agg(fact->>'label' || ': ' || (fact->>'value'), '; ')
  from jsonb_array_elements(${findings.evidence}) fact)`;

/** As the list shows it: an acceptance whose day has come is open. */
const state = sql`case when ${findings.state} = 'accepted' and ${findings.acceptedUntil} <= stint_now() then 'open'
  else ${findings.state} end`;

/** One row of the findings export. Headings are stable: people build on them. Times are UTC; the finding names the row's place (`?after=`). */
export const findingColumns: readonly Column[] = [
  word('finding', findings.id),
  word('risk', findings.risk),
  word('kind', findings.kind),
  typed('kind_name', sql`case ${findings.kind} ${kindNames} end`),
  typed('title', findings.title),
  word('state', state),
  at('first_seen_at', findings.firstSeenAt),
  at('last_seen_at', findings.lastSeenAt),
  at('gone_at', findings.goneAt),
  typed('principal_id', findings.principalId),
  typed('assignment_id', findings.assignmentId),
  typed('evidence', evidence),
  typed('next_step', findings.nextStep),
  typed('assignee', findings.assigneeName),
  typed('accepted_by', findings.acceptedByName),
  at('accepted_until', findings.acceptedUntil),
  typed('accepted_reason', findings.acceptedReason),
];
