import { findById } from '#lib/emulator/by-id.ts';
import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity, filterOf } from '#lib/emulator/graph/odata/collection.ts';
import { equalities } from '#lib/emulator/graph/odata/matches.ts';
import type { EntitySet, Expandable } from '#lib/emulator/graph/odata/print.ts';
import { readsAllRoles, requirePimPermission } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import { policyFor } from '#lib/emulator/pim/policies.ts';
import { invalidPolicy } from '#lib/emulator/pim/refusals.ts';
import type { Policy } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { policyRules } from './policy-rules.ts';

type ScopeType = 'Directory' | 'DirectoryRole' | 'Group';

const assignments = '/policies/roleManagementPolicyAssignments';
const policies = '/policies/roleManagementPolicies';
const ofRoles = [
  'RoleManagementPolicy.Read.Directory',
  'RoleManagementPolicy.ReadWrite.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'RoleManagement.ReadWrite.Directory',
];
const ofGroups = ['RoleManagementPolicy.Read.AzureADGroup', 'RoleManagementPolicy.ReadWrite.AzureADGroup'];

/** Role settings: which policy belongs to which role, and its rules. */
export const policyRoutes: Route[] = [
  {
    method: 'GET',
    path: assignments,
    answer: (exchange) => {
      const { scopeType, policies: found } = scoped(exchange);
      const rows = found.map((policy) => assignmentRow(exchange, policy, scopeType));
      return collection(exchange, rows, assignmentSet(exchange));
    },
  },
  {
    method: 'GET',
    path: `${assignments}/{id}`,
    answer: (exchange) => {
      const { policy, scopeType } = namedAssignment(exchange);
      return entity(exchange, assignmentRow(exchange, policy, scopeType), assignmentSet(exchange));
    },
  },
  {
    method: 'GET',
    path: policies,
    answer: (exchange) => {
      const { scopeType, policies: found } = scoped(exchange);
      const rows = found.map((policy) => policyRow(exchange, policy, scopeType));
      return collection(exchange, rows, policySet(exchange));
    },
  },
  {
    method: 'GET',
    path: `${policies}/{id}`,
    answer: (exchange) => {
      const { policy, scopeType } = namedPolicy(exchange, at(exchange, 'id'));
      return policyEntity(exchange, policy, scopeType);
    },
  },
  // Nothing above a role's settings changes them, so those in force are its own.
  ...['rules', 'effectiveRules'].flatMap(ruleRoutes),
];

function ruleRoutes(name: string): Route[] {
  const contextOf = (exchange: Exchange) =>
    `policies/roleManagementPolicies('${at(exchange, 'id')}')/${name}`;
  const rulesOf = (exchange: Exchange) => policyRules(namedPolicy(exchange, at(exchange, 'id')).policy);
  return [
    {
      method: 'GET',
      path: `${policies}/{id}/${name}`,
      answer: (exchange) => collection(exchange, rulesOf(exchange), { context: contextOf(exchange) }),
    },
    {
      method: 'GET',
      path: `${policies}/{id}/${name}/{rule}`,
      answer: (exchange) => {
        const rule = rulesOf(exchange).find(({ id }) => id === at(exchange, 'rule'));
        if (!rule) throw resourceMissing(at(exchange, 'rule'));
        return entity(exchange, rule, { context: contextOf(exchange) });
      },
    },
  ];
}

/** One policy as a read of it answers, and a write of it whole. */
export function policyEntity(exchange: Exchange, policy: Policy, scopeType: ScopeType): Answer {
  return entity(exchange, policyRow(exchange, policy, scopeType), policySet(exchange));
}

function policySet(exchange: Exchange): EntitySet {
  return { context: policies.slice(1), expand: ruleSets(exchange), canExpandAll: true };
}

function assignmentSet(exchange: Exchange): EntitySet {
  const policy: Expandable = { read: (row) => policyOfRow(exchange, row), expand: ruleSets(exchange) };
  return { context: assignments.slice(1), expand: { policy }, canExpandAll: true };
}

