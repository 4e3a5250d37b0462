import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { gainedRoles } from '#db/gained-roles.ts';
import { keyOf } from '#db/role-key-sql.ts';
import { mirrorActive, type mirrorEligible } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { inOrder, memberKey } from '#lib/domain/bundle.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { liveStatuses } from '#lib/domain/request.ts';

interface Known {
  eligible: Map<string, typeof mirrorEligible.$inferSelect>;
  policies: Map<string, PolicyFacts>;
}

/** The roles of one submit in the order in which they have to come. */
interface Order<Asked> {
  roles: Asked[];
  /** The request that has to be active before this role is filed with Azure, or why there is none that could give it. */
  firstOf(key: string, filed: readonly Filed[]): { id: string | null; refusal: Refusal | null };
}

interface Filed {
  key: string;
  requestId: string | null;
}

/**
 * A group before what it gives. What the person is eligible for only through a group that they ask for with it, or have
 * asked for before, joins what is known, as the inventory tells it; once the group is active, Azure has the last word.
 */
export async function orderOfNeed<Asked extends { key: string }>(
  tx: Tx,
  me: string,
  asked: readonly Asked[],
  { eligible, policies }: Known,
): Promise<Order<Asked>> {
  const givers = new Map<string, string[]>();
  for (const { key } of asked) {
    const through = eligible.get(key)?.throughGroupId;
    if (through) givers.set(key, [memberKey(through)]);
  }
  const missing = asked.map(({ key }) => key).filter((key) => !eligible.has(key));
  const gained = await gainedRoles(tx, me, missing);
  for (const { facts, groupId, groupName, ...role } of gained) {
    const key = roleKey(role);
    givers.set(key, [...(givers.get(key) ?? []), memberKey(groupId)]);
    const through = { throughGroupId: groupId, throughGroupName: groupName };
    eligible.set(key, { ...role, ...through, principalId: me, eligibilityId: '', endsAt: null });
    if (facts) policies.set(key, facts);
  }
  const none = { id: null, refusal: null };
  if (givers.size === 0) return { roles: [...asked], firstOf: () => none };

  const standing = await standingOf(tx, me, [...givers.values()].flat());
  const isThere = (key: string) => givers.get(key)?.some((giver) => standing.get(giver) === 'there');
  const placed = inOrder(
    asked.map(({ key }) => ({ key, givers: isThere(key) ? [] : (givers.get(key) ?? []) })),
  );
  const depthOf = ({ key }: Asked) => placed.get(key)?.depth ?? 0;
  return {
    roles: asked.toSorted((one, other) => depthOf(one) - depthOf(other)),
    firstOf(key, filed) {
      if (isThere(key)) return none;
      const after = placed.get(key)?.after;
      const inSubmit = filed.find((one) => one.key === after)?.requestId;
      const before = givers.get(key)?.flatMap((giver) => standing.get(giver) ?? [])[0];
      const ways = gained.filter((role) => roleKey(role) === key).map(({ groupName }) => groupName);
      const id = inSubmit ?? before ?? null;
      if (id || ways.length === 0) return { id, refusal: null };
      const detail = `You get this through ${ways.join(' or ')}: ask for that with it.`;
      return { id, refusal: new Refusal('not_eligible', detail) };
    },
  };
}

/** Of groups, by the key of being a member: `there` when the person is one now, or the live request that makes them one. */
async function standingOf(tx: Tx, me: string, keys: string[]): Promise<Map<string, string>> {
  const live = await tx
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, me),
        inArray(requests.status, [...liveStatuses]),
        // What is only to follow the one that counts gives nothing yet, and must not stand for it.
        eq(requests.waitsForEnd, false),
        inArray(keyOf(requests), keys),
      ),
    );
  const held = await tx
    .select({ key: keyOf(mirrorActive) })
    .from(mirrorActive)
    .where(and(eq(mirrorActive.principalId, me), inArray(keyOf(mirrorActive), keys)));
  const member = await tx.execute(sql`
    select 'group|member|' || lower(group_id) as key from (
      select group_id from effective_members where member_id = ${me}
      union all select group_id from memberships where member_id = ${me} and gone_at is null) groups`);
  const known = (member as unknown as { rows: { key: string }[] }).rows;
  const standing = new Map<string, string>();
  for (const row of live) standing.set(roleKey(row), row.status === 'active' ? 'there' : row.id);
  for (const { key } of [...held, ...known]) if (!standing.has(key)) standing.set(key, 'there');
  return standing;
}
