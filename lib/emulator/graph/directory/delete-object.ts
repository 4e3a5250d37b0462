import type { Exchange } from '#lib/emulator/graph/exchange.ts';
import { holdsAny, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { denied } from '#lib/emulator/graph/refusal.ts';
import { auditDirectory } from '#lib/emulator/pim/audit-directory.ts';
import { entraRolesOf } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { setMembers } from '#lib/emulator/pim/member-index.ts';
import { endOrphans } from '#lib/emulator/pim/revoke.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { refuseRestricted } from './restricted.ts';

const { globalAdministrator, userAdministrator, groupsAdministrator } = knownRoles;
const { applicationAdministrator, cloudApplicationAdministrator, privilegedRoleAdministrator } = knownRoles;

/**
 * Deletes a user, group or service principal: 204, or 403 for who may not manage that kind of object.
 * Its memberships and its Entra and group assignments go with it; Azure's stay behind, as they do, naming nobody.
 */
export function deleteObject(exchange: Exchange, id: string): Answer {
  const { world } = exchange;
  const { state } = world;
  const kind = kindOf(exchange, id);
  requirePermission(exchange, kinds[kind].permissions);
  if (exchange.caller.kind === 'user' && !holdsAny(exchange, kinds[kind].roles)) throw denied();
  refusePrivileged(exchange, id);
  refuseRestricted(exchange, id);
  auditDirectory(exchange, kinds[kind].activity, kinds[kind].category, [id]);
  state.users = state.users.filter((one) => one.id !== id);
  state.groups = state.groups.filter((one) => one.id !== id);
  state.servicePrincipals = state.servicePrincipals.filter((one) => one.id !== id);
  for (const group of state.groups) {
    const others = (list: string[]) => list.filter((one) => one !== id);
    if (group.memberIds.includes(id)) setMembers(state, group, others(group.memberIds));
    group.ownerIds = others(group.ownerIds);
  }
  state.schedules = state.schedules.filter(
    (one) => (one.principalId !== id || one.plane === 'azure') && (one.plane !== 'group' || one.scope !== id),
  );
  endOrphans(state, world.now());
  const waiting = ['PendingApproval', 'Granted', 'PendingAdminDecision'];
  for (const request of state.requests) {
    if (request.principalId !== id || !waiting.includes(request.status)) continue;
    request.status = 'Canceled';
    request.completedAt = world.now();
  }
  state.signIns = state.signIns.filter((one) => one.userId !== id);
  world.changed();
  return { status: 204 };
}

const kinds = {
  user: {
    permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All', 'Directory.AccessAsUser.All'],
    roles: [globalAdministrator, userAdministrator],
    activity: 'Delete user',
    category: 'UserManagement',
  },
  group: {
    permissions: ['Group.ReadWrite.All', 'Directory.AccessAsUser.All'],
    roles: [globalAdministrator, groupsAdministrator, userAdministrator],
    activity: 'Delete group',
    category: 'GroupManagement',
  },
  servicePrincipal: {
    permissions: ['Application.ReadWrite.All', 'Directory.AccessAsUser.All'],
    roles: [globalAdministrator, applicationAdministrator, cloudApplicationAdministrator],
    activity: 'Remove service principal',
    category: 'ApplicationManagement',
  },
};

function kindOf({ world: { state } }: Exchange, id: string): keyof typeof kinds {
  if (state.users.some((one) => one.id === id)) return 'user';
  return state.groups.some((one) => one.id === id) ? 'group' : 'servicePrincipal';
}

/** Who holds a directory role, and role-assignable groups, only the highest administrators may touch. */
export function refusePrivileged(exchange: Exchange, id: string): void {
  const { world } = exchange;
  const isRoleGroup = world.state.groups.some((one) => one.id === id && one.isAssignableToRole);
  if (!isRoleGroup && entraRolesOf(world, id).length === 0) return;
  if (
    exchange.caller.kind === 'app' ||
    !holdsAny(exchange, [globalAdministrator, privilegedRoleAdministrator])
  ) {
    throw denied();
  }
}
