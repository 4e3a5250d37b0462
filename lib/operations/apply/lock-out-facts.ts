import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { tenantOf } from '#db/group-tree.ts';
import { seenLately } from '#db/latest-parts.ts';
import { treeJustRead } from '#db/tree-just-read.ts';
import {
  azureAdministrators,
  globalAdministrator,
  type Holder,
  type LockOutFacts,
} from '#lib/domain/lock-out.ts';
import { scopeChain } from '#lib/domain/scope-chain.ts';
import { type Approval, loadApprovals } from './approvals.ts';
import { doubtsOfWays } from './group-doubts.ts';
import { groupLeft, groupWays, mayHaveTaken } from './group-ways.ts';
import type { ChangeRecord } from './move-change.ts';

/**
 * all: with changes under way, and of what readings showed only what the last one did. done: without those, and believing
 * what a list that could not be read since had shown before.
 */
type Which = 'all' | 'done';

/**
 * What a change could take from whom, as the last reading of the tenant shows it, without what other changes have taken
 * since. `stints`: application ids of Stint's own registrations. To be
 * judged in the transaction that then acts.
 */
export async function loadLockOutFacts(
  tx: Tx,
  change: ChangeRecord,
  stints: readonly string[],
  which: Which,
): Promise<LockOutFacts> {
  const { id, kept, principalId, verb, way } = change;
  const isGroupRole = kept.plane === 'group' && kept.roleId === 'member';
  const leavesGroupId = way === 'membership' ? change.wayGroupId : isGroupRole ? kept.scopeId : null;
  const isEntra = kept.plane === 'entra' || leavesGroupId !== null;
  const isAzure =
    leavesGroupId !== null ||
    (kept.plane === 'azure' && azureAdministrators.includes(kept.roleId.toLowerCase()));
  const approvals = leavesGroupId || isEntra || isAzure ? await loadApprovals(tx, id, which) : [];
  const loading = { changeId: id, which, approvals };
  return {
    ...{ verb, principalId, leavesGroupId },
    assignmentId: way === 'assignment' ? kept.assignmentId : null,
    breakGlassIds: await breakGlassIds(tx),
    isStints: await isStints(tx, principalId, stints),
    globalAdministrators: isEntra ? await globalAdministrators(tx, loading) : [],
    subscriptions: isAzure ? await subscriptions(tx, loading, change, leavesGroupId !== null) : [],
    approvals: approvals.map(({ roleId, scopeId, approvers }) => ({
      role: `${roleId} at ${scopeId}`,
      approvers,
    })),
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
    sql`select 1 from principals where (id = ${principalId}
        or id in (select member_id from effective_members where group_id = ${principalId}))
      and lower(app_id) in (select lower(jsonb_array_elements_text(${JSON.stringify(stints)}::jsonb)))`,
  );
  return rows.length > 0;
}

interface HolderRow {
  id: string;
  enabled: boolean | null;
  kind: Holder['kind'];
  assignment_id: string;
  role_id: string;
  scope_id: string;
  group_id: string | null;
  through: string[] | null;
  eligible: boolean | null;
  is_seen: boolean;
}

/** Assignments `a` taken after the reading that shows them. */
const taken = (changeId: string, which: Which) => sql`exists (
  select 1 from access_changes c
  where c.id <> ${changeId} and c.verb <> 'restore' and c.way = 'assignment' and c.kept ->> 'assignmentId' = a.id
    and ${mayHaveTaken(which, sql`coalesce((select r.started_at from inventory_runs r where r.id = a.seen_in), '-infinity')`)}
)`;

/** Ways `m` into a group that somebody on them left, themselves or with a group they are in. */
const left = (changeId: string, which: Which) => sql`exists (
  select 1 from access_changes c
  where c.id <> ${changeId} and c.verb <> 'restore'
    and (c.principal_id = m.member_id or m.through @> to_jsonb(c.principal_id))
    and (${groupLeft} = m.group_id or m.through @> to_jsonb(${groupLeft}))
    and (c.way = 'membership' or c.kept ->> 'kind' <> 'eligible' or m.eligible)
    and ${mayHaveTaken(which)}
)`;

/** Who ceases to be one sooner leaves nobody behind: PIM warns of an end two weeks before it. */
const mustLastDays = 14;

type Placed = Holder & { scopeId: string };

/** For which change, and by what it is judged. */
interface Loading {
  changeId: string;
  which: Which;
  approvals: readonly Approval[];
}

/**
 * People who hold one of these roles at a subscription or above, or in the directory, themselves or through a group. Who
 * holds it under a condition may be allowed anything but what is needed, and whose time is soon over is none that stays:
 * neither counts.
 */
