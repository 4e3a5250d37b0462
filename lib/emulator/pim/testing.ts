import type { EntraRole, Group, Policy, Schedule, State, User } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import type { Ask } from './file.ts';
import { knownRoles } from './known-roles.ts';

/** A GUID out of a small number, for tests only. */
export const testId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Everyone and everything of the test tenant, by id. */
export const ids = {
  ada: testId(1),
  bo: testId(2),
  mira: testId(3),
  gil: testId(4),
  lou: testId(5),
  vic: testId(6),
  onCall: testId(11),
  approvers: testId(12),
  everyone: testId(13),
  workload: testId(21),
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  subscription: testId(31),
} as const;

export const subscriptionScope = `/subscriptions/${ids.subscription}`;
export const groupScope = `${subscriptionScope}/resourceGroups/rg-app`;
export const rootScope = '/providers/Microsoft.Management/managementGroups/root';

/** 1 June 2026, noon UTC. */
export const noon = Date.UTC(2026, 5, 1, 12);
export const minute = 60_000;
export const hour = 60 * minute;

export interface TestWorld extends World {
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

function testState(): State {
  return {
    tenantId: testId(0),
    displayName: 'Test',
    domain: 'test.example',
    users: [
      user(ids.ada, 'ada'),
      user(ids.bo, 'bo'),
      user(ids.mira, 'mira'),
      user(ids.gil, 'gil'),
      user(ids.lou, 'lou'),
      { ...user(ids.vic, 'vic'), userType: 'Guest' },
    ],
    groups: [
      { ...group(ids.onCall, 'on-call', []), isAssignableToRole: true },
      group(ids.approvers, 'approvers', [ids.bo]),
      group(ids.everyone, 'everyone', [ids.ada, ids.lou, ids.approvers]),
    ],
    servicePrincipals: [
      {
        id: ids.workload,
        appId: testId(999),
        displayName: 'workload',
        servicePrincipalType: 'Application',
        accountEnabled: true,
        appOwnerOrganizationId: testId(0),
        alternativeNames: [],
        ownerIds: [],
        tags: [],
        createdAt: noon - 24 * hour,
      },
    ],
    registrations: [],
    entraRoles: Object.entries(knownRoles).map(([name, id]) => entraRole(id, name)),
    azureRoles: [
      {
        name: ids.contributor,
        roleName: 'Contributor',
        description: '',
        type: 'BuiltInRole',
        assignableScopes: ['/'],
        permissions: [{ actions: ['*'], notActions: [], dataActions: [], notDataActions: [] }],
      },
    ],
    managementGroups: [{ name: 'root', displayName: 'Root', parent: null }],
    subscriptions: [{ subscriptionId: ids.subscription, displayName: 'Apps', managementGroup: 'root' }],
    resourceGroups: [{ subscriptionId: ids.subscription, name: 'rg-app', location: 'westeurope' }],
    resources: [],
    schedules: [],
    requests: [],
    policies: [],
    signIns: [],
    clockOffsetMs: 0,
    provisioningDelayMs: 0,
  };
}

function user(id: string, login: string): User {
  return {
    id,
    userPrincipalName: `${login}@test.example`,
    displayName: login,
    givenName: login,
    surname: 'Test',
    mail: null,
    jobTitle: null,
    department: null,
    officeLocation: null,
    userType: 'Member',
    accountEnabled: true,
    managerId: id === ids.ada ? ids.bo : null,
    createdAt: noon - 24 * hour,
  };
}

function group(id: string, name: string, memberIds: string[]): Group {
  return {
    id,
    displayName: name,
    description: null,
    mailNickname: name,
    isAssignableToRole: false,
    memberIds,
    ownerIds: [],
    createdAt: noon - 24 * hour,
  };
}

function entraRole(id: string, displayName: string): EntraRole {
  return {
    id,
    displayName,
    description: '',
    isBuiltIn: true,
    isEnabled: true,
    isPrivileged: id === knownRoles.globalAdministrator,
    rolePermissions: [],
  };
}
