import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { absences } from '#db/schema/approvals.ts';

/**
 * Takes the deputy off the lists of what still waits, where they have not signed. Bookkeeping: who signs is looked up
 * again in any case.
 */
export async function unnameDeputy(
  tx: Tx,
  { personId, deputyId }: Pick<typeof absences.$inferSelect, 'personId' | 'deputyId'>,
): Promise<void> {
  if (!deputyId) return;
  await tx.execute(sql`
    delete from stage_approvers a using requests r
    where r.id = a.request_id and r.status = 'awaiting_signatures'
      and a.approver_id = ${deputyId} and a.for_id = ${personId}
      and not exists (select 1 from stage_approvers handed
        where handed.request_id = a.request_id and handed.stage = a.stage and handed.handed_to_id = a.approver_id)
      and not exists (select 1 from signatures s
        where s.request_id = a.request_id and s.approver_id = a.approver_id and s.state in ('intended', 'recorded'))`);
}
