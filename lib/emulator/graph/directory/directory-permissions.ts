import { findById } from '#lib/emulator/by-id.ts';
import type { Exchange } from '#lib/emulator/graph/exchange.ts';
import { holdsAny } from '#lib/emulator/graph/permissions.ts';
import { denied } from '#lib/emulator/graph/refusal.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';

const directory = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** Graph permissions that read each kind of object, least first. */
export const readers = {
  me: [
    'User.Read',
    'User.ReadWrite',
    'User.ReadBasic.All',
    'User.Read.All',
    'User.ReadWrite.All',
    ...directory,
  ],
  users: ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directory],
  fullUsers: ['User.Read.All', 'User.ReadWrite.All', ...directory],
  groups: [
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    ...directory,
  ],
  servicePrincipals: ['Application.Read.All', 'Application.ReadWrite.All', ...directory],
  directoryRoles: ['RoleManagement.Read.Directory', 'RoleManagement.ReadWrite.Directory', ...directory],
  organization: ['User.Read', 'Organization.Read.All', 'Organization.ReadWrite.All', ...directory],
  directory,
} as const;

const { directoryReaders, directoryWriters, globalAdministrator, globalReader } = knownRoles;
const { privilegedRoleAdministrator, securityAdministrator, securityReader, userAdministrator } = knownRoles;
const { applicationAdministrator, cloudApplicationAdministrator } = knownRoles;

/** Guests see nobody but themselves. */
export function refuseGuests({ world, caller }: Exchange): void {
  if (findById(world.state.users, caller.objectId)?.userType === 'Guest') throw denied();
}

/** People need to be Directory Readers or more to read service principals; apps need only their permission. */
export function requireDirectoryReader(exchange: Exchange): void {
  const enough = [
    directoryReaders,
    directoryWriters,
    globalAdministrator,
    globalReader,
    privilegedRoleAdministrator,
    securityAdministrator,
    securityReader,
    userAdministrator,
    applicationAdministrator,
    cloudApplicationAdministrator,
  ];
  if (exchange.caller.kind === 'user' && !holdsAny(exchange, enough)) throw denied();
}
