import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';

/** Names the groups by which somebody is still within another, but for the one that was left, as last read. */
export async function otherWay(
  tx: Tx,
  { groupId, memberId, leftId }: { groupId: string; memberId: string; leftId: string | null },
): Promise<string> {
  const { rows } = (await tx.execute(sql`
    select distinct p.name from memberships m join principals p on p.id = m.group_id
    where m.member_id = ${memberId} and m.gone_at is null and m.group_id <> ${leftId ?? ''}
      and (m.group_id = ${groupId} or exists (
        select 1 from effective_members e where e.group_id = ${groupId} and e.member_id = m.group_id))
    order by p.name`)) as unknown as { rows: { name: string }[] };
  return rows.map(({ name }) => name).join(', ') || 'another group';
}
