import { type SQL, sql } from 'drizzle-orm';
import { approvalHours } from '#lib/domain/time.ts';

/**
 * Requests that wait for a person's yes or no: their `id`, who `asks` for it, and when it lapses (`lapses_at`). Stages
 * that they signed already or handed over, or that were signed in their place, are not among them, nor their own requests.
 */
export function waitingFor(personId: string): SQL {
  return sql`
    select r.id, 'pim' as asks, ${pimLapses} as lapses_at
    from requests r
    join request_approvers a on a.request_id = r.id and a.approver_id = ${personId}
    where r.status = 'awaiting_approval' and r.requester_id <> ${personId}
    union all
    select r.id, 'stint', p.lapses_at
    from requests r
    join request_approvals p on p.request_id = r.id and p.state = 'waiting'
    join stage_approvers a on a.request_id = r.id and a.stage = p.stage and a.approver_id = ${personId}
    where r.status = 'awaiting_signatures' and r.requester_id <> ${personId} and a.handed_to_id is null
      and not exists (
        select 1 from signatures s
        where s.request_id = r.id and s.state = 'recorded' and (s.approver_id = ${personId} or
          s.stage = a.stage and coalesce(s.for_id, s.approver_id) = coalesce(a.for_id, a.approver_id)))`;
}

/** When PIM drops a request `r` that nobody decided. */
export const pimLapses = sql.raw(`coalesce(r.waiting_since, r.filed_at) + interval '${approvalHours} hours'`);
