import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { lastFullStart } from '#db/latest-parts.ts';

/**
 * So many settings below subscriptions are asked for in one reading: each is a call, and a large tenant has tens of
 * thousands of them. What is left, the next readings and looks take up.
 */
const mostInFull = 400;
const mostInLook = 40;

/** A role at a resource group or resource that somebody is eligible for, and when its settings were read last. */
const pairs = sql`
  select pair.*, known.read_at from (
    select distinct lower(scope_id) as scope_id, lower(role_id) as role_id, place as home,
      lower(scope_id) || '|' || lower(role_id) as place
    from assignments
    where plane = 'azure' and kind = 'eligible' and gone_at is null and scope_kind in ('resource_group', 'resource')
  ) pair
  left join (
    select lower(scope_id) as scope_id, lower(role_id) as role_id, max(read_at) as read_at
    from mirror_policies where plane = 'azure' and failure is null group by 1, 2
  ) known using (scope_id, role_id)`;

const tried = sql`exists (
  select 1 from inventory_parts part join inventory_runs run on run.id = part.run_id
  where part.list = 'azure_role_policies' and part.place = pair.place and run.started_at >= ${lastFullStart})`;

/**
 * Adds the settings of Azure roles below subscriptions to a reading, once, when it knows who is eligible where: the never
 * read first, then those read longest ago. A look adds what was never asked for, and what a log tells has changed.
 * @returns how many it added.
 */
export async function addPolicyParts(tx: Tx, runId: string): Promise<number> {
  const ours = (which: SQL) =>
    sql`exists (select 1 from inventory_parts part where part.run_id = ${runId} and ${which})`;
  const result = await tx.execute(sql`
    with run as (select id, kind = 'full' as is_full from inventory_runs where id = ${runId}),
    added as (
      insert into inventory_parts (run_id, list, place)
      select run.id, 'azure_role_policies', pair.place from run, (${pairs}) pair
      where not ${ours(sql`part.list = 'azure_role_policies'`)}
        and not ${ours(sql`part.state = 'waiting' and part.list in ('azure_scopes', 'azure_eligible')`)}
        and (run.is_full or (pair.read_at is null and not ${tried})
          or ${ours(sql`part.list = 'azure_policies' and part.place = pair.home and part.told`)})
      order by pair.read_at nulls first, pair.place
      limit (select case when is_full then ${mostInFull}::int else ${mostInLook}::int end from run)
      on conflict do nothing returning 1)
    select count(*)::int as count from added`);
  return countOf(result);
}

/** How many roles below subscriptions somebody is eligible for by settings that were never read. */
export async function countUnreadPolicies(tx: Tx): Promise<number> {
  return countOf(
    await tx.execute(sql`select count(*)::int as count from (${pairs}) pair where pair.read_at is null`),
  );
}

function countOf(result: unknown): number {
  return (result as { rows: { count: number }[] }).rows[0]?.count ?? 0;
}
