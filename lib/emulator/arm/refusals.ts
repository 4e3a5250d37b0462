import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Call, Caller, World } from '#lib/emulator/wire.ts';
import { allowing } from './access.ts';
import { denying } from './deny.ts';

/** Azure RBAC's no: the caller lacks an action at a scope, or has it and a deny assignment takes it away. */
export function authorizationFailed(world: World, caller: Caller, action: string, scope: string): PimRefusal {
  const who = clientOf(world, caller);
  const denied = denying(world, caller.objectId, action, scope);
  if (denied !== null && allowing(world, caller.objectId, action, scope).length > 0) {
    return new PimRefusal(
      403,
      'DenyAssignmentAuthorizationFailed',
      `${who} has permission to perform action '${action}' on scope '${scope}'; however, the access is denied because of the deny assignment with name '${denied.name}' and Id '${denied.id.replaceAll('-', '')}' at scope '${denied.scope}'.`,
    );
  }
  return new PimRefusal(
    403,
    'AuthorizationFailed',
    `${who} does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** The no to a delegate whose assignment carries a condition that this does not fulfil. */
export function conditionNotFulfilled(
  world: World,
  caller: Caller,
  action: string,
  scope: string,
): PimRefusal {
  return new PimRefusal(
    403,
    'AuthorizationFailed',
    `${clientOf(world, caller)} does not have authorization or an ABAC condition not fulfilled to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

function clientOf(world: World, caller: Caller): string {
  const user = world.state.users.find((one) => one.id === caller.objectId);
  return `The client '${user?.userPrincipalName ?? caller.appId}' with object id '${caller.objectId}'`;
}

/** PIM's no to a list of other people's assignments (contract 6.1). */
export function insufficientPermissions(caller: Caller): PimRefusal {
  return new PimRefusal(
    400,
    'InsufficientPermissions',
    `The requestor ${caller.objectId} does not have permissions for this request. Please use $filter=asTarget() to filter on the requestor's assignments.`,
  );
}

/** What Azure answers and this emulator does not. */
export function notEmulated(call: Call): PimRefusal {
  const query = call.query.size === 0 ? '' : `?${decodeURIComponent(call.query.toString())}`;
  return new PimRefusal(501, 'NotImplemented', `not emulated: ${call.method} ${call.path}${query}`);
}

/** A collection that is there, with a method it does not take. */
export function methodNotAllowed(call: Call): PimRefusal {
  const words = `The requested resource does not support http method '${call.method}'.`;
  return new PimRefusal(405, 'MethodNotAllowed', words);
}

export function resourceNotFound(path: string): PimRefusal {
  return new PimRefusal(404, 'ResourceNotFound', `The Resource '${path}' was not found.`);
}

/** A scope the tenant does not have, in the words of the level that is missing. */
export function scopeNotFound(world: World, scope: string): PimRefusal {
  const [root, id = '', , group = ''] = scope.split('/').filter(Boolean);
  if (root?.toLowerCase() !== 'subscriptions') return resourceNotFound(scope);
  if (world.state.subscriptions.every((one) => one.subscriptionId !== id.toLowerCase())) {
    return new PimRefusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  }
  const known = world.state.resourceGroups.some((one) => one.name.toLowerCase() === group.toLowerCase());
  if (known) return resourceNotFound(scope);
  return new PimRefusal(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}
