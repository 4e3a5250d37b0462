import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { lastFullStart } from '#db/latest-parts.ts';
import { narrowLists, type Part } from '#lib/domain/inventory.ts';
import type { Telling } from '#lib/domain/telling.ts';
import { narrowed } from './narrowed.ts';

/** Lists lag behind the logs: what was told is read again after so long. */
const againMinutes = 15;
/** So many parts of one page change what the planner should know of the table. */
const manyParts = 200;

/** Read since the last whole reading began, or about to be. */
const isKnown = sql`exists (
  select 1 from inventory_parts known join inventory_runs run on run.id = known.run_id
  where known.list = found.list and known.place = found.place and known.state in ('waiting', 'done', 'doubted')
    and run.started_at >= ${lastFullStart})`;

/** Keeps what parts a page brought. A whole reading takes them all, a look at changes those that were never read. */
export async function keepParts(tx: Tx, runId: string, parts: readonly Part[]): Promise<void> {
  if (parts.length === 0) return;
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place)
    select ${runId}::uuid, found.list, found.place
    from json_to_recordset(${JSON.stringify(parts)}::json) as found(list text, place text)
    where not (${isLook(runId)} and ${isKnown})
    on conflict do nothing`);
  // A minute before autovacuum: taken for empty, the table is read whole for every page that is kept.
  if (parts.length >= manyParts) await tx.execute(sql`analyze inventory_parts`);
}

const isLook = (runId: string) => sql`(select kind = 'changes' from inventory_runs where id = ${runId})`;

/**
 * Follows what logs told, each line once: the place is read now and once more later. One that this look has read already
 * is read at the next, since the line may be newer than what it saw.
 */
export async function keepTellings(tx: Tx, runId: string, told: readonly Telling[]): Promise<void> {
  if (told.length === 0) return;
  await tx.execute(sql`
    with found as materialized (
      select distinct event, list, place, "ifKnown" as if_known
      from json_to_recordset(${JSON.stringify([...told, ...(await fallout(tx, told))])}::json)
        as told(event text, list text, place text, "ifKnown" boolean)
    ), fresh as (
      insert into tellings (event, list, place, told_at, again_at)
      select event, list, place, stint_now(), stint_now() + make_interval(mins => ${againMinutes})
      from found where not if_known or ${isKnown}
      on conflict do nothing returning event, list, place
    ), added as (
      insert into inventory_parts (run_id, list, place, told)
      select distinct ${runId}::uuid, list, place, true from fresh
      on conflict do nothing returning list, place
    )
    insert into tellings (event, list, place, told_at, again_at)
    select distinct ${`again ${runId}`} || ' ' || fresh.event, list, place, stint_now(), stint_now() from fresh
    where not exists (select 1 from added where added.list = fresh.list and added.place = fresh.place)
    on conflict do nothing`);
}

/** Where those were who are gone: what they held, the groups they were in, and whom they answered for. */
async function fallout(tx: Tx, told: readonly Telling[]): Promise<Telling[]> {
  const gone = told.filter(({ isDeletion }) => isDeletion);
  if (gone.length === 0) return [];
  const result = await tx.execute(sql`
    with gone as materialized (
      select * from json_to_recordset(${JSON.stringify(gone)}::json) as gone(event text, place text))
    select event, row.list, ${narrowed('assignments')} as place
    from gone join assignments row on lower(row.principal_id) = gone.place and row.gone_at is null
    union select event, row.list, ${narrowed('outside_roles')}
    from gone join outside_roles row on lower(row.principal_id) = gone.place and row.gone_at is null
    union select event, 'members', lower(row.group_id)
    from gone join memberships row on lower(row.member_id) = gone.place and row.gone_at is null
    union select event, row.list, ${narrowed('responsibles')}
    from gone join responsibles row on lower(row.responsible_id) = gone.place and row.gone_at is null
      and row.list in ${[...narrowLists]}
    union select event, list, gone.place
    from gone, unnest(array['members', 'group_eligible', 'group_active']) list
    where exists (select 1 from inventory_parts known where known.list = list and known.place = gone.place)`);
  const rows = (result as unknown as { rows: Pick<Telling, 'event' | 'list' | 'place'>[] }).rows;
  return rows.map((row) => ({ ...row, ifKnown: false, isDeletion: false }));
}
