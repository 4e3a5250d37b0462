import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';

export interface Decider {
  personId: string;
  name: string;
}

/** Those who can decide, or sign the stage that is reached, of the requests among these that still wait. */
export async function decidersOf(requestIds: readonly string[]): Promise<(id: string) => Decider[]> {
  if (requestIds.length === 0) return () => [];
  const found = (await db().execute(sql`
    select r.id, a.approver_id as "personId", a.approver_name as name
    from requests r join request_approvers a on a.request_id = r.id
    where r.status = 'awaiting_approval' and r.id in ${requestIds}
    union
    select r.id, a.approver_id, a.approver_name
    from requests r
    join request_approvals p on p.request_id = r.id and p.state = 'waiting'
    join stage_approvers a on a.request_id = r.id and a.stage = p.stage
    where r.status = 'awaiting_signatures' and r.id in ${requestIds}
      and not exists (select 1 from signatures s
        where s.request_id = r.id and s.approver_id = a.approver_id and s.state = 'recorded')
    order by name`)) as unknown as { rows: (Decider & { id: string })[] };
  const deciders = new Map<string, Decider[]>();
  for (const { id, ...one } of found.rows) deciders.set(id, [...(deciders.get(id) ?? []), one]);
  return (id) => deciders.get(id) ?? [];
}
