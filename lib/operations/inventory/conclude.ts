import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { lastFull } from '#db/latest-parts.ts';
import { enqueue } from '#db/queue.ts';
import { assignments, inventoryParts, inventoryRuns, principals } from '#db/schema/inventory.ts';
import type { InventoryList, Totals } from '#lib/domain/inventory.ts';
import type { PrincipalKind } from '#lib/domain/principal.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { addPolicyParts, countUnreadPolicies } from './add-policy-parts.ts';
import { nameOutside } from './keep-outside.ts';
import { narrowed } from './narrowed.ts';

/**
 * Ends a reading whose parts are all read: what a complete list no longer shows is gone. A list that failed concludes
 * nothing, and one that is suddenly empty is believed only when the next reading finds it empty, too.
 * @returns false while parts are still to be read.
 */
export function conclude(ctx: Context, runId: string): Promise<boolean> {
  return change(
    ctx,
    async (tx) => {
      const [run] = await tx
        .select()
        .from(inventoryRuns)
        .where(and(eq(inventoryRuns.id, runId), isNull(inventoryRuns.finishedAt)))
        .for('update');
      return run;
    },
    async (tx, run) => {
      // Somebody else concluded it.
      if (!run) return { value: true, entries: [] };
      if (await hasWaiting(tx, runId)) return { value: false, entries: [] };
      // Two lists of eligibilities may have ended at once, and neither been the last.
      if ((await addPolicyParts(tx, runId)) > 0) return { value: false, entries: [] };
      await doubtEmptied(tx, runId);
      const isLook = run.kind === 'changes';
      const gone = await findGone(tx, runId, isLook);
      const { told, ...counts } = await count(tx, runId);
      failPoint('inventory:before-conclude');
      await tx
        .update(inventoryRuns)
        .set({ finishedAt: sql`stint_now()`, gone, appeared: counts.appeared })
        .where(eq(inventoryRuns.id, runId));
      await tx
        .update(inventoryRuns)
        .set({ policiesUnread: await countUnreadPolicies(tx) })
        .where(eq(inventoryRuns.id, isLook ? lastFull : runId));
      // A look that found nothing leaves everything else as it is, and no trace: they come every few minutes.
      if (isLook && gone + counts.appeared + told === 0) return { value: true, entries: [] };
      await nameOutside(tx);
      // What a look finds corrects the count of the reading before it, of which it is the rest.
      await tx
        .update(inventoryRuns)
        .set({ totals: await countTotals(tx) })
        .where(eq(inventoryRuns.id, isLook ? lastFull : runId));
      await enqueue(tx, 'assess', { runId, traceId: ctx.traceId });
      const action = isLook ? 'inventory.changes_read' : 'inventory.read';
      return {
        value: true,
        entries: [{ action, subject: { kind: 'inventory', id: runId }, details: { ...counts, gone } }],
      };
    },
  );
}

async function hasWaiting(tx: Tx, runId: string): Promise<boolean> {
  const [waiting] = await tx
    .select({ list: inventoryParts.list })
    .from(inventoryParts)
    .where(and(eq(inventoryParts.runId, runId), eq(inventoryParts.state, 'waiting')))
    .limit(1);
  return waiting !== undefined;
}

/** What each list is about: the rows that are gone when it is complete and does not show them. */
const about = [
  { table: 'principals', place: sql`'/'`, alone: narrowed('principals') },
  { table: 'responsibles', place: sql`'/'`, alone: narrowed('responsibles') },
  { table: 'assignments', place: sql`row.place`, alone: narrowed('assignments') },
  { table: 'memberships', place: sql`lower(row.group_id)`, list: sql`'members'` },
  { table: 'outside_roles', place: sql`row.place`, alone: narrowed('outside_roles') },
  { table: 'access_policies', place: sql`'/'` },
  { table: 'scope_tree', place: sql`'/'` },
].map(({ table, place, alone = place, list = sql`row.list` }) => ({
  ...{ table: sql.identifier(table), place, list },
  /** Where the row is read by itself. */
  alone,
}));

/**
 * A list is doubted when it shows nothing where there was something, unless the reading before doubted it already, or a
 * log tells as much.
 */
