import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Answer, Call, Caller, Surface, World } from '#lib/emulator/wire.ts';
import { authorization } from './authorization.ts';
import { checkVersion } from './check-version.ts';
import { listEntities } from './entities.ts';
import { managementGroups } from './management-groups.ts';
import { notEmulated, scopeNotFound } from './refusals.ts';
import { getResourceGroup, listResourceGroups, listResources } from './resources.ts';
import { canonicalScope } from './scopes.ts';
import { getSubscription, listSubscriptions } from './subscriptions.ts';
import { unauthenticated } from './unauthenticated.ts';

/** Azure Resource Manager, as far as access goes. Every refusal comes in ARM's envelope; 501 for what is not here. */
export const armSurface: Surface = (call, world) => {
  const { caller } = call;
  if (caller === null || caller.audience !== 'arm') return unauthenticated(caller, world);
  try {
    checkVersion(call);
    return route(call, world, caller);
  } catch (refusal) {
    if (!(refusal instanceof PimRefusal)) throw refusal;
    if (refusal.status === 501) console.log(refusal.message);
    return { status: refusal.status, body: { error: { code: refusal.code, message: refusal.message } } };
  }
};

function route(call: Call, world: World, caller: Caller): Answer {
  const segments = call.path.split('/').filter(Boolean);
  const lower = segments.map((segment) => segment.toLowerCase());
  const provider = lower.lastIndexOf('microsoft.authorization');
  if (provider > 0 && lower[provider - 1] === 'providers') {
    const scope = existingScope(world, segments.slice(0, provider - 1));
    return authorization({ call, world, caller, scope, rest: segments.slice(provider + 1) });
  }
  if (lower[0] === 'subscriptions') return subscriptionRoute(call, world, caller, segments);
  if (lower[0] !== 'providers' || lower[1] !== 'microsoft.management') throw notEmulated(call);
  if (lower[2] === 'managementgroups') return managementGroups(call, world, caller, segments.slice(3));
  if (call.method === 'POST' && lower.slice(2).join('/') === 'getentities') {
    return listEntities(call, world, caller);
  }
  throw notEmulated(call);
}

function subscriptionRoute(call: Call, world: World, caller: Caller, segments: string[]): Answer {
  const [, id, ...rest] = segments;
  const part = rest.map((segment) => segment.toLowerCase());
  if (call.method !== 'GET') throw notEmulated(call);
  if (id === undefined) return listSubscriptions(world, caller);
  if (part.length === 0) return getSubscription(world, caller, id);
  const below = (length: number) => existingScope(world, segments.slice(0, length));
  if (part.length === 1 && part[0] === 'resources') return listResources(call, world, caller, below(2));
  if (part[0] !== 'resourcegroups') throw notEmulated(call);
  if (part.length === 1) return listResourceGroups(call, world, caller, below(2));
  if (part.length === 2) return getResourceGroup(world, caller, below(4));
  if (part.length === 3 && part[2] === 'resources') return listResources(call, world, caller, below(4));
  throw notEmulated(call);
}

function existingScope(world: World, segments: string[]): string {
  const written = `/${segments.join('/')}`;
  const scope = canonicalScope(world.state, written);
  if (scope === null) throw scopeNotFound(world, written);
  return scope;
}
