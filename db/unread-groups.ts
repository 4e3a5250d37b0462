import { sql } from 'drizzle-orm';
import type { Reader } from './client.ts';

/** Which of these groups nobody has read the members of so far: who is in them is not known. Lower case. */
export async function unreadGroups(from: Reader, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const result = await from.execute(sql`
    select distinct lower(named.id) as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as named(id)
    where not exists (select 1 from effective_members m where m.group_id = lower(named.id))
      and not exists (
        select 1 from inventory_parts part join inventory_runs run on run.id = part.run_id
        where part.list = 'members' and part.place = lower(named.id) and part.state = 'done' and run.finished_at is not null)`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}
