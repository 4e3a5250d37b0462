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

/** How one is in the group, as `left_…` facts that lead back into it; gone: not at all. */
export async function ways(calls: ReaderCalls, act: Act, groupId: string): Promise<Told> {
  const member = { plane: 'group', roleId: 'member', scopeId: groupId, principalId: act.memberId } as const;
  try {
    const facts: Record<string, string> = {};
    const active = await readHeld(calls, member, 'active');
    for (const [side, all] of [
      ['active', active],
      ['eligible', await readHeld(calls, member, 'eligible')],
    ] as const) {
      const [held] = all.filter(({ isActivated }) => !isActivated);
      if (held) facts[`left_${side}`] = held.endsAt?.toISOString() ?? 'for good';
    }
    // The list of members shows those whom PIM gave it as well.
    if (active.length === 0 && (await isListed(calls, groupId, act.memberId))) facts.left_plain = 'for good';
    return Object.keys(facts).length > 0 ? { is: 'told', facts } : { is: 'gone' };
  } catch (error) {
    return isGone(error) ? { is: 'gone' } : obstacleOf(error);
  }
}

/** Out of the group, by whichever way one is in it: through PIM where PIM gave it, else by the membership itself. */
export async function leave(calls: ReaderCalls, act: Act, groupId: string): Promise<Told> {
  const principalId = act.memberId;
  try {
    const graph = await calls.graph();
    const group = await graph.get<GroupFacts>(`/v1.0/groups/${groupId}?$select=${selected}`);
    const fixed = fixedBy(group);
    if (fixed) return fixed;
    const member = { plane: 'group', roleId: 'member', scopeId: groupId, principalId } as const;
    let isTold = false;
    for (const side of ['active', 'eligible'] as const) {
      const [held] = (await readHeld(calls, member, side)).filter(({ isActivated }) => !isActivated);
      if (!held) continue;
      const told = await askPim(calls, act, { ...member, side, verb: 'remove' });
      if (told.is === 'obstacle') return { ...asOfGroup(told, group), isHalf: isTold };
      isTold = true;
    }
    if (!(await isListed(calls, groupId, principalId))) {
      return isTold ? { is: 'told', facts: {} } : { is: 'gone' };
    }
    try {
      await graph.delete(memberRef(groupId, principalId, 'member'));
    } catch (error) {
      // It was there a moment ago: whoever took it, it is gone as asked.
      if (isGone(error)) return { is: 'told', facts: {} };
      return { ...asOfGroup(obstacleOf(error), group), isHalf: isTold };
    }
    return { is: 'told', facts: {} };
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
  return listed(calls, `/v1.0/groups/${groupId}/members?$select=id&$top=999`, memberId);
}

/** Whether somebody is in the group by any way, however long. Source: Graph `transitiveMembers`. */
export async function isWithin(calls: ReaderCalls, groupId: string, memberId: string): Promise<boolean> {
  return listed(calls, `/v1.0/groups/${groupId}/transitiveMembers?$select=id&$top=999`, memberId);
}

async function listed(calls: ReaderCalls, path: string, memberId: string): Promise<boolean> {
  try {
    const members = await (await calls.graph()).list<{ id?: string }>(path);
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
function asOfGroup(
  told: Told & { is: 'obstacle' },
  { isAssignableToRole }: GroupFacts,
): Told & { is: 'obstacle' } {
  const isIt = told.outcome === 'not_allowed' && isAssignableToRole === true;
  return isIt ? { ...told, outcome: 'role_assignable_group' } : told;
}
