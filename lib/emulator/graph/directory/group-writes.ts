import { at, type Exchange, type Route } from '#lib/emulator/graph/exchange.ts';
import { holdsAny, isGranted, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { auditDirectory } from '#lib/emulator/pim/audit-directory.ts';
import { ownsGroup } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { setMembers } from '#lib/emulator/pim/member-index.ts';
import type { Group } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { deleteObject } from './delete-object.ts';
import { insideOf } from './members.ts';
import { referenced, referenceExists } from './references.ts';
import { refuseRestricted } from './restricted.ts';

const membership = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const { globalAdministrator, privilegedRoleAdministrator } = knownRoles;
const { groupsAdministrator, userAdministrator, directoryWriters, identityGovernanceAdministrator } =
  knownRoles;
const ordinary = [
  globalAdministrator,
  groupsAdministrator,
  userAdministrator,
  directoryWriters,
  identityGovernanceAdministrator,
];

/** Who is in a group, changed by hand; and the group itself, deleted. */
export const groupWrites: Route[] = [
  ...(['members', 'owners'] as const).flatMap((side): Route[] => [
    { method: 'POST', path: `/groups/{id}/${side}/$ref`, answer: (exchange) => add(exchange, side) },
    {
      method: 'DELETE',
      path: `/groups/{id}/${side}/{member}/$ref`,
      answer: (exchange) => remove(exchange, side),
    },
    // The trap: without $ref this is the member itself, not its membership.
    {
      method: 'DELETE',
      path: `/groups/{id}/${side}/{member}`,
      answer: (exchange) => {
        const id = at(exchange, 'member').toLowerCase();
        if (!insideOf(exchange.world, groupOf(exchange), roleOf(side)).includes(id))
          throw resourceMissing(id);
        return deleteObject(exchange, id);
      },
    },
  ]),
  {
    method: 'DELETE',
    path: '/groups/{id}',
    answer: (exchange) => deleteObject(exchange, groupOf(exchange).id),
  },
];

const roleOf = (side: 'members' | 'owners') => (side === 'members' ? 'member' : 'owner');

function add(exchange: Exchange, side: 'members' | 'owners'): Answer {
  const group = changeable(exchange);
  const { world } = exchange;
  const id = referenced(exchange);
  if (insideOf(world, group, roleOf(side)).includes(id)) throw referenceExists(side);
  if (side === 'members') setMembers(world.state, group, [...group.memberIds, id]);
  else group.ownerIds.push(id);
  auditDirectory(exchange, `Add ${roleOf(side)} to group`, 'GroupManagement', [id, group.id]);
  world.changed();
  return { status: 204 };
}

/** Also ends what PIM gave: changes through the groups API override PIM. */
function remove(exchange: Exchange, side: 'members' | 'owners'): Answer {
  const group = changeable(exchange);
  const { state } = exchange.world;
  const id = at(exchange, 'member').toLowerCase();
  if (!insideOf(exchange.world, group, roleOf(side)).includes(id)) throw resourceMissing(id);
  const others = (list: string[]) => list.filter((one) => one !== id);
  if (side === 'members') setMembers(state, group, others(group.memberIds));
  else group.ownerIds = others(group.ownerIds);
  state.schedules = state.schedules.filter(
    (one) =>
      one.plane !== 'group' ||
      one.kind !== 'active' ||
      one.scope !== group.id ||
      one.role !== roleOf(side) ||
      one.principalId !== id,
  );
  auditDirectory(exchange, `Remove ${roleOf(side)} from group`, 'GroupManagement', [id, group.id]);
  exchange.world.changed();
  return { status: 204 };
}

function groupOf(exchange: Exchange): Group {
  const wanted = at(exchange, 'id').toLowerCase();
  const group = exchange.world.state.groups.find(({ id }) => id === wanted);
  if (!group) throw resourceMissing(wanted);
  return group;
}

/** The group of the path, once the caller may change who is in it: role-assignable groups want more than others. */
function changeable(exchange: Exchange): Group {
  requirePermission(exchange, membership);
  const group = groupOf(exchange);
  const { caller, world } = exchange;
  if (group.isAssignableToRole && !isGranted(exchange, ['RoleManagement.ReadWrite.Directory']))
    throw denied();
  refuseRestricted(exchange, group.id);
  if (caller.kind === 'app' || ownsGroup(world, caller.objectId, group.id)) return group;
  const enough = group.isAssignableToRole ? [globalAdministrator, privilegedRoleAdministrator] : ordinary;
  if (!holdsAny(exchange, enough)) throw denied();
  return group;
}