async function doubtEmptied(tx: Tx, runId: string): Promise<void> {
  for (const { table, place, list } of about) {
    await tx.execute(sql`
      update inventory_parts part set state = 'doubted',
        failure = 'Azure showed nothing where there was something. Believed when the next reading shows the same.'
      where part.run_id = ${runId} and part.state = 'done' and part.rows = 0 and not part.told
        and exists (select 1 from ${table} row
          where row.gone_at is null and ${list} = part.list and ${place} = part.place)
        and 'doubted' is distinct from (select earlier.state
          from inventory_parts earlier join inventory_runs run on run.id = earlier.run_id
          where earlier.list = part.list and earlier.place = part.place and run.finished_at is not null
          order by run.started_at desc limit 1)`);
  }
}

/** In these, or by way of places that these name, a group appears whose members are then read. */
const namingGroups: readonly InventoryList[] = [
  ...(['groups', 'pim_groups', 'members', 'group_eligible', 'group_active'] as const),
  ...(['entra_eligible', 'entra_active', 'azure_scopes', 'azure_eligible', 'azure_active'] as const),
  ...(['service_principals', 'app_role_holders', 'access_policies'] as const),
  ...(['guest_sponsors', 'agents'] as const),
];

async function findGone(tx: Tx, runId: string, isLook: boolean): Promise<number> {
  let gone = 0;
  for (const { table, place, list, alone } of about) {
    const result = await tx.execute(sql`
      with ended as (
        update ${table} row set gone_at = stint_now()
        where row.gone_at is null and row.seen_in <> ${runId} and (
          exists (select 1 from inventory_parts part where part.run_id = ${runId} and part.state = 'done'
            and part.list = ${list} and part.place in (${place}, ${alone}))
          -- Azure's root has no list of its own: every other place shows what is held there.
          or (${place} = '/' and ${list} in ('azure_eligible', 'azure_active', 'deny_assignments')
            and exists (select 1 from inventory_parts part where part.run_id = ${runId} and part.list = ${list}
              having bool_and(part.state = 'done') and sum(part.rows) > 0)))
        returning 1)
      select count(*)::int as gone from ended`);
    gone += (result as unknown as { rows: { gone: number }[] }).rows[0]?.gone ?? 0;
  }
  if (isLook) return gone;
  // Groups by which nobody holds anything any more are not read any more, when every list that names groups was read.
  await tx.execute(sql`
    update memberships row set gone_at = stint_now()
    where row.gone_at is null and row.seen_in <> ${runId}
      and not exists (select 1 from inventory_parts part where part.run_id = ${runId}
        and ((part.state <> 'done' and part.list in ${namingGroups}) or (part.list = 'members' and part.place = lower(row.group_id))))`);
  return gone;
}

async function countTotals(tx: Tx): Promise<Totals[]> {
  const kind = sql<PrincipalKind>`case when ${principals.goneAt} is null then coalesce(${principals.kind}, 'unknown') else 'unknown' end`;
  const count = sql<number>`count(*)::int`;
  return tx
    .select({ plane: assignments.plane, kind: assignments.kind, principalKind: kind, count })
    .from(assignments)
    .leftJoin(principals, eq(principals.id, assignments.principalId))
    .where(isNull(assignments.goneAt))
    .groupBy(assignments.plane, assignments.kind, kind);
}

async function count(tx: Tx, runId: string) {
  const result = await tx.execute(sql`
    select
      (select count(*)::int from principals where seen_in = ${runId}) as principals,
      (select count(*)::int from assignments where seen_in = ${runId}) as assignments,
      (select count(*)::int from assignments where seen_in = ${runId}
        and first_seen_at >= (select started_at from inventory_runs where id = ${runId})) as appeared,
      (select count(*)::int from inventory_parts where run_id = ${runId} and state <> 'done') as gaps,
      (select count(*)::int from inventory_parts where run_id = ${runId} and told) as told`);
  type Counts = { principals: number; assignments: number; appeared: number; gaps: number; told: number };
  const [counts] = (result as unknown as { rows: Counts[] }).rows;
  return counts ?? { principals: 0, assignments: 0, appeared: 0, gaps: 0, told: 0 };
}
