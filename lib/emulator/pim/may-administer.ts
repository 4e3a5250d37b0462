import type { Plane } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { entraRolesOf, ownsGroup } from './holdings.ts';
import { knownRoles } from './known-roles.ts';

const { globalAdministrator, privilegedRoleAdministrator, directoryWriters } = knownRoles;
const { groupsAdministrator, userAdministrator, identityGovernanceAdministrator } = knownRoles;
const ofDirectory: string[] = [globalAdministrator, privilegedRoleAdministrator];
const ofOrdinaryGroups: string[] = [
  globalAdministrator,
  directoryWriters,
  groupsAdministrator,
  userAdministrator,
  identityGovernanceAdministrator,
];

/**
 * Whether the caller's standing in the directory lets it file admin requests for an Entra role or a group. Apps need none:
 * their permission, which the surface has checked, is enough. Source: PIM API permission tables.
 */
export function mayAdminister(
  world: World,
  caller: Caller,
  plane: Exclude<Plane, 'azure'>,
  scope: string,
): boolean {
  if (caller.kind === 'app') return true;
  const roles = entraRolesOf(world, caller.objectId);
  if (plane === 'entra') return roles.some((role) => ofDirectory.includes(role));
  const group = world.state.groups.find(({ id }) => id === scope);
  const enough = group?.isAssignableToRole ? ofDirectory : ofOrdinaryGroups;
  return ownsGroup(world, caller.objectId, scope) || roles.some((role) => enough.includes(role));
}
