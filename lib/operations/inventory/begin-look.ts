/** A look at changes begins: which lists the logs, the clock and the last reading ask for. */
import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { lastFull, lastFullStart, latestParts } from '#db/latest-parts.ts';
import { policyGroups } from '#db/policy-groups.ts';
import { narrowed } from './narrowed.ts';

/** A log shows an event minutes after it happened, sometimes an hour: that much is read again. */
const overlapMinutes = 120;
/** Lists lag, too: what changed while the whole tenant was read, it may not have shown. */
const lagMinutes = 15;

/** The parts a look at changes begins with; what the logs tell comes on the way. */
export async function addLookParts(tx: Tx, runId: string): Promise<void> {
  await addLogs(tx, runId);
  await addToldParts(tx, runId);
  // New subscriptions are found here, and where they hang. Of management groups no log is documented: they are few.
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place)
    values (${runId}::uuid, 'azure_scopes', '/'), (${runId}::uuid, 'azure_tree', '/')
    on conflict do nothing`);
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place)
    select ${runId}::uuid, list, place from inventory_parts
    where run_id = ${lastFull} and list in ('azure_eligible', 'azure_active')
      and place like '/providers/microsoft.management/%'
    on conflict do nothing`);
  // A group that the approval policy names since.
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place)
    select ${runId}::uuid, 'members', id from (${policyGroups}) named where not exists (
      select 1 from inventory_parts known join inventory_runs run on run.id = known.run_id
      where known.list = 'members' and known.place = named.id and run.started_at >= ${lastFullStart})
    on conflict do nothing`);
  // What could not be read or was not believed when it was last tried.
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place)
    select ${runId}::uuid, list, place from ${latestParts} latest
    where state in ('failed', 'doubted')
      and list not in ('directory_changes', 'azure_changes', 'activation_log', 'azure_role_policies')
    on conflict do nothing`);
}

/** Each log from where it was last read to its end, by Stint's time; what the whole reading saw, it need not tell. */
async function addLogs(tx: Tx, runId: string): Promise<void> {
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place, cursor)
    select ${runId}::uuid, log.list, log.place, to_char(greatest(
        ${lastFullStart} - make_interval(mins => ${lagMinutes}),
        (select max(run.started_at) - make_interval(mins => ${overlapMinutes})
          from inventory_parts part join inventory_runs run on run.id = part.run_id
          where part.list = log.list and part.place = log.place and part.state = 'done'
            and run.finished_at is not null)
      ) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    from (
      select 'directory_changes' as list, '/' as place
      union select 'azure_changes', latest.place from ${latestParts} latest
      where latest.list = 'azure_active' and latest.place ~ '^/subscriptions/[^/]+$'
    ) log`);
}

/** What was told earlier and is looked at once more, and what is over by now: Azure says itself whether it is. */
async function addToldParts(tx: Tx, runId: string): Promise<void> {
  await tx.execute(sql`
    with due as (
      update tellings set again_at = null where again_at <= stint_now() returning list, place)
    insert into inventory_parts (run_id, list, place, told)
    select ${runId}::uuid, list, place, true from due
    union select ${runId}::uuid, row.list, ${narrowed('assignments')}, true from assignments row
      where row.gone_at is null and row.ends_at <= stint_now() and ${narrowed('assignments')} <> '/'
    on conflict do nothing`);
}
