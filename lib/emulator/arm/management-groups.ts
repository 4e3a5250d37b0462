import type { ManagementGroup, State } from '#lib/emulator/state.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { page } from './page.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { managementGroupScope } from './scopes.ts';

const TYPE = 'Microsoft.Management/managementGroups';
const READ = `${TYPE}/read`;
const READ_DESCENDANTS = `${TYPE}/descendants/read`;
const PAGE = 1000;

/** `/providers/Microsoft.Management/managementGroups/{rest}`: list, get with children, descendants (contract 5.5). */
export function managementGroups(call: Call, world: World, caller: Caller, rest: string[]): Answer {
  const [name, part, ...more] = rest;
  if (call.method !== 'GET' || more.length > 0) throw notEmulated(call);
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
  if (part !== undefined && part.toLowerCase() !== 'descendants') throw notEmulated(call);
  // A right of its own, which Management Group Reader does not have.
  const action = part === undefined ? READ : READ_DESCENDANTS;
  if (!mayOnArm(world, caller.objectId, action, managementGroupScope(found.name))) {
    throw authorizationFailed(world, caller, action, managementGroupScope(found.name));
  }
  if (part === undefined) return { status: 200, body: fullRow(call, world.state, found) };
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
  if (expand !== undefined && expand !== 'children') throw notEmulated(call);
  const row = listRow(state, group);
  const parent = state.managementGroups.find((one) => one.name === group.parent);
  const above = parent === undefined ? {} : { parent: reference(parent) };
  const children = expand === undefined ? {} : { children: childrenOf(state, group, recurse) };
  return { ...row, properties: { ...row.properties, details: { version: 1, ...above }, ...children } };
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
