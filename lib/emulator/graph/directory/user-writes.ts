import { type Exchange, isRow, type Route } from '#lib/emulator/graph/exchange.ts';
import { contextOf } from '#lib/emulator/graph/odata/collection.ts';
import { holdsAny, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, methodNotAllowed, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { auditDirectory } from '#lib/emulator/pim/audit-directory.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import type { User } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { deleteObject, refusePrivileged } from './delete-object.ts';
import { refuseRestricted } from './restricted.ts';

const { globalAdministrator, userAdministrator, privilegedRoleAdministrator } = knownRoles;
const { helpdeskAdministrator, authenticationAdministrator, securityAdministrator } = knownRoles;
const wide = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
/** Texts of a profile that may be changed here. */
const texts = ['displayName', 'jobTitle', 'department', 'officeLocation', 'givenName', 'surname'] as const;

/** Users changed, disabled, deleted, and signed out everywhere. */
export const userWrites: Route[] = [
  { method: 'PATCH', path: '/users/{id}', answer: patch },
  {
    method: 'DELETE',
    path: '/users/{id}',
    answer: (exchange) => deleteObject(exchange, userOf(exchange).id),
  },
  ...['/me', '/users/{id}'].map(
    (path): Route => ({ method: 'POST', path: `${path}/revokeSignInSessions`, answer: revokeSessions }),
  ),
  // Actions of service principals that users do not have.
  ...['getPasswordSingleSignOnCredentials', 'createPasswordSingleSignOnCredentials'].map(
    (name): Route => ({
      method: 'POST',
      path: `/users/{id}/${name}`,
      answer: () => {
        throw methodNotAllowed();
      },
    }),
  ),
];

function userOf({ world, caller, at: found }: Exchange): User {
  const wanted = found.id?.toLowerCase() ?? caller.objectId;
  const user = world.state.users.find((one) =>
    [one.id, one.userPrincipalName.toLowerCase()].includes(wanted),
  );
  if (!user) throw resourceMissing(wanted);
  return user;
}

function patch(exchange: Exchange): Answer {
  const { call, world } = exchange;
  const body = isRow(call.body) ? call.body : {};
  const disables = 'accountEnabled' in body;
  requirePermission(exchange, disables ? ['User.EnableDisableAccount.All', ...wide] : wide);
  const user = userOf(exchange);
  if (exchange.caller.kind === 'user' && !holdsAny(exchange, [globalAdministrator, userAdministrator])) {
    throw denied();
  }
  refusePrivileged(exchange, user.id);
  refuseRestricted(exchange, user.id);
  const unknown = Object.keys(body).find(
    (name) => name !== 'accountEnabled' && !texts.some((one) => one === name),
  );
  if (unknown) throw badRequest(`Property '${unknown}' cannot be changed here.`);
  if (disables) {
    if (typeof body.accountEnabled !== 'boolean') throw badRequest("'accountEnabled' is true or false.");
    user.accountEnabled = body.accountEnabled;
    if (!user.accountEnabled) endSessions(exchange, user);
  }
  for (const name of texts) {
    const value = body[name];
    if (typeof value === 'string') user[name] = value;
  }
  const activity = disables ? (user.accountEnabled ? 'Enable account' : 'Disable account') : 'Update user';
  auditDirectory(exchange, activity, 'UserManagement', [user.id]);
  world.changed();
  return { status: 204 };
}

/** Refresh tokens and browser sessions of before are refused from now on. A guest's sessions are at home, out of reach. */
function revokeSessions(exchange: Exchange): Answer {
  const { caller } = exchange;
  const user = userOf(exchange);
  const isSelf = user.id === caller.objectId;
  requirePermission(exchange, ['User.RevokeSessions.All', ...(isSelf ? ['User.ReadWrite'] : []), ...wide]);
  const enough = [
    globalAdministrator,
    userAdministrator,
    privilegedRoleAdministrator,
    helpdeskAdministrator,
    authenticationAdministrator,
    securityAdministrator,
  ];
  if (!isSelf && caller.kind === 'user') {
    if (!holdsAny(exchange, enough)) throw denied();
    refusePrivileged(exchange, user.id);
  }
  if (user.userType === 'Member') endSessions(exchange, user);
  auditDirectory(exchange, 'Update StsRefreshTokenValidFrom Timestamp', 'UserManagement', [user.id]);
  exchange.world.changed();
  return { status: 200, body: { '@odata.context': contextOf(exchange, 'Edm.Boolean'), value: true } };
}

function endSessions({ world }: Exchange, user: User): void {
  const { state } = world;
  // Sessions live on the machine's clock, which the PIM clock runs ahead of.
  state.graph.sessionsRevokedAt[user.id] = world.now() - state.clockOffsetMs;
  state.signIns = state.signIns.filter((one) => one.userId !== user.id);
}
