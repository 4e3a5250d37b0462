import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { LiveApprover } from '#lib/domain/lock-out.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { groupLeft, mayHaveTaken } from './group-ways.ts';

/** A role that asks for an approval, and who could give it. */
export interface Approval {
  plane: Plane;
  roleId: string;
  scopeId: string;
  approvers: LiveApprover[];
}

interface Row {
  plane: Plane;
  role_id: string;
  scope_id: string;
  facts: PolicyFacts;
}

interface Way {
  name: string;
  group_id: string;
  member_id: string | null;
  through: string[] | null;
}

/**
 * Every role whose policy asks for an approval, each approver with all the groups that make them one, without those
 * who left, or may have, since the last reading. A policy names groups, not their ids: every group of that name is taken
 * for it.
 */
export async function loadApprovals(tx: Tx, changeId: string, which: 'all' | 'done'): Promise<Approval[]> {
  const rowsOf = async <T>(statement: ReturnType<typeof sql>) =>
    ((await tx.execute(statement)) as unknown as { rows: T[] }).rows;
  const policies = await rowsOf<Row>(
    sql`select plane, role_id, scope_id, facts from mirror_policies where (facts ->> 'approval')::boolean`,
  );
  if (policies.length === 0) return [];
  const all = policies.flatMap(({ facts }) => facts.approvers);
  const ids = JSON.stringify([...new Set(all.map(({ id }) => id))]);
  const names = JSON.stringify([...new Set(all.flatMap(({ through }) => through ?? []))]);
  const people = await rowsOf<{ id: string }>(
    sql`select id from principals where gone_at is null and enabled is not false
      and id in (select jsonb_array_elements_text(${ids}::jsonb))`,
  );
  const live = new Set(people.map(({ id }) => id));
  const ways = await rowsOf<Way>(
    sql`select g.name, g.id as group_id, m.member_id, m.through from principals g
      left join effective_members m on m.group_id = g.id
        and m.member_id in (select jsonb_array_elements_text(${ids}::jsonb))
      where g.kind = 'group' and g.name in (select jsonb_array_elements_text(${names}::jsonb))`,
  );
  const leaving = await rowsOf<{ principal_id: string; group_id: string }>(
    sql`select c.principal_id, ${groupLeft} as group_id from access_changes c
      where c.id <> ${changeId} and c.verb <> 'restore' and ${groupLeft} is not null and ${mayHaveTaken(which)}`,
  );
  return policies.map(({ plane, role_id, scope_id, facts }) => ({
    ...{ plane, roleId: role_id, scopeId: scope_id },
    approvers: facts.approvers.flatMap(({ id, through }): LiveApprover[] => {
      const groupIds = groupsOf(id, through, ways);
      const hasLeft = leaving.some(
        (one) =>
          groupIds.includes(one.group_id) && (one.principal_id === id || groupIds.includes(one.principal_id)),
      );
      return hasLeft ? [] : [{ id, enabled: live.has(id), groupIds }];
    }),
  }));
}

function groupsOf(id: string, through: string | null, ways: readonly Way[]): string[] {
  if (through === null) return [];
  const named = ways.filter(({ name }) => name === through);
  return named.flatMap(({ group_id, member_id, through: between }) => [
    group_id,
    ...(member_id === id ? (between ?? []) : []),
  ]);
}
