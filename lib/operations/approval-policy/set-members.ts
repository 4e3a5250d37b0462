import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { groupTree, tenantOf } from '#db/group-tree.ts';
import { onDutyBy } from '#db/on-duty.ts';
import type { ApproverSet } from '#lib/domain/approval-policy.ts';
import type { ScopeKind } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { scopeChain } from '#lib/domain/scope-chain.ts';

/** Built-in role `Owner` of Azure. Source: Azure built-in roles. */
const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';

/** What is asked for and by whom, as far as sets of approvers depend on it. */
export interface Expanding {
  requesterId: string;
  requesterName: string;
  plane: Plane;
  roleId: string;
  scopeId: string;
  scopeName: string;
  scopeKind: ScopeKind;
  /** null: it is only tried. */
  filedAt: Date | null;
}

/** Somebody of a set: `through` says what makes them one; null: they are named themselves. */
export interface Member {
  id: string;
  name: string | null;
  through: string | null;
}

/**
 * Who is in a set of approvers now, by the last reading of the tenant and by Stint's schedules. `barred` never count, so
 * that the owner of a place who asks for it is no owner of it here: then it is who owns the next one above.
 */
export async function membersOf(
  tx: Tx,
  set: ApproverSet,
  asked: Expanding,
  barred: readonly string[],
  now: Date,
): Promise<Member[]> {
  if (set.is === 'person') return [{ id: set.id, name: set.name, through: null }];
  if (set.is === 'group') {
    const within = sql`select member_id as id from effective_members where group_id = ${set.id}`;
    return read(tx, within, set.name);
  }
  if (set.is === 'manager') {
    const manager = responsible(asked.requesterId, 'manager');
    return read(tx, manager, `manager of ${asked.requesterName}`);
  }
  if (set.is === 'on_call') {
    const duty = (await onDutyBy(tx, [set.id], now)).get(set.id);
    return duty ? [{ ...duty.person, through: `on call: ${set.name}` }] : [];
  }
  if (asked.plane === 'group')
    return read(tx, responsible(asked.scopeId, 'owner'), `owner of ${asked.scopeName}`);
  return asked.plane === 'azure' ? owners(tx, asked, barred) : [];
}

/** Who holds Owner at the scope, or at the nearest place above it where somebody else does. */
async function owners(tx: Tx, asked: Expanding, barred: readonly string[]): Promise<Member[]> {
  const { chain } = scopeChain(asked, await groupTree(tx), await tenantOf(tx));
  const places = JSON.stringify(chain);
  const result = await tx.execute(sql`
    select place.n, coalesce(m.member_id, a.principal_id) as id
    from jsonb_array_elements_text(${places}::jsonb) with ordinality as place (id, n)
    join assignments a on lower(a.scope_id) = place.id and a.gone_at is null and a.plane = 'azure'
      and a.kind <> 'eligible' and right(lower(a.role_id), 36) = ${ownerRole}
      and (a.starts_at is null or a.starts_at <= stint_now()) and (a.ends_at is null or a.ends_at > stint_now())
    left join effective_members m on m.group_id = a.principal_id
    order by place.n`);
  const found = (result as unknown as { rows: { n: number | string; id: string }[] }).rows;
  const others = found.filter(({ id }) => !barred.includes(id));
  const nearest = others[0]?.n;
  const ids = others.filter(({ n }) => n === nearest).map(({ id }) => id);
  const at = chain[Number(nearest) - 1] === asked.scopeId.toLowerCase() ? asked.scopeName : 'the place above';
  return read(
    tx,
    sql`select value as id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)`,
    `owner of ${at}`,
  );
}

function responsible(of: string, as: 'manager' | 'owner'): SQL {
  return sql`select responsible_id as id from responsibles
    where principal_id = ${of} and "as" = ${as} and gone_at is null`;
}

/** The people among some ids: of groups and applications nobody signs. */
async function read(tx: Tx, ids: SQL, through: string): Promise<Member[]> {
  const result = await tx.execute(sql`
    select distinct p.id, p.name from (${ids}) found
    join principals p on p.id = found.id and p.kind in ('member', 'guest') and p.gone_at is null
    order by p.name, p.id`);
  return (result as unknown as { rows: { id: string; name: string }[] }).rows.map((row) => ({
    ...row,
    through,
  }));
}