async function holders(
  tx: Tx,
  { changeId, which, approvals }: Loading,
  plane: 'entra' | 'azure',
  roles: readonly string[],
): Promise<Placed[]> {
  const isRole = sql`a.gone_at is null and a.plane = ${plane} and a.scope_id not like '/subscriptions/%/%'
    and lower(a.role_id) in (select jsonb_array_elements_text(${JSON.stringify(roles)}::jsonb))`;
  const rows = await rowsOf<HolderRow>(
    tx,
    sql`with recursive ${groupWays(sql`select a.principal_id from assignments a where ${isRole}`)}
      select p.id, p.enabled, a.kind, a.id as assignment_id, a.role_id, lower(a.scope_id) as scope_id, m.group_id,
        m.through, m.eligible, ${which === 'done'} or (${seenLately(sql`a`)} and ${seenLately(sql`p`)}) as is_seen
      from assignments a
      left join ways m on m.group_id = a.principal_id
      join principals p on p.id = coalesce(m.member_id, a.principal_id)
      where ${isRole} and p.gone_at is null and p.kind in ('member', 'guest')
        and (a.ends_at is null or a.ends_at > stint_now() + make_interval(days => ${mustLastDays}))
        and a.condition is null
        and not ${taken(changeId, which)} and (m.group_id is null or not ${left(changeId, which)})`,
  );
  const isDoubted = await doubtsOfWays(tx, mustLastDays, which === 'done');
  const mayFail = ({ group_id, through, id, eligible }: HolderRow) =>
    group_id !== null &&
    isDoubted({ groupId: group_id, through: through ?? [], memberId: id, eligible: eligible === true });
  return rows.map((row) => ({
    isSure: row.is_seen && !mayFail(row),
    ...{ id: row.id, enabled: row.enabled !== false, assignmentId: row.assignment_id },
    kind: row.eligible && row.kind !== 'activated' ? 'eligible' : row.kind,
    groupIds: row.group_id ? [row.group_id, ...(row.through ?? [])] : [],
    scopeId: row.scope_id,
    approvers:
      approvals.find(
        (one) =>
          one.plane === plane &&
          one.roleId.toLowerCase() === row.role_id.toLowerCase() &&
          one.scopeId.toLowerCase() === row.scope_id,
      )?.approvers ?? null,
  }));
}

async function globalAdministrators(tx: Tx, loading: Loading): Promise<Holder[]> {
  const all = await holders(tx, loading, 'entra', [globalAdministrator]);
  return all.filter(({ scopeId }) => scopeId === '/');
}

/**
 * The subscriptions a change at this scope could leave alone. Where the last reading could not tell which management group
 * is above a subscription, only the root is known to be: administrators of others are counted where they are, and refuse
 * rather than hope.
 */
async function subscriptions(
  tx: Tx,
  loading: Loading,
  { kept }: ChangeRecord,
  everywhere: boolean,
): Promise<{ name: string; administrators: Holder[] }[]> {
  const scope = kept.scopeId.toLowerCase();
  // Below a subscription nobody is left alone: its administrators are above.
  if (!everywhere && /^\/subscriptions\/[^/]+\/./.test(scope)) return [];
  const tenantId = await tenantOf(tx);
  const root = `/providers/microsoft.management/managementgroups/${tenantId}`.toLowerCase();
  const tree = await treeJustRead(tx);
  const above = (place: string) => scopeChain({ plane: 'azure', scopeId: place }, tree, tenantId);
  const all = await holders(tx, loading, 'azure', azureAdministrators);
  const over = (scopes: readonly string[]) =>
    all.filter(({ scopeId }) => scopeId === '/' || scopeId === root || scopes.includes(scopeId));
  if (!everywhere && scope.startsWith('/subscriptions/')) {
    return [{ name: kept.scopeName, administrators: over(above(scope).chain) }];
  }
  const known = await rowsOf<{ place: string }>(
    tx,
    sql`select distinct place from inventory_parts where list = 'azure_active' and place like '/subscriptions/%'
      union select distinct lower(scope_id) from assignments
      where plane = 'azure' and scope_kind = 'subscription' and gone_at is null`,
  );
  return known.flatMap(({ place }) => {
    const { chain, isWhole } = above(place);
    const isElsewhere = isWhole && scope !== '/' && !chain.includes(scope);
    if (!everywhere && isElsewhere) return [];
    return [{ name: place, administrators: over(everywhere || isWhole ? chain : [...chain, scope]) }];
  });
}
