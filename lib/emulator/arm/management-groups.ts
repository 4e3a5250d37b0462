import type { ManagementGroup, State } from '#lib/emulator/state.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { page } from './page.ts';
import { printedTime } from './printed.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { managementGroupScope } from './scopes.ts';

const TYPE = 'Microsoft.Management/managementGroups';
const READ = `${TYPE}/read`;
const READ_SUBSCRIPTIONS = `${TYPE}/subscriptions/read`;
const RIGHTS = new Map([
  ['', READ],
  ['descendants', `${TYPE}/descendants/read`],
  ['subscriptions', READ_SUBSCRIPTIONS],
]);
const PAGE = 1000;

/** `/providers/Microsoft.Management/managementGroups/{rest}`: list, get with children, ancestors or path, descendants, subscriptions (contract 5.5). */
export function managementGroups(call: Call, world: World, caller: Caller, rest: string[]): Answer {
  const [name, part, id, ...more] = rest;
  const isOne = id === undefined || part?.toLowerCase() === 'subscriptions';
  if (call.method !== 'GET' || !isOne || more.length > 0) throw notEmulated(call);
  if (name === undefined) {
    const readable = world.state.managementGroups.filter((group) => mayRead(world, caller, group));
    const answer = page(
      call,
      readable.map((group) => listRow(world.state, group)),
      PAGE,
    );
    return { ...answer, body: { nextLink: null, ...Object(answer.body) } };
  }
  const found = world.state.managementGroups.find((group) => group.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw resourceNotFound(call.path);
  // Each part is a right of its own; Management Group Reader does not have that of the descendants.
  const action = RIGHTS.get(part?.toLowerCase() ?? '');
  if (action === undefined) throw notEmulated(call);
  if (!mayOnArm(world, caller.objectId, action, managementGroupScope(found.name))) {
    throw authorizationFailed(world, caller, action, managementGroupScope(found.name));
  }
  if (action === READ) return { status: 200, body: fullRow(call, world.state, found) };
  if (action === READ_SUBSCRIPTIONS) return subscriptionsOf(call, world.state, found, id);
  return page(call, descendants(world.state, found), PAGE);
}

/** What hangs directly below a group; with deep, the whole tree. */
function childrenOf(state: State, group: ManagementGroup, deep: boolean): object[] {
  const groups = state.managementGroups.filter((one) => one.parent === group.name);
  const subscriptions = state.subscriptions.filter((one) => one.managementGroup === group.name);
  return [
    ...groups.map((one) => ({
      id: managementGroupScope(one.name),
      type: TYPE,
      name: one.name,
      displayName: one.displayName,
      ...(deep ? { children: childrenOf(state, one, deep) } : {}),
    })),
    ...subscriptions.map((one) => ({
      id: `/subscriptions/${one.subscriptionId}`,
      type: '/subscriptions',
      name: one.subscriptionId,
      displayName: one.displayName,
    })),
  ];
}

function mayRead(world: World, caller: Caller, group: ManagementGroup): boolean {
  return mayOnArm(world, caller.objectId, READ, managementGroupScope(group.name));
}

function listRow({ tenantId }: State, { name, displayName }: ManagementGroup) {
  return { id: managementGroupScope(name), type: TYPE, name, properties: { tenantId, displayName } };
}

function fullRow(call: Call, state: State, group: ManagementGroup) {
  const expand = call.query.get('$expand')?.toLowerCase();
  const recurse = call.query.get('$recurse')?.toLowerCase() === 'true';
  if (expand !== undefined && !['children', 'ancestors', 'path'].includes(expand)) throw notEmulated(call);
  const row = listRow(state, group);
  const above = groupsAbove(state, group);
  const named = above.map(({ name, displayName }) => ({ name, displayName }));
  const [maker] = state.users;
  const details = {
    version: 1,
    updatedTime: printedTime(maker?.createdAt ?? 0),
    updatedBy: maker?.id ?? '',
    ...(above[0] && { parent: reference(above[0]) }),
    ...(expand === 'ancestors' && { managementGroupAncestors: named }),
    ...(expand === 'path' && { path: named.toReversed() }),
  };
  const children = expand === 'children' ? { children: childrenOf(state, group, recurse) } : {};
  return { ...row, properties: { ...row.properties, details, ...children } };
}

/** Nearest first, up to the root. */
function groupsAbove(state: State, { parent }: ManagementGroup): ManagementGroup[] {
  const found = state.managementGroups.find((one) => one.name === parent);
  return found === undefined ? [] : [found, ...groupsAbove(state, found)];
}

/** The subscriptions that hang on a group itself; one of them by its id. */
function subscriptionsOf(call: Call, state: State, group: ManagementGroup, id: string | undefined): Answer {
  const rows = state.subscriptions
    .filter((one) => one.managementGroup === group.name)
    .map(({ subscriptionId, displayName }) => ({
      name: subscriptionId,
      id: `${managementGroupScope(group.name)}/subscriptions/${subscriptionId}`,
      type: `${TYPE}/subscriptions`,
      properties: {
        displayName,
        parent: { id: managementGroupScope(group.name) },
        state: 'Active',
        tenant: state.tenantId,
      },
    }));
  if (id === undefined) {
    const answer = page(call, rows, PAGE);
    return { ...answer, body: { nextLink: null, ...Object(answer.body) } };
  }
  const found = rows.find((row) => row.name === id.toLowerCase());
  if (found === undefined) throw resourceNotFound(call.path);
  return { status: 200, body: found };
}

function reference({ name, displayName }: ManagementGroup) {
  return { id: managementGroupScope(name), name, displayName };
}

function descendants(state: State, group: ManagementGroup): object[] {
  const groups = state.managementGroups.filter((one) => one.parent === group.name);
  const parent = { id: managementGroupScope(group.name) };
  return [
    ...groups.map(({ name, displayName }) => ({
      id: managementGroupScope(name),
      type: TYPE,
      name,
      properties: { displayName, parent },
    })),
    ...state.subscriptions
      .filter((one) => one.managementGroup === group.name)
      .map(({ subscriptionId, displayName }) => ({
        id: `/subscriptions/${subscriptionId}`,
        type: `${TYPE}/subscriptions`,
        name: subscriptionId,
        properties: { displayName, parent },
      })),
    ...groups.flatMap((one) => descendants(state, one)),
  ];
}
