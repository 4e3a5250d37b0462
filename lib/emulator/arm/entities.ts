import type { State } from '#lib/emulator/state.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { page } from './page.ts';
import { ancestorsOf, everyScope, scopeFacts } from './scopes.ts';
import { touches } from './subscriptions.ts';

const PAGE = 1000;
const READ_GROUP = 'Microsoft.Management/managementGroups/read';

/** POST getEntities: management groups and subscriptions the caller can see, flat, each with its way to the root. */
export function listEntities(call: Call, world: World, caller: Caller): Answer {
  const scopes = everyScope(world.state).filter((scope) => isEntity(world.state, scope));
  const visible = scopes.filter((scope) =>
    isSubscription(scope)
      ? touches(world, caller, scope)
      : mayOnArm(world, caller.objectId, READ_GROUP, scope),
  );
  const answer = page(
    call,
    visible.map((scope) => entityRow(world.state, scope)),
    PAGE,
  );
  return { ...answer, body: { nextLink: null, ...Object(answer.body), count: visible.length } };
}

function isEntity(state: State, scope: string): boolean {
  return ['managementgroup', 'subscription'].includes(scopeFacts(state, scope).type);
}

function isSubscription(scope: string): boolean {
  return scope.startsWith('/subscriptions/');
}

function entityRow(state: State, scope: string) {
  const above = ancestorsOf(state, scope).filter((one) => one !== '/');
  const below = everyScope(state).filter(
    (one) => isEntity(state, one) && ancestorsOf(state, one).includes(scope),
  );
  const children = below.filter((one) => ancestorsOf(state, one)[0] === scope);
  const chain = [...above].reverse();
  return {
    id: scope,
    type: isSubscription(scope) ? '/subscriptions' : 'Microsoft.Management/managementGroups',
    name: nameOf(scope),
    properties: {
      tenantId: state.tenantId,
      displayName: scopeFacts(state, scope).displayName,
      ...(above[0] === undefined ? {} : { parent: { id: above[0] } }),
      permissions: 'view',
      inheritedPermissions: 'view',
      numberOfDescendants: below.length,
      numberOfChildren: children.length,
      numberOfChildGroups: children.filter((one) => !isSubscription(one)).length,
      parentDisplayNameChain: chain.map((one) => scopeFacts(state, one).displayName),
      parentNameChain: chain.map(nameOf),
    },
  };
}

function nameOf(scope: string): string {
  return scope.split('/').at(-1) ?? '';
}
