import type { ResourceGroup } from '#lib/emulator/state.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { page, pageOf } from './page.ts';
import { authorizationFailed, notEmulated } from './refusals.ts';
import { fullResource, listedResource } from './resource-row.ts';
import { covers } from './scopes.ts';
import { touches } from './subscriptions.ts';

const PAGE = 1000;
const READ_GROUP = 'Microsoft.Resources/subscriptions/resourceGroups/read';

/** Resource groups of a subscription that the caller may read; 403 to those with nothing active in it. */
export function listResourceGroups(call: Call, world: World, caller: Caller, subscription: string): Answer {
  if (call.query.has('$filter')) throw notEmulated(call);
  mustTouch(call, world, caller, subscription, READ_GROUP);
  const rows = world.state.resourceGroups
    .filter((group) => groupScope(group).startsWith(`${subscription}/`))
    .filter((group) => mayOnArm(world, caller.objectId, READ_GROUP, groupScope(group)))
    .map(groupRow);
  return page(call, rows, PAGE);
}

/** One resource group, by its canonical scope. */
export function getResourceGroup(world: World, caller: Caller, scope: string): Answer {
  if (!mayOnArm(world, caller.objectId, READ_GROUP, scope)) {
    throw authorizationFailed(world, caller, READ_GROUP, scope);
  }
  return {
    status: 200,
    body: world.state.resourceGroups.filter((one) => groupScope(one) === scope).map(groupRow)[0],
  };
}

/** Resources at or below a canonical scope that the caller may read. */
export function listResources(call: Call, world: World, caller: Caller, scope: string): Answer {
  mustTouch(call, world, caller, scope, 'Microsoft.Resources/subscriptions/resources/read');
  const type = wantedType(call);
  const rows = world.state.resources
    .filter((resource) => type === null || resource.type.toLowerCase() === type)
    .filter((resource) => covers(world.state, scope, resource.id))
    .filter((resource) => mayOnArm(world, caller.objectId, `${resource.type}/read`, resource.id))
    .map(listedResource);
  return page(call, rows, PAGE);
}

/** Resources of one type at or below a canonical scope, as their provider prints them. */
export function listTyped(call: Call, world: World, caller: Caller, scope: string, type: string): Answer {
  const found = world.state.resources.filter(
    (one) => one.type.toLowerCase() === type && covers(world.state, scope, one.id),
  );
  const known = world.state.resources.find((one) => one.type.toLowerCase() === type);
  if (known === undefined) throw notEmulated(call);
  mustTouch(call, world, caller, scope, `${known.type}/read`);
  const readable = found.filter((one) => mayOnArm(world, caller.objectId, `${one.type}/read`, one.id));
  return pageOf(call, readable, PAGE, (one) => fullResource(world.state, one));
}

/** One resource, by its canonical id. */
export function getResource(world: World, caller: Caller, scope: string): Answer {
  const found = world.state.resources.find(({ id }) => id === scope);
  const action = `${found?.type ?? 'Microsoft.Resources/subscriptions/resources'}/read`;
  if (found === undefined || !mayOnArm(world, caller.objectId, action, scope)) {
    throw authorizationFailed(world, caller, action, scope);
  }
  return { status: 200, body: fullResource(world.state, found) };
}

/** The one clause known: `resourceType eq '…'`. */
function wantedType(call: Call): string | null {
  const filter = call.query.get('$filter')?.replaceAll('+', ' ');
  if (filter === undefined) return null;
  const type = /^\s*resourceType\s+eq\s+'([^']+)'\s*$/i.exec(filter)?.[1];
  if (type === undefined) throw notEmulated(call);
  return type.toLowerCase();
}

function mustTouch(call: Call, world: World, caller: Caller, scope: string, action: string): void {
  if (call.query.has('$expand')) throw notEmulated(call);
  if (!touches(world, caller, scope)) throw authorizationFailed(world, caller, action, scope);
}

function groupScope(group: ResourceGroup): string {
  return `/subscriptions/${group.subscriptionId}/resourceGroups/${group.name}`;
}

function groupRow(group: ResourceGroup) {
  return {
    id: groupScope(group),
    name: group.name,
    type: 'Microsoft.Resources/resourceGroups',
    location: group.location,
    properties: { provisioningState: 'Succeeded' },
  };
}
