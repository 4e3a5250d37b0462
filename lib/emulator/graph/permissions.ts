import { entraRolesOf, groupsOf, ownsGroup } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import type { Group } from '#lib/emulator/state.ts';
import type { Exchange } from './exchange.ts';
import { denied, GraphRefusal } from './refusal.ts';

const { globalAdministrator, globalReader, privilegedRoleAdministrator } = knownRoles;
const { securityAdministrator, securityReader, securityOperator } = knownRoles;
const { directoryWriters, groupsAdministrator, userAdministrator, identityGovernanceAdministrator } =
  knownRoles;

const readersOfRoles: string[] = [
  globalAdministrator,
  globalReader,
  privilegedRoleAdministrator,
  securityAdministrator,
  securityReader,
  securityOperator,
];
const readersOfRoleGroups: string[] = [globalAdministrator, globalReader, privilegedRoleAdministrator];
const readersOfGroups: string[] = [
  globalAdministrator,
  globalReader,
  directoryWriters,
  groupsAdministrator,
  userAdministrator,
  identityGovernanceAdministrator,
];

/** Whether the token carries one of the permissions: as scope for a person, as role for an app. */
export function isGranted({ caller }: Exchange, permissions: readonly string[]): boolean {
  const granted = caller.kind === 'user' ? caller.scopes : caller.roles;
  return permissions.some((permission) => granted.includes(permission));
}

/** Refuses a token without any of the permissions, as the directory does. */
export function requirePermission(exchange: Exchange, permissions: readonly string[]): void {
  if (!isGranted(exchange, permissions)) throw denied();
}

/** Refuses a token without any of the permissions, as PIM does: UnknownError with JSON in its message. */
export function requirePimPermission(exchange: Exchange, permissions: readonly string[]): void {
  if (isGranted(exchange, permissions)) return;
  const message = `Authorization failed due to missing permission scope ${permissions.join(',')}.`;
  throw new GraphRefusal(
    403,
    'UnknownError',
    JSON.stringify({ errorCode: 'PermissionScopeNotGranted', message, instanceAnnotations: [] }),
  );
}

/** Refuses apps: the call is about the person who is signed in. */
export function requireUser({ caller }: Exchange): void {
  if (caller.kind !== 'user') throw denied();
}

/** Whether the caller may see other people's Entra schedules and the role settings: apps by permission, people by their own role. */
export function readsAllRoles({ world, caller }: Exchange): boolean {
  return caller.kind === 'app' || holdsAny({ world, caller }, readersOfRoles);
}

/** Whether the caller may see a group's schedules: its owners and members, and roles that differ for role-assignable groups. */
export function readsGroup({ world, caller }: Exchange, group: Group): boolean {
  if (caller.kind === 'app') return true;
  const isInside =
    ownsGroup(world, caller.objectId, group.id) || groupsOf(world, caller.objectId).includes(group.id);
  return (
    isInside || holdsAny({ world, caller }, group.isAssignableToRole ? readersOfRoleGroups : readersOfGroups)
  );
}

/** Whether the caller holds one of the Entra roles for the whole directory now. */
export function holdsAny(
  { world, caller }: Pick<Exchange, 'world' | 'caller'>,
  roles: readonly string[],
): boolean {
  return entraRolesOf(world, caller.objectId).some((role) => roles.includes(role));
}
