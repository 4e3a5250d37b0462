import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { installation } from '#db/schema/people.ts';
import {
  azureAdministrators,
  globalAdministrator,
  type Holder,
  type LiveApprover,
  type LockOutFacts,
} from '#lib/domain/lock-out.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { ChangeRecord } from './move-change.ts';

/**
 * What a change could take from whom, as the last reading of the tenant shows it, without what other changes have taken
 * since. `stints`: application ids of Stint's own registrations. To be judged in the transaction that then acts.
 */
export async function loadLockOutFacts(
  tx: Tx,
  change: ChangeRecord,
  stints: readonly string[],
): Promise<LockOutFacts> {
  const { id, kept, principalId, verb, way } = change;
  const isGroupRole = kept.plane === 'group' && kept.roleId === 'member' && kept.kind !== 'eligible';
  const leavesGroupId = way === 'membership' ? change.wayGroupId : isGroupRole ? kept.scopeId : null;
  const isEntra = kept.plane === 'entra' || leavesGroupId !== null;
  const isAzure =
    leavesGroupId !== null ||
    (kept.plane === 'azure' && azureAdministrators.includes(kept.roleId.toLowerCase()));
  return {
    ...{ verb, principalId, leavesGroupId },
    assignmentId: way === 'assignment' ? kept.assignmentId : null,
    breakGlassIds: await breakGlassIds(tx),
    isStints: await isStints(tx, principalId, stints),
    globalAdministrators: isEntra ? await globalAdministrators(tx, id) : [],
    subscriptions: isAzure ? await subscriptions(tx, change, leavesGroupId !== null) : [],
    approvals: leavesGroupId ? await approvals(tx, leavesGroupId, principalId) : [],
  };
}

async function rowsOf<Row>(tx: Tx, statement: ReturnType<typeof sql>): Promise<Row[]> {
  return ((await tx.execute(statement)) as unknown as { rows: Row[] }).rows;
}

async function breakGlassIds(tx: Tx): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(tx, sql`select principal_id as id from break_glass_accounts`);
  return rows.map(({ id }) => id);
}

async function isStints(tx: Tx, principalId: string, stints: readonly string[]): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`select 1 from principals where id = ${principalId}
      and lower(app_id) in (select lower(jsonb_array_elements_text(${JSON.stringify(stints)}::jsonb)))`,
  );
  return rows.length > 0;
}

interface HolderRow {
  id: string;
  enabled: boolean | null;
  kind: Holder['kind'];
  assignment_id: string;
  scope_id: string;
  group_id: string | null;
  through: string[] | null;
}

/** Assignments whose taking Azure was told of after the reading that shows them. */
const taken = (changeId: string) => sql`exists (
  select 1 from access_changes c
  where c.id <> ${changeId} and c.verb <> 'restore' and c.way = 'assignment' and c.kept ->> 'assignmentId' = a.id
    and (c.state in ('applying', 'confirming') or (c.state = 'done' and c.acted_at >=
      coalesce((select r.started_at from inventory_runs r where r.id = a.seen_in), '-infinity')))
)`;

/** The same for memberships. */
const left = (changeId: string) => sql`exists (
  select 1 from access_changes c
  where c.id <> ${changeId} and c.verb <> 'restore' and c.principal_id = m.member_id
    and (case when c.way = 'membership' then c.way_group_id else c.scope_id end) in (
      select m.group_id union select jsonb_array_elements_text(m.through))
    and (c.way = 'membership' or (c.plane = 'group' and c.kept ->> 'kind' <> 'eligible'))
    and (c.state in ('applying', 'confirming') or (c.state = 'done' and c.acted_at >=
      coalesce((select r.started_at from inventory_runs r where r.id = a.seen_in), '-infinity')))
)`;

type Placed = Holder & { scopeId: string };

