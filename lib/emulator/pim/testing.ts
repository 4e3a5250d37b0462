import type { Policy, Schedule } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import type { Ask } from './file.ts';
import { knownRoles } from './known-roles.ts';
import { hour, ids, noon, testId, testState } from './test-tenant.ts';

export const subscriptionScope = `/subscriptions/${ids.subscription}`;
export const groupScope = `${subscriptionScope}/resourceGroups/rg-app`;
export const rootScope = '/providers/Microsoft.Management/managementGroups/root';

interface TestWorld extends World {
  /** Moves the PIM clock; nothing settles by itself. */
  advance(milliseconds: number): void;
}

/**
 * A tenant small enough to keep in the head: ada is eligible for User Administrator, for member of on-call and for
 * Contributor at the root; bo approves by the group approvers; mira is Privileged Role Administrator, gil Global Reader,
 * lou has nothing, vic is a guest.
 */
export function testWorld(): TestWorld {
  let now = noon;
  const world = {
    state: testState(),
    now: () => now,
    changed: () => {},
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
  eligible(world, {});
  eligible(world, { plane: 'group', role: 'member', scope: ids.onCall });
  eligible(world, { plane: 'azure', role: ids.contributor, scope: rootScope });
  active(world, { principalId: ids.mira, role: knownRoles.privilegedRoleAdministrator });
  active(world, { principalId: ids.gil, role: knownRoles.globalReader });
  return world;
}

/** Adds an eligible assignment: by default ada's, for User Administrator, permanent. */
export function eligible(world: World, changes: Partial<Schedule>): Schedule {
  return add(world, { kind: 'eligible', ...changes });
}

/** Adds a standing active assignment. */
export function active(world: World, changes: Partial<Schedule>): Schedule {
  return add(world, { kind: 'active', ...changes });
}

/** Gives a role its own settings: by default User Administrator's, with nothing demanded. */
export function setPolicy(world: World, changes: Partial<Policy>): Policy {
  const policy: Policy = {
    id: testId(900 + world.state.policies.length),
    plane: 'entra',
    role: knownRoles.userAdministrator,
    scope: '/',
    maximumDuration: 'PT8H',
    enabledRules: [],
    approval: { required: false, approvers: [] },
    authenticationContext: { enabled: false, claimValue: '' },
    ...changes,
  };
  world.state.policies.push(policy);
  return policy;
}

/** Approval by whoever is in the group approvers. */
export const byApprovers: Policy['approval'] = {
  required: true,
  approvers: [{ kind: 'group', id: ids.approvers, description: 'approvers' }],
};

/** A signed-in person with MFA; scopes as given. */
export function person(objectId: string, changes: Partial<Caller> = {}): Caller {
  return {
    kind: 'user',
    objectId,
    appId: testId(999),
    audience: 'graph',
    scopes: [],
    roles: [],
    mfa: true,
    acrs: [],
    displayName: '',
    ...changes,
  };
}

/** A workload with application permissions. */
export function app(...roles: string[]): Caller {
  return person(ids.workload, { kind: 'app', roles, mfa: false });
}

/** ada activates User Administrator for an hour, unless told otherwise. */
export function ask(changes: Partial<Ask> = {}): Ask {
  return {
    plane: 'entra',
    side: 'assignment',
    action: 'selfActivate',
    principalId: ids.ada,
    role: knownRoles.userAdministrator,
    scope: '/',
    justification: 'Reset a password',
    ticketNumber: null,
    ticketSystem: null,
    startAt: null,
    expiration: { type: 'afterDuration', duration: 'PT1H', endAt: null },
    validateOnly: false,
    ...changes,
  };
}

function add({ state }: World, changes: Partial<Schedule> & Pick<Schedule, 'kind'>): Schedule {
  const schedule: Schedule = {
    id: testId(500 + state.schedules.length),
    plane: 'entra',
    principalId: ids.ada,
    role: knownRoles.userAdministrator,
    scope: '/',
    startAt: noon - 24 * hour,
    endAt: null,
    assignmentType: 'assigned',
    eligibilityId: null,
    requestId: null,
    visibleFrom: noon - 24 * hour,
    createdAt: noon - 24 * hour,
    condition: null,
    ...changes,
  };
  state.schedules.push(schedule);
  return schedule;
}
