import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';

/** Names of those who can decide, or sign the stage that is reached, for the requests among these that still wait. */
export async function deciderNames(requestIds: readonly string[]): Promise<(id: string) => string[]> {
  if (requestIds.length === 0) return () => [];
  const found = (await db().execute(sql`
    select r.id, a.approver_name as name
    from requests r join request_approvers a on a.request_id = r.id
    where r.status = 'awaiting_approval' and r.id in ${requestIds}
    union
    select r.id, a.approver_name
    from requests r
    join request_approvals p on p.request_id = r.id and p.state = 'waiting'
    join stage_approvers a on a.request_id = r.id and a.stage = p.stage
    where r.status = 'awaiting_signatures' and r.id in ${requestIds}
      and not exists (select 1 from signatures s
        where s.request_id = r.id and s.approver_id = a.approver_id and s.state = 'recorded')
    order by name`)) as unknown as { rows: { id: string; name: string }[] };
  const names = new Map<string, string[]>();
  for (const { id, name } of found.rows) names.set(id, [...(names.get(id) ?? []), name]);
  return (id) => names.get(id) ?? [];
}