/** People who hold one of these roles at a subscription or above, or in the directory, themselves or through a group. */
async function holders(
  tx: Tx,
  changeId: string,
  plane: 'entra' | 'azure',
  roles: readonly string[],
): Promise<Placed[]> {
  const rows = await rowsOf<HolderRow>(
    tx,
    sql`select p.id, p.enabled, a.kind, a.id as assignment_id, lower(a.scope_id) as scope_id, m.group_id, m.through
      from assignments a
      left join effective_members m on m.group_id = a.principal_id
      join principals p on p.id = coalesce(m.member_id, a.principal_id)
      where a.gone_at is null and a.plane = ${plane} and p.gone_at is null and p.kind in ('member', 'guest')
        and lower(a.role_id) in (select jsonb_array_elements_text(${JSON.stringify(roles)}::jsonb))
        and a.scope_id not like '/subscriptions/%/%'
        and (a.ends_at is null or a.ends_at > stint_now())
        and not ${taken(changeId)} and (m.group_id is null or not ${left(changeId)})`,
  );
  return rows.map((row) => ({
    ...{ id: row.id, enabled: row.enabled !== false, kind: row.kind, assignmentId: row.assignment_id },
    groupIds: row.group_id ? [row.group_id, ...(row.through ?? [])] : [],
    scopeId: row.scope_id,
  }));
}

async function globalAdministrators(tx: Tx, changeId: string): Promise<Holder[]> {
  const all = await holders(tx, changeId, 'entra', [globalAdministrator]);
  return all.filter(({ scopeId }) => scopeId === '/');
}

/**
 * The subscriptions a change at this scope could leave alone. Which management group is above which subscription is not
 * known, but for the root, above all: administrators of others are counted where they are, and refuse rather than hope.
 */
async function subscriptions(
  tx: Tx,
  { id, kept }: ChangeRecord,
  everywhere: boolean,
): Promise<{ name: string; administrators: Holder[] }[]> {
  const scope = kept.scopeId.toLowerCase();
  // Below a subscription nobody is left alone: its administrators are above.
  if (!everywhere && /^\/subscriptions\/[^/]+\/./.test(scope)) return [];
  const [tenant] = await tx.select({ tenantId: installation.tenantId }).from(installation);
  const root = `/providers/microsoft.management/managementgroups/${tenant?.tenantId ?? ''}`.toLowerCase();
  const all = await holders(tx, id, 'azure', azureAdministrators);
  const over = (...scopes: string[]) =>
    all.filter(({ scopeId }) => scopeId === '/' || scopeId === root || scopes.includes(scopeId));
  if (!everywhere && scope.startsWith('/subscriptions/')) {
    return [{ name: kept.scopeName, administrators: over(scope) }];
  }
  const known = await rowsOf<{ place: string }>(
    tx,
    sql`select distinct place from inventory_parts where list = 'azure_active' and place like '/subscriptions/%'
      union select distinct lower(scope_id) from assignments
      where plane = 'azure' and scope_kind = 'subscription' and gone_at is null`,
  );
  const above = everywhere ? [] : [scope];
  return known.map(({ place }) => ({ name: place, administrators: over(place, ...above) }));
}

/** Roles that ask for an approval and know the person as an approver through this group. */
async function approvals(tx: Tx, groupId: string, principalId: string): Promise<LockOutFacts['approvals']> {
  const rows = await rowsOf<{ role_id: string; scope_id: string; facts: PolicyFacts }>(
    tx,
    sql`select role_id, scope_id, facts from mirror_policies where (facts ->> 'approval')::boolean
      and facts -> 'approvers' @> ${JSON.stringify([{ id: principalId }])}::jsonb`,
  );
  const ids = [...new Set(rows.flatMap(({ facts }) => facts.approvers.map((one) => one.id)))];
  const known = await rowsOf<{ id: string; name: string; enabled: boolean | null }>(
    tx,
    sql`select id, name, enabled from principals
      where id = ${groupId} or id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`,
  );
  const group = known.find(({ id }) => id === groupId);
  return rows.map(({ role_id, scope_id, facts }) => ({
    role: `${role_id} at ${scope_id}`,
    approvers: facts.approvers.map(
      ({ id, through }): LiveApprover => ({
        id,
        enabled: known.find((one) => one.id === id)?.enabled !== false,
        // The policy names groups, not their ids.
        groupId: through !== null && through === group?.name ? groupId : null,
      }),
    ),
  }));
}
