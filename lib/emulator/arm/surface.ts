import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Answer, Call, Caller, Surface, World } from '#lib/emulator/wire.ts';
import { activityLog } from './activity-log.ts';
import { authorization } from './authorization.ts';
import { batch } from './batch.ts';
import { checkVersion } from './check-version.ts';
import { listEntities } from './entities.ts';
import { jitAccess } from './jit-access.ts';
import { lighthouse } from './lighthouse.ts';
import { managementGroups } from './management-groups.ts';
import { mandatoryMfa } from './mandatory-mfa.ts';
import { recordActivity } from './record-activity.ts';
import { notEmulated, scopeNotFound } from './refusals.ts';
import { resourceGraph } from './resource-graph.ts';
import { getResource, getResourceGroup, listResourceGroups, listResources, listTyped } from './resources.ts';
import { canonicalScope } from './scopes.ts';
import { getSubscription, listSubscriptions } from './subscriptions.ts';
import { listTenants } from './tenants.ts';
import { unauthenticated } from './unauthenticated.ts';

/** Other providers that answer below a scope. */
const BELOW_SCOPES: Record<string, typeof lighthouse> = {
  'microsoft.managedservices': lighthouse,
  'microsoft.security': jitAccess,
};

/** Azure Resource Manager, as far as access goes. Every refusal comes in ARM's envelope; 501 for what is not here. */
export const armSurface: Surface = (call, world) => {
  const { caller } = call;
  if (caller === null || caller.audience !== 'arm') return unauthenticated(caller, world);
  const challenge = mandatoryMfa(call, caller, world);
  if (challenge !== null) return challenge;
  return inEnvelope(() => {
    checkVersion(call);
    return route(call, world, caller);
  });
};

function inEnvelope(serve: () => Answer): Answer {
  try {
    return serve();
  } catch (refusal) {
    if (!(refusal instanceof PimRefusal)) throw refusal;
    if (refusal.status === 501) console.log(refusal.message);
    return { status: refusal.status, body: { error: { code: refusal.code, message: refusal.message } } };
  }
}

function route(call: Call, world: World, caller: Caller): Answer {
  const segments = call.path.split('/').filter(Boolean);
  const lower = segments.map((segment) => segment.toLowerCase());
  const provider = lower.lastIndexOf('providers') + 1;
  const above = segments.slice(0, Math.max(0, provider - 1));
  if (lower[provider] === 'microsoft.authorization' && provider > 0) {
    const ask = {
      call,
      world,
      caller,
      scope: existingScope(world, above),
      rest: segments.slice(provider + 1),
    };
    const answer = inEnvelope(() => authorization(ask));
    if (answer.status !== 501) recordActivity(call, world, caller, ask.scope, ask.rest, answer);
    return answer;
  }
  const below = BELOW_SCOPES[lower[provider] ?? ''];
  if (below !== undefined && provider > 0) {
    return below(call, world, caller, existingScope(world, above), segments.slice(provider + 1));
  }
  if (lower.slice(provider).join('/') === 'microsoft.insights/eventtypes/management/values') {
    return activityLog(call, world, caller, existingScope(world, above));
  }
  if (lower[0] === 'batch' && lower.length === 1) return batch(call, (member) => armSurface(member, world));
  if (lower[0] === 'tenants' && lower.length === 1 && call.method === 'GET') return listTenants(world);
  if (lower.join('/') === 'providers/microsoft.resourcegraph/resources') {
    return resourceGraph(call, world, caller);
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
  if (part.length === 3 && part[0] === 'providers') {
    return listTyped(call, world, caller, below(2), part.slice(1).join('/'));
  }
  if (part[0] !== 'resourcegroups') throw notEmulated(call);
  if (part.length === 1) return listResourceGroups(call, world, caller, below(2));
  if (part.length === 2) return getResourceGroup(world, caller, below(4));
  if (part.length === 3 && part[2] === 'resources') return listResources(call, world, caller, below(4));
  if (part.length === 5 && part[2] === 'providers') {
    return listTyped(call, world, caller, below(4), part.slice(3).join('/'));
  }
  if (part.length === 6 && part[2] === 'providers') {
    return getResource(world, caller, existingScope(world, segments));
  }
  throw notEmulated(call);
}

function existingScope(world: World, segments: string[]): string {
  const written = `/${segments.join('/')}`;
  const scope = canonicalScope(world.state, written);
  if (scope === null) throw scopeNotFound(world, written);
  return scope;
}
