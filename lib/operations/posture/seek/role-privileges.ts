import { and, asc, gt, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { type RoleAtScope, type RoleNames, type ScopeKind, scopeKinds } from '#lib/domain/assignment.ts';
import { type Privilege, privilegeOf } from '#lib/domain/findings/privilege.ts';

/** How privileged a role is at a scope of a kind; of a group: the worst of what the group holds. */
export type RolePrivileges = (role: RoleAtScope & Pick<RoleNames, 'scopeKind'>) => Privilege | null;

const pageSize = 200;
const order = { high: 0, medium: 1, low: 2 };

/** Judges every role definition once. Definitions are long and many: only the judgement is kept. */
export async function rolePrivileges(): Promise<RolePrivileges> {
  const judged = new Map<string, Privilege | null>();
  const keyOf = (plane: string, roleId: string, scopeKind: ScopeKind) =>
    `${plane}|${roleId}|${scopeKind}`.toLowerCase();
  for (let after = { plane: '', roleId: '' }; ; ) {
    const rows = await db()
      .select()
      .from(mirrorRoles)
      .where(
        or(
          sql`${mirrorRoles.plane} > ${after.plane}`,
          and(sql`${mirrorRoles.plane} = ${after.plane}`, gt(mirrorRoles.roleId, after.roleId)),
        ),
      )
      .orderBy(asc(mirrorRoles.plane), asc(mirrorRoles.roleId))
      .limit(pageSize);
    for (const { plane, roleId, definition } of rows) {
      for (const kind of scopeKinds) judged.set(keyOf(plane, roleId, kind), privilegeOf(definition, kind));
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last;
  }
  const ofGroups = await privilegesOfGroups(
    (plane, roleId, kind) => judged.get(keyOf(plane, roleId, kind)) ?? null,
  );
  return ({ plane, roleId, scopeId, scopeKind }) =>
    plane === 'group'
      ? (ofGroups.get(scopeId) ?? null)
      : (judged.get(keyOf(plane, roleId, scopeKind)) ?? null);
}

/** Groups that somebody joins or owns through PIM: as privileged as what they hold, themselves or by the groups they are in. */
async function privilegesOfGroups(
  judge: (plane: string, roleId: string, kind: ScopeKind) => Privilege | null,
): Promise<Map<string, Privilege>> {
  // What a group is in gives it what it holds, too.
  const result = await db().execute(sql`
    with joined as (select distinct scope_id as id from assignments where plane = 'group' and gone_at is null),
      gives as (select id, id as holder from joined
        union select m.member_id, m.group_id from effective_members m join joined on joined.id = m.member_id)
    select distinct gives.id as "groupId", a.plane, a.role_id as "roleId", a.scope_kind as "scopeKind"
    from gives join assignments a on a.principal_id = gives.holder and a.gone_at is null and a.plane <> 'group'`);
  const { rows } = result as unknown as {
    rows: { groupId: string; plane: string; roleId: string; scopeKind: ScopeKind }[];
  };
  const worst = new Map<string, Privilege>();
  for (const { groupId, plane, roleId, scopeKind } of rows) {
    const one = judge(plane, roleId, scopeKind);
    const before = worst.get(groupId);
    if (one && (!before || order[one.risk] < order[before.risk])) worst.set(groupId, one);
  }
  return worst;
}
