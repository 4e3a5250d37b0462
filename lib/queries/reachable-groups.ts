import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments } from '#db/schema/inventory.ts';
import { effectiveMembers } from '#db/schema/posture.ts';

interface Step {
  groupId: string;
  how: 'member' | 'may_join';
}

/** From one activation of a membership to the next; nobody chains more. */
const mostRounds = 5;

/**
 * Groups that a principal is in, or may join by activating a membership, each with a way to it: as few activations as
 * possible, then as few groups. The principal is among them, with no way to go.
 */
export async function reachableGroups(id: string): Promise<Map<string, Step[]>> {
  const ways = new Map<string, Step[]>([[id, []]]);
  let frontier = [id];
  for (let round = 0; round < mostRounds && frontier.length > 0; round++) {
    const joined = await groupsOf(frontier);
    for (const { memberId, groupId, through } of joined) {
      const inner = through.toReversed().map((group) => ({ groupId: group, how: 'member' as const }));
      const way = [...(ways.get(memberId) ?? []), ...inner, { groupId, how: 'member' as const }];
      if (!ways.has(groupId)) ways.set(groupId, way);
    }
    const open = await joinableBy([...frontier, ...joined.map(({ groupId }) => groupId)]);
    frontier = [];
    for (const { principalId, groupId } of open) {
      if (ways.has(groupId)) continue;
      ways.set(groupId, [...(ways.get(principalId) ?? []), { groupId, how: 'may_join' }]);
      frontier.push(groupId);
    }
  }
  return ways;
}

/** The shortest ways first. */
function groupsOf(members: string[]) {
  return db()
    .select()
    .from(effectiveMembers)
    .where(inArray(effectiveMembers.memberId, members))
    .orderBy(sql`jsonb_array_length(${effectiveMembers.through})`, effectiveMembers.groupId);
}

function joinableBy(principals: string[]) {
  return db()
    .selectDistinct({
      principalId: assignments.principalId,
      groupId: sql<string>`lower(${assignments.scopeId})`,
    })
    .from(assignments)
    .where(
      and(
        inArray(assignments.principalId, principals),
        eq(assignments.plane, 'group'),
        eq(assignments.kind, 'eligible'),
        eq(assignments.roleId, 'member'),
        isNull(assignments.goneAt),
      ),
    );
}
