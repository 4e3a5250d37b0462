import { createHash } from 'node:crypto';
import { ancestorsOf } from '#lib/emulator/arm/scopes.ts';
import type { Plane, Policy, State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';

/**
 * The settings in force for a role at a scope. An Azure scope without its own takes the nearest ancestor's;
 * a role nobody configured has PIM's defaults: eight hours, justification and MFA, no approval.
 */
export function policyFor(world: World, plane: Plane, role: string, scope: string): Policy {
  for (const candidate of scopesToAsk(world, plane, scope)) {
    const own = ownPolicies(world.state).get(`${plane} ${role} ${candidate}`);
    if (own) return own;
  }
  const home = plane === 'entra' ? '/' : scope;
  return {
    id: guidFrom(`${plane} ${role} ${home}`),
    plane,
    role,
    scope: home,
    maximumDuration: 'PT8H',
    enabledRules: ['MultiFactorAuthentication', 'Justification'],
    approval: { required: false, approvers: [] },
    authenticationContext: { enabled: false, claimValue: '' },
  };
}

const known = new WeakMap<Policy[], { count: number; byTarget: Map<string, Policy> }>();

/** By plane, role and scope; the first of two counts. The list grows or is replaced. */
function ownPolicies({ policies }: State): Map<string, Policy> {
  const before = known.get(policies);
  if (before?.count === policies.length) return before.byTarget;
  const newestFirst = [...policies].reverse();
  const byTarget = new Map(newestFirst.map((one) => [`${one.plane} ${one.role} ${one.scope}`, one]));
  known.set(policies, { count: policies.length, byTarget });
  return byTarget;
}

/** Puts a policy in place of the one with its id; a default becomes the role's own. */
export function storePolicy(world: World, policy: Policy): void {
  const { state } = world;
  state.policies = [...state.policies.filter(({ id }) => id !== policy.id), policy];
  world.changed();
}

function scopesToAsk(world: World, plane: Plane, scope: string): string[] {
  if (plane === 'entra') return ['/'];
  if (plane === 'group') return [scope];
  return [scope, ...ancestorsOf(world.state, scope)];
}

/** A GUID that is the same for the same text: defaults are not stored, yet their ids must hold still. */
function guidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
