import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { authorizationFailed, notEmulated } from './refusals.ts';

const ACTION = 'Microsoft.Authorization/classicAdministrators/read';

/** Classic administrators of a subscription: retired in August 2024, so that there are none. */
export function classicAdministrators({ call, world, caller, scope, rest }: AuthorizationCall): Answer {
  if (call.method !== 'GET' || rest.length > 1) throw notEmulated(call);
  if (!mayOnArm(world, caller.objectId, ACTION, scope))
    throw authorizationFailed(world, caller, ACTION, scope);
  return { status: 200, body: { value: [] } };
}
