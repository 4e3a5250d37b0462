/**
 * Requests as years of use leave them, the same every time: n requests a minute apart, more than half of them decided.
 * The text of some has line breaks, quotes and what would be a formula. SQL for PostgreSQL; $1 is how many.
 */
export const seedRequests = [
  `insert into requests (id, submission_id, origin, requester_id, requester_name, plane, role_id, scope_id, role_name,
    scope_name, scope_kind, eligibility_id, justification, ticket_number, minutes, status, filed_at, azure_id,
    starts_at, ends_at, active_at, ended_at, end_cause, failure)
  select md5('request ' || n)::uuid, md5('submission ' || n)::uuid, 'stint', md5('person ' || n % 5000)::uuid::text,
    (array['Ada Lind', 'Hanna Berg', 'Uma Joshi', 'José Núñez', 'Wim Claes'])[1 + n % 5] || ' ' || n % 5000,
    (array['azure', 'entra', 'group'])[1 + n % 3], md5('role ' || n % 40)::uuid::text,
    '/subscriptions/' || md5('subscription ' || n % 300)::uuid || '/resourceGroups/rg-payments-' || n % 300,
    (array['Contributor', 'Reader', 'Helpdesk Administrator', 'Azure Kubernetes Service RBAC Cluster Admin'])[1 + n % 4],
    'rg-payments-' || n % 300, 'resource_group', '',
    'Incident ' || n || ': restart the ingress after the rollout, check the queue' ||
      case n % 50 when 0 then E'\\n"second" line, with a comma' when 1 then '; then =1+1' else '' end,
    case when n % 3 = 0 then 'INC-' || n else '' end, 30 + n % 8 * 30,
    (array['ended', 'ended', 'ended', 'denied', 'withdrawn', 'failed', 'lapsed'])[1 + n % 7],
    at, md5('azure ' || n), at + interval '40 s', at + interval '2 h', at + interval '41 s', at + interval '2 h 3 s',
    'expired', case when n % 7 = 5 then 'Azure refused: the role needs a ticket. Ask again with one.' end
  from generate_series(1, $1::int) n, lateral (select timestamptz '2024-01-01Z' + n * interval '1 minute' as at) filed`,
  `insert into decisions (id, request_id, requester_id, approver_id, approver_name, approve, justification, state,
    origin, decided_at)
  select md5('decision ' || n)::uuid, md5('request ' || n)::uuid, md5('person ' || n % 5000)::uuid::text,
    md5('approver ' || n % 90)::uuid::text, 'Bo Okafor ' || n % 90, n % 7 <> 3, 'As agreed in the morning call',
    'recorded', 'stint', timestamptz '2024-01-01Z' + n * interval '1 minute' + interval '30 s'
  from generate_series(1, $1::int) n where n % 2 = 0 or n % 7 = 3`,
];

/** What the CSV export shows of them, as they are: the yardstick. */
export const rawHistory = `copy (select r.id, r.filed_at, r.requester_name, r.requester_id, r.plane, r.role_name,
  r.scope_name, r.scope_id, r.status, r.justification, r.ticket_number, r.minutes, r.starts_at, r.ends_at, r.active_at,
  r.ended_at, r.end_cause, d.approver_name, d.approve, d.decided_at, d.justification, r.failure, r.origin
  from requests r left join decisions d on d.request_id = r.id and d.state = 'recorded') to stdout`;
