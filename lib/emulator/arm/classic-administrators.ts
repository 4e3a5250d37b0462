import type { State } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { derivedGuid } from './derived-guid.ts';
import { authorizationFailed, notEmulated } from './refusals.ts';

const TYPE = 'Microsoft.Authorization/classicAdministrators';
const ACTION = `${TYPE}/read`;

/** Classic administrators of a subscription: retired in August 2024, and still listed where one was left over. */
export function classicAdministrators({ call, world, caller, scope, rest }: AuthorizationCall): Answer {
  if (call.method !== 'GET' || rest.length > 1) throw notEmulated(call);
  if (!mayOnArm(world, caller.objectId, ACTION, scope))
    throw authorizationFailed(world, caller, ACTION, scope);
  const value = classicRows(world.state)
    .filter((row) => row.scope === scope)
    .map(({ scope: _, ...row }) => row);
  return { status: 200, body: { value } };
}

/** All of the tenant's, each with the subscription it is at. */
export function classicRows({ classicAdministrators: left = [] }: State) {
  return left.map(({ subscriptionId, emailAddress, role }) => {
    const scope = `/subscriptions/${subscriptionId}`;
    const name = derivedGuid('classic', `${scope} ${emailAddress}`);
    const id = `${scope}/providers/${TYPE}/${name}`;
    return { properties: { emailAddress, role }, id, type: TYPE, name, scope };
  });
}
