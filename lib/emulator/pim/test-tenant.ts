import { emptyGraphState } from '#lib/emulator/graph-state.ts';
import type { EntraRole, Group, State, User } from '#lib/emulator/state.ts';
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

/** 1 June 2026, noon UTC. */
export const noon = Date.UTC(2026, 5, 1, 12);
export const minute = 60_000;
export const hour = 60 * minute;

/** The tenant before anybody holds anything. */
export function testState(): State {
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
    graph: emptyGraphState(),
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
