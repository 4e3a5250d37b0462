import type { Group } from '@microsoft/microsoft-graph-types';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Act, Told } from '#lib/azure/ports.ts';
import type { ReaderCalls } from '#lib/azure/reader/calls.ts';
import { readHeld } from './held.ts';
import { memberRef } from './member-ref.ts';
import { isGone, obstacleOf } from './obstacle-of.ts';
import { askPim } from './pim-ask.ts';

type GroupFacts = Pick<Group, 'groupTypes' | 'isAssignableToRole' | 'onPremisesSyncEnabled'>;
const selected = 'id,groupTypes,isAssignableToRole,onPremisesSyncEnabled';

/** Out of the group, by whichever way one is in it: through PIM where PIM gave it, else by the membership itself. */
export async function leave(calls: ReaderCalls, act: Act, groupId: string): Promise<Told> {
  const principalId = act.memberId;
  try {
    const graph = await calls.graph();
    const group = await graph.get<GroupFacts>(`/v1.0/groups/${groupId}?$select=${selected}`);
    const fixed = fixedBy(group);
    if (fixed) return fixed;
    const member = { plane: 'group', roleId: 'member', scopeId: groupId, principalId } as const;
    const facts: Record<string, string> = {};
    for (const side of ['active', 'eligible'] as const) {
      const [held] = (await readHeld(calls, member, side)).filter(({ isActivated }) => !isActivated);
      if (!held) continue;
      const told = await askPim(calls, act, { ...member, side, verb: 'remove' });
      if (told.is === 'obstacle') return asOfGroup(told, group);
      facts[`left_${side}`] = held.endsAt?.toISOString() ?? 'for good';
    }
    if (!(await isListed(calls, groupId, principalId))) {
      return Object.keys(facts).length > 0 ? { is: 'told', facts } : { is: 'gone' };
    }
    try {
      await graph.delete(memberRef(groupId, principalId, 'member'));
    } catch (error) {
      return asOfGroup(obstacleOf(error), group);
    }
    return { is: 'told', facts: Object.keys(facts).length > 0 ? facts : { left_plain: 'for good' } };
  } catch (error) {
    return isGone(error) ? { is: 'gone' } : obstacleOf(error);
  }
}

/** Back into the group, the way one was in it. */
export async function rejoin(calls: ReaderCalls, act: Act, groupId: string): Promise<Told> {
  const { facts, memberId } = act;
  const member = {
    plane: 'group',
    roleId: 'member',
    scopeId: groupId,
    principalId: memberId,
  } as const;
  try {
    for (const side of ['active', 'eligible'] as const) {
      const until = facts[`left_${side}`];
      if (!until) continue;
      const window = { startsAt: null, endsAt: until === 'for good' ? null : new Date(until) };
      const told = await askPim(calls, act, { ...member, side, verb: 'assign', window });
      if (told.is === 'obstacle') return told;
    }
    if (!facts.left_plain || (await isListed(calls, groupId, memberId))) return { is: 'told', facts: {} };
    const graph = await calls.graph();
    const reference = `https://graph.microsoft.com/v1.0/directoryObjects/${memberId}`;
    await graph.post(`/v1.0/groups/${groupId}/members/$ref`, { '@odata.id': reference });
    return { is: 'told', facts: {} };
  } catch (error) {
    return obstacleOf(error);
  }
}

/** Whether the group’s own list of members shows somebody, whatever gave it. */
export async function isListed(calls: ReaderCalls, groupId: string, memberId: string): Promise<boolean> {
  try {
    const members = await (await calls.graph()).list<{ id?: string }>(
      `/v1.0/groups/${groupId}/members?$select=id&$top=999`,
    );
    return members.some(({ id }) => id?.toLowerCase() === memberId.toLowerCase());
  } catch (error) {
    if (error instanceof AzureFault && error.kind === 'not_found') return false;
    throw error;
  }
}

/** Who is in it is decided elsewhere: by a rule, or by the directory at home. */
export function fixedBy({
  groupTypes,
  onPremisesSyncEnabled,
}: GroupFacts): (Told & { is: 'obstacle' }) | null {
  if (groupTypes?.includes('DynamicMembership')) {
    return { is: 'obstacle', outcome: 'dynamic_group', why: 'A rule decides who is in this group.' };
  }
  if (onPremisesSyncEnabled) {
    const why = 'The group is kept in the directory at home, and only read by Entra.';
    return { is: 'obstacle', outcome: 'not_allowed', why };
  }
  return null;
}

/** A plain no about a role-assignable group has a reason of its own. */
function asOfGroup(told: Told & { is: 'obstacle' }, { isAssignableToRole }: GroupFacts): Told {
  const isIt = told.outcome === 'not_allowed' && isAssignableToRole === true;
  return isIt ? { ...told, outcome: 'role_assignable_group' } : told;
}
