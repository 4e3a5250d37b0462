import type { Policy } from '#lib/emulator/state.ts';
import { azureRole } from './azure-roles.ts';
import { entraRole } from './entra-roles.ts';
import { groupId } from './groups.ts';
import { numberedId } from './numbered-id.ts';
import { personId } from './people.ts';
import { DEVELOPMENT, PLATFORM, PROD_PAYMENTS, PRODUCTION, resourceId, STAGING } from './scopes.ts';

type Rules = Pick<Policy, 'maximumDuration' | 'enabledRules'>;
type Target = Pick<Policy, 'plane' | 'role' | 'scope'>;
type Demands = Partial<Pick<Policy, 'approval' | 'authenticationContext'>>;

function upTo(hours: number, ...enabledRules: Policy['enabledRules']): Rules {
  return { maximumDuration: `PT${hours}H`, enabledRules };
}

function entra(role: string): Target {
  return { plane: 'entra', role: entraRole(role), scope: '/' };
}

function azure(role: string, scope: string): Target {
  return { plane: 'azure', role: azureRole(role), scope };
}

function group(access: 'member' | 'owner', name: string): Target {
  return { plane: 'group', role: access, scope: groupId(name) };
}

function approvedBy(...names: string[]): Demands {
  const approvers = names.map((name) =>
    name.startsWith('sg-')
      ? { kind: 'group' as const, id: groupId(name), description: name }
      : { kind: 'user' as const, id: personId(name), description: name },
  );
  return { approval: { required: true, approvers } };
}

function policy(number: number, target: Target, rules: Rules, demands: Demands = {}): Policy {
  return {
    id: numberedId('dddddddd', number),
    ...target,
    ...rules,
    approval: { required: false, approvers: [] },
    authenticationContext: { enabled: false, claimValue: '' },
    ...demands,
  };
}

const STEP_UP: Demands = { authenticationContext: { enabled: true, claimValue: 'c1' } };

/** Role settings that differ from PIM's defaults. */
export const POLICIES: Policy[] = [
  policy(1, entra('Security Reader'), upTo(8)),
  policy(2, entra('User Administrator'), upTo(8, 'Justification')),
  policy(3, entra('Helpdesk Administrator'), upTo(4, 'Justification', 'Ticketing')),
  policy(4, entra('Exchange Administrator'), upTo(4, 'Justification', 'MultiFactorAuthentication')),
  policy(
    5,
    entra('Application Administrator'),
    upTo(4, 'Justification'),
    approvedBy('sg-approvers-security'),
  ),
  policy(6, entra('Privileged Role Administrator'), upTo(2, 'Justification'), STEP_UP),
  policy(7, entra('Reports Reader'), upTo(8, 'Justification')),
  policy(8, entra('Security Administrator'), upTo(4, 'Justification'), approvedBy('sg-approvers-security')),
  policy(9, entra('Global Reader'), upTo(8, 'Justification')),
  policy(
    10,
    entra('Global Administrator'),
    upTo(1, 'Justification', 'Ticketing', 'MultiFactorAuthentication'),
    approvedBy('sg-approvers-security'),
  ),
  policy(11, entra('Billing Administrator'), upTo(4, 'Justification'), approvedBy('sg-approvers-billing')),
  policy(12, entra('Cloud Application Administrator'), upTo(4, 'Justification'), {
    authenticationContext: { enabled: true, claimValue: 'c2' },
  }),
  policy(21, azure('Contributor', STAGING), upTo(8, 'Justification')),
  policy(
    22,
    azure('Owner', PRODUCTION),
    upTo(1, 'Justification', 'Ticketing', 'MultiFactorAuthentication'),
    approvedBy('bo.okafor', 'cy.tran'),
  ),
  policy(23, azure('Key Vault Secrets Officer', PROD_PAYMENTS), upTo(4, 'Justification', 'Ticketing')),
  policy(
    24,
    azure('Azure Kubernetes Service RBAC Cluster Admin', resourceId('aks-core')),
    upTo(4, 'Justification'),
    approvedBy('sg-approvers-platform'),
  ),
  policy(25, azure('Reader', PLATFORM), upTo(8)),
  policy(26, azure('Virtual Machine Contributor', DEVELOPMENT), upTo(8, 'Justification')),
  policy(27, azure('Storage Blob Data Contributor', resourceId('stpaymentsprod')), upTo(2, 'Justification')),
  policy(28, azure('Deployment Operator', STAGING), upTo(4, 'Justification')),
  policy(29, azure('Contributor', PRODUCTION), upTo(4, 'Justification'), approvedBy('sg-approvers-platform')),
  policy(
    30,
    azure('Owner', PLATFORM),
    upTo(2, 'Justification', 'MultiFactorAuthentication'),
    approvedBy('sg-approvers-platform'),
  ),
  policy(41, group('member', 'sg-oncall-platform'), upTo(12, 'Justification')),
  policy(
    42,
    group('member', 'sg-breakfix-network'),
    upTo(2, 'Justification'),
    approvedBy('sg-approvers-platform'),
  ),
  policy(43, group('owner', 'sg-data-stewards'), upTo(4, 'Justification')),
];
