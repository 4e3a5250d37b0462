import type { DirectoryPerson } from '#lib/azure/ports.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';

/** A role in the fake's tenant, with its policy and who is eligible. */
export interface FakeRole extends RoleAtScope, RoleNames {
  policy: PolicyFacts;
  eligible: { principalId: string; eligibilityId: string; throughGroup: string | null }[];
  /** A group whose members are eligible too, while they are members. */
  givenBy?: { groupId: string; eligibilityId: string };
}

function person(number: number, name: string): DirectoryPerson {
  const upn = `${name.toLowerCase().replace(' ', '.')}@contoso.example`;
  const id = `aaaaaaaa-0001-4000-8000-${String(number).padStart(12, '0')}`;
  return { id, name, upn, kind: 'member', enabled: true, jobTitle: null, department: null };
}

/** The fake's people: an engineer, approvers, and somebody eligible for nothing. */
export const people = {
  ada: person(1, 'Ada Lind'),
  bo: person(2, 'Bo Okafor'),
  cy: person(3, 'Cy Tran'),
  lou: person(8, 'Lou Grant'),
  petra: person(12, 'Petra Holm'),
  samir: person(13, 'Samir Haddad'),
};

const reasoned: PolicyFacts = {
  maximumMinutes: 480,
  justification: true,
  ticket: false,
  mfa: false,
  authenticationContext: null,
  approval: false,
  approvers: [],
};

function approvedBy(group: string, ...approvers: DirectoryPerson[]): PolicyFacts {
  const named = approvers.map(({ id, name }) => ({ id, name, through: group }));
  return { ...reasoned, maximumMinutes: 240, approval: true, approvers: named };
}

const platform = approvedBy('sg-approvers-platform', people.bo, people.cy, people.petra);
const security = approvedBy('sg-approvers-security', people.cy, people.samir);

let made = 0;

function role(at: RoleAtScope, names: RoleNames, policy: PolicyFacts, ...who: DirectoryPerson[]): FakeRole {
  const eligible = who.map(({ id }) => {
    made += 1;
    return {
      principalId: id,
      eligibilityId: `eeeeeeee-0001-4000-8000-${String(made).padStart(12, '0')}`,
      throughGroup: null,
    };
  });
  return { ...at, ...names, policy, eligible };
}

function entra(roleId: string, roleName: string, policy: PolicyFacts): FakeRole {
  const names = { roleName, scopeName: 'Directory', scopeKind: 'directory' } as const;
  return role({ plane: 'entra', roleId, scopeId: '/' }, names, policy, people.ada);
}

function group(number: number, scopeName: string, policy: PolicyFacts): FakeRole {
  const scopeId = `bbbbbbbb-0001-4000-8000-${String(number).padStart(12, '0')}`;
  const names = { roleName: 'Member', scopeName, scopeKind: 'group' } as const;
  return role({ plane: 'group', roleId: 'member', scopeId }, names, policy, people.ada);
}

const production = '/subscriptions/55555555-0001-4000-8000-000000000001';
const staging = '/subscriptions/55555555-0001-4000-8000-000000000002';
const development = '/subscriptions/55555555-0001-4000-8000-000000000004';
const cluster = `${production}/resourceGroups/rg-platform/providers/Microsoft.ContainerService/managedClusters/aks-core`;
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';

const machines = role(
  { plane: 'azure', roleId: '9980e02c-c2be-4d73-94e8-173b1dc7cf3c', scopeId: development },
  { roleName: 'Virtual Machine Contributor', scopeName: 'Development', scopeKind: 'subscription' },
  reasoned,
  people.ada,
);
for (const line of machines.eligible) line.throughGroup = 'bbbbbbbb-0001-4000-8000-000000000007';

/** The fake's roles by what their policy asks; Ada is eligible for all of them but one, which is Bo's. */
export const roles = {
  securityReader: entra('5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader', {
    ...reasoned,
    justification: false,
  }),
  userAdministrator: entra('fe930be7-5e62-47db-91af-98c3a49a38b1', 'User Administrator', reasoned),
  helpdesk: entra('729827e3-9c14-49f7-bb1b-9608f156bbb8', 'Helpdesk Administrator', {
    ...reasoned,
    maximumMinutes: 240,
    ticket: true,
  }),
  exchange: entra('29232cdf-9323-42fd-ade2-1d097af3e4de', 'Exchange Administrator', {
    ...reasoned,
    maximumMinutes: 240,
    mfa: true,
  }),
  privilegedRole: entra('e8611ab8-c189-46e8-94e1-60213ab1f814', 'Privileged Role Administrator', {
    ...reasoned,
    maximumMinutes: 120,
    authenticationContext: 'c1',
  }),
  applications: entra('9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator', security),
  onCall: group(4, 'sg-oncall-platform', { ...reasoned, maximumMinutes: 720 }),
  breakFix: group(5, 'sg-breakfix-network', { ...platform, maximumMinutes: 120 }),
  staging: role(
    { plane: 'azure', roleId: contributor, scopeId: staging },
    { roleName: 'Contributor', scopeName: 'Staging', scopeKind: 'subscription' },
    reasoned,
    people.ada,
  ),
  cluster: role(
    { plane: 'azure', roleId: 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b', scopeId: cluster },
    {
      roleName: 'Azure Kubernetes Service RBAC Cluster Admin',
      scopeName: 'aks-core',
      scopeKind: 'resource',
    },
    platform,
    people.ada,
  ),
  production: role(
    { plane: 'azure', roleId: contributor, scopeId: production },
    { roleName: 'Contributor', scopeName: 'Production', scopeKind: 'subscription' },
    platform,
    people.bo,
  ),
  machines,
  /** What being on call gives. */
  alerts: {
    ...role(
      { plane: 'azure', roleId: '749f88d5-cbae-40b8-bcfc-e573ddc772fa', scopeId: production },
      { roleName: 'Monitoring Contributor', scopeName: 'Production', scopeKind: 'subscription' },
      reasoned,
    ),
    givenBy: {
      groupId: 'bbbbbbbb-0001-4000-8000-000000000004',
      eligibilityId: 'eeeeeeee-0001-4000-8000-000000000999',
    },
  },
};

/** Names of the groups that eligibilities come through. */
export const groupNames = new Map([
  ['bbbbbbbb-0001-4000-8000-000000000004', 'sg-oncall-platform'],
  ['bbbbbbbb-0001-4000-8000-000000000007', 'sg-dev-vm'],
]);
