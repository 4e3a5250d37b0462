import { activeFor } from '#lib/emulator/pim/holdings.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Subscription } from '#lib/emulator/state.ts';
import type { Answer, Caller, World } from '#lib/emulator/wire.ts';
import { authorizationFailed } from './refusals.ts';
import { covers } from './scopes.ts';

/** GET /subscriptions: those where the caller holds something actively, above, at or below (contract 5.5). */
export function listSubscriptions(world: World, caller: Caller): Answer {
  const value = world.state.subscriptions
    .filter((one) => touches(world, caller, subscriptionScope(one)))
    .map((one) => subscriptionRow(world, one));
  return { status: 200, body: { value, count: { type: 'Total', value: value.length } } };
}

/** GET /subscriptions/{id}. */
export function getSubscription(world: World, caller: Caller, id: string): Answer {
  const found = world.state.subscriptions.find((one) => one.subscriptionId === id.toLowerCase());
  if (found === undefined) {
    throw new PimRefusal(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  }
  const scope = subscriptionScope(found);
  if (!touches(world, caller, scope)) {
    throw authorizationFailed(world, caller, 'Microsoft.Resources/subscriptions/read', scope);
  }
  return { status: 200, body: subscriptionRow(world, found) };
}

/** Whether the caller holds any Azure role actively that reaches a scope, or one inside it. */
export function touches(world: World, caller: Caller, scope: string): boolean {
  return activeFor(world, caller.objectId).some(
    ({ schedule }) =>
      schedule.plane === 'azure' &&
      (covers(world.state, schedule.scope, scope) || covers(world.state, scope, schedule.scope)),
  );
}

function subscriptionScope(one: Subscription): string {
  return `/subscriptions/${one.subscriptionId}`;
}

function subscriptionRow(world: World, one: Subscription) {
  return {
    id: subscriptionScope(one),
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: one.subscriptionId,
    tenantId: world.state.tenantId,
    displayName: one.displayName,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'EnterpriseAgreement_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}
