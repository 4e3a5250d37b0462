import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { Settled } from './approval-rows.ts';

/** A page that is open longer has been told of it long ago. PIM waits for a day, a stage for a month at most. */
const lately = sql.raw(`interval '30 minutes'`);
const mostTold = 50;

interface Found {
  id: string;
  status: RequestStatus;
  name: string | null;
  approve: boolean | null;
  mine: boolean | null;
}

/**
 * What became of requests that waited for the viewer until a moment ago, and by whom: a page that still shows their
 * cards says it in their place.
 */
export async function settledLately({ objectId: me }: Actor): Promise<Settled[]> {
  const result = await db().execute(sql`
    with named as (
      select request_id from request_approvers where approver_id = ${me} and named_at > stint_now() - interval '2 days'
      union
      select request_id from stage_approvers where approver_id = ${me} and named_at > stint_now() - interval '31 days'),
    made as (
      select d.request_id, d.approver_name as name, d.approve, d.approver_id = ${me} as mine, d.decided_at as at
      from decisions d join named on named.request_id = d.request_id
      where d.state = 'recorded' and d.decided_at > stint_now() - ${lately}
      union all
      select s.request_id, s.approver_name, s.approve, s.approver_id = ${me}, s.signed_at
      from signatures s join named on named.request_id = s.request_id
      where s.state = 'recorded' and s.signed_at > stint_now() - ${lately}),
    last as (select distinct on (request_id) * from made order by request_id, at desc)
    select r.id, r.status, last.name, last.approve, last.mine
    from named join requests r on r.id = named.request_id left join last on last.request_id = r.id
    where last.request_id is not null
      or (r.status in ('withdrawn', 'lapsed', 'failed') and r.filed_at > stint_now() - interval '2 days')
    order by last.at desc nulls last limit ${mostTold}`);
  return (result as unknown as { rows: Found[] }).rows.map((row) => ({
    requestId: row.id,
    text: words(row),
  }));
}

const ends: Partial<Record<RequestStatus, string>> = {
  withdrawn: 'It was cancelled by who asked.',
  lapsed: 'It lapsed: nobody decided in time.',
  failed: 'It was closed: there is nothing to decide any more.',
};

function words({ status, name, approve, mine }: Found): string {
  const end = ends[status];
  if (end) return end;
  return `${mine ? 'You' : name} ${approve ? 'approved' : 'denied'} this.`;
}
