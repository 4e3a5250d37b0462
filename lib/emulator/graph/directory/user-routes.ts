import { findById } from '#lib/emulator/by-id.ts';
import { type Exchange, isRow, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, contextOf, entity } from '#lib/emulator/graph/odata/collection.ts';
import { drawn } from '#lib/emulator/graph/odata/drawn.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { isGranted, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { badRequest, GraphRefusal, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { User } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { readers, refuseGuests } from './directory-permissions.ts';
import { directoryRolesOf } from './directory-roles.ts';
import { grantsWhere, grantWhere } from './list-grants.ts';
import { listObjects } from './list-objects.ts';
import { directGroupsOf } from './members.ts';
import { directoryObject, directoryObjects } from './objects.ts';
import { ownedBy } from './owned-by.ts';
import { isRestricted } from './restricted.ts';
import { basicProperties, userDefaults, userRow } from './rows.ts';
import { asksForActivity, refuseListed, signInActivityRow } from './sign-in-activity.ts';

/** Users by id, by sign-in name and as `me`; their managers and groups. */
export const userRoutes: Route[] = [
  { method: 'GET', path: '/users', answer: list },
  ...['/me', '/users/{id}'].flatMap((path): Route[] => [
    { method: 'GET', path, answer: one },
    { method: 'GET', path: `${path}/manager`, answer: manager },
    {
      method: 'GET',
      path: `${path}/sponsors`,
      answer: (exchange) => {
        const { id } = userOf(exchange, readers.fullUsers, readers.fullUsers);
        return listObjects(exchange, exchange.world.state.graph.sponsors[id] ?? []);
      },
    },
    {
      method: 'GET',
      path: `${path}/appRoleAssignments`,
      answer: (exchange) => grantsWhere(exchange, 'users', userOf(exchange, readers.fullUsers).id),
    },
    {
      method: 'GET',
      path: `${path}/appRoleAssignments/{grant}`,
      answer: (exchange) => grantWhere(exchange, 'users', userOf(exchange, readers.fullUsers).id),
    },
    {
      method: 'GET',
      path: `${path}/ownedObjects`,
      answer: (exchange) =>
        listObjects(exchange, ownedBy(exchange.world.state, userOf(exchange, readers.fullUsers).id)),
    },
    ...['memberOf', 'transitiveMemberOf'].flatMap((name): Route[] => [
      { method: 'GET', path: `${path}/${name}`, answer: (exchange) => groups(exchange, name) },
      {
        method: 'GET',
        path: `${path}/${name}/microsoft.graph.{kind}`,
        answer: (exchange) => groups(exchange, name),
      },
    ]),
    { method: 'POST', path: `${path}/getMemberObjects`, answer: memberObjects },
    { method: 'POST', path: `${path}/getMemberGroups`, answer: memberObjects },
    { method: 'POST', path: `${path}/checkMemberGroups`, answer: checkGroups },
  ]),
];

function list(exchange: Exchange): Answer {
  requirePermission(exchange, readers.users);
  refuseGuests(exchange);
  refuseListed(exchange);
  const activity = asksForActivity(exchange);
  const rows = drawn(exchange.world.state.users, (user) => ({
    ...visibleRow(exchange, user),
    ...(activity && { signInActivity: signInActivityRow(exchange.world.state, user.id) }),
  }));
  const pages = { usual: 100, largest: activity ? 120 : 999, isCap: activity };
  return collection(exchange, rows, { ...setOf(exchange), pages });
}

function one(exchange: Exchange): Answer {
  const user = userOf(exchange, readers.users);
  const activity = asksForActivity(exchange) && {
    signInActivity: signInActivityRow(exchange.world.state, user.id),
  };
  return entity(exchange, { ...visibleRow(exchange, user), ...activity }, setOf(exchange));
}

function manager(exchange: Exchange): Answer {
  const { managerId } = userOf(exchange, readers.fullUsers, readers.fullUsers);
  const row = managerId && directoryObject(exchange.world.state, managerId);
  if (!row) throw resourceMissing('manager');
  return entity(exchange, row, directoryObjects);
}

function groups(exchange: Exchange, name: string): Answer {
  const { world } = exchange;
  const { id } = userOf(exchange, readers.groups);
  const direct = name === 'memberOf';
  return listObjects(
    exchange,
    (direct ? directGroupsOf : groupsOf)(world, id),
    isGranted(exchange, readers.directoryRoles) ? directoryRolesOf(world, id, !direct) : [],
  );
}

function memberObjects(exchange: Exchange): Answer {
  const { id } = userOf(exchange, readers.groups);
  const { body } = exchange.call;
  if (!isRow(body) || typeof body.securityEnabledOnly !== 'boolean') {
    throw badRequest("The parameter 'securityEnabledOnly' is required.");
  }
  const value = groupsOf(exchange.world, id);
  return { status: 200, body: { '@odata.context': contextOf(exchange, 'Collection(Edm.String)'), value } };
}

/** Which of the groups named the user is in. */
function checkGroups(exchange: Exchange): Answer {
  const { id } = userOf(exchange, readers.groups);
  const { groupIds } = isRow(exchange.call.body) ? exchange.call.body : {};
  if (!Array.isArray(groupIds) || groupIds.length === 0 || groupIds.length > 20) {
    throw badRequest("The parameter 'groupIds' must hold between 1 and 20 ids.");
  }
  const value = groupsOf(exchange.world, id).filter((one) => groupIds.includes(one));
  return { status: 200, body: { '@odata.context': contextOf(exchange, 'Collection(Edm.String)'), value } };
}

/** The user the path means. One's own needs less permission than anyone's. */
function userOf(
  exchange: Exchange,
  anyone: readonly string[],
  oneself: readonly string[] = readers.me,
): User {
  const { world, caller, at: found } = exchange;
  if (!found.id && caller.kind !== 'user') {
    throw new GraphRefusal(
      400,
      'BadRequest',
      '/me request is only valid with delegated authentication flow.',
    );
  }
  const wanted = found.id?.toLowerCase() ?? caller.objectId;
  const isWanted = ({ userPrincipalName }: User) => userPrincipalName.toLowerCase() === wanted;
  const user = findById(world.state.users, wanted) ?? world.state.users.find(isWanted);
  const isSelf = user?.id === caller.objectId;
  requirePermission(exchange, isSelf ? [...oneself, ...anyone] : anyone);
  if (!isSelf) refuseGuests(exchange);
  if (!user) throw resourceMissing(wanted);
  return user;
}

/** With User.ReadBasic.All alone, others show no more than a business card. */
function visibleRow(exchange: Exchange, user: User): Row {
  const row = userRow(user, isRestricted(exchange.world.state, user.id));
  if (user.id === exchange.caller.objectId || isGranted(exchange, readers.fullUsers)) return row;
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, basicProperties.includes(name) ? value : null]),
  );
}

function setOf({ world: { state } }: Exchange): EntitySet {
  const managerOf = ({ id }: Row) => findById(state.users, String(id))?.managerId ?? '';
  return {
    context: 'users',
    isDirectory: true,
    defaults: () => userDefaults,
    expand: {
      manager: { read: (row) => directoryObject(state, managerOf(row)) },
      sponsors: {
        read: ({ id }) =>
          (state.graph.sponsors[String(id)] ?? [])
            .map((one) => directoryObject(state, one))
            .filter((row): row is Row => row !== null),
      },
    },
  };
}