/** The policies a list asks for: a filter on scopeId and scopeType is required. */
function scoped(exchange: Exchange): { scopeType: ScopeType; policies: Policy[] } {
  requirePimPermission(exchange, [...ofRoles, ...ofGroups]);
  const { scopeId, scopeType } = equalities(filterOf(exchange));
  const type = (['Directory', 'DirectoryRole', 'Group'] as const).find((one) => one === scopeType);
  if (!scopeId || !type) throw badRequest("A $filter on 'scopeId' and 'scopeType' is required.");
  gate(exchange, type);
  const isDirectory = type !== 'Group' && scopeId === '/';
  return { scopeType: type, policies: isDirectory || type === 'Group' ? policiesAt(exchange, scopeId) : [] };
}

function gate(exchange: Exchange, scopeType: ScopeType): void {
  requirePimPermission(exchange, scopeType === 'Group' ? ofGroups : ofRoles);
  if (scopeType !== 'Group' && !readsAllRoles(exchange)) throw denied();
}

function policiesAt({ world }: Exchange, scopeId: string): Policy[] {
  const { entraRoles, groups } = world.state;
  if (scopeId === '/') return entraRoles.map(({ id }) => policyFor(world, 'entra', id, '/'));
  const group = findById(groups, scopeId.toLowerCase());
  return group ? ['member', 'owner'].map((role) => policyFor(world, 'group', role, group.id)) : [];
}

/** The policy an id such as `DirectoryRole_{tenant}_{guid}` names; only the GUID at the end tells them apart. */
export function namedPolicy(exchange: Exchange, named: string): { policy: Policy; scopeType: ScopeType } {
  requirePimPermission(exchange, [...ofRoles, ...ofGroups]);
  const [scopeType, home = '', guid] = named.split('_');
  if (scopeType !== 'Directory' && scopeType !== 'DirectoryRole' && scopeType !== 'Group')
    throw invalidPolicy();
  gate(exchange, scopeType);
  const policy = policiesAt(exchange, scopeType === 'Group' ? home : '/').find(
    ({ id }) => id === guid?.toLowerCase(),
  );
  if (!policy) throw invalidPolicy();
  return { policy, scopeType };
}

/** The policy of an assignment's id, which is the policy's with its role at the end. */
function namedAssignment(exchange: Exchange): { policy: Policy; scopeType: ScopeType } {
  const id = at(exchange, 'id');
  const [policy, role] = [id.slice(0, id.lastIndexOf('_')), id.slice(id.lastIndexOf('_') + 1)];
  const found = namedPolicy(exchange, policy);
  if (found.policy.role !== role.toLowerCase()) throw invalidPolicy();
  return found;
}

function policyId({ world }: Exchange, { id, scope }: Policy, scopeType: ScopeType): string {
  return `${scopeType}_${scopeType === 'Group' ? scope : world.state.tenantId}_${id}`;
}

function assignmentRow(exchange: Exchange, policy: Policy, scopeType: ScopeType): Row {
  const id = policyId(exchange, policy, scopeType);
  return {
    id: `${id}_${policy.role}`,
    policyId: id,
    scopeId: policy.scope,
    scopeType,
    roleDefinitionId: policy.role,
  };
}

function policyRow(exchange: Exchange, policy: Policy, scopeType: ScopeType): Row {
  const editor = findById(exchange.world.state.users, policy.modified?.byId ?? null);
  return {
    id: policyId(exchange, policy, scopeType),
    displayName: scopeType,
    description: scopeType,
    isOrganizationDefault: false,
    scopeId: policy.scope,
    scopeType,
    lastModifiedDateTime: moment(policy.modified?.at ?? null),
    lastModifiedBy: { displayName: editor?.displayName ?? null, id: policy.modified?.byId ?? null },
  };
}

function policyOfRow(exchange: Exchange, { scopeId, scopeType, policyId: id }: Row): Row | null {
  const type = scopeType as ScopeType;
  const rows = policiesAt(exchange, String(scopeId)).map((policy) => policyRow(exchange, policy, type));
  return rows.find((row) => row.id === id) ?? null;
}

function ruleSets(exchange: Exchange): Record<string, Expandable> {
  const read = ({ id, scopeId }: Row): Row[] => {
    const guid = String(id).split('_').at(-1);
    const policy = policiesAt(exchange, String(scopeId)).find((one) => one.id === guid);
    return policy ? policyRules(policy) : [];
  };
  return { rules: { read }, effectiveRules: { read } };
}
