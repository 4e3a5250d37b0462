import { lastSegment, roleDefinitionPath } from '#lib/azure/arm/scope.ts';
import { type PolicyRule, readAssigningRules, readPolicyRules } from '#lib/azure/policy-rules.ts';
import type { AssigningRules } from '#lib/domain/assigning.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { readApprovers } from './approvers.ts';
import type { ReaderCalls } from './calls.ts';
import { readExtension } from './extension.ts';

export interface GraphPolicyAssignment {
  roleDefinitionId?: string | null;
  policy?: { rules?: PolicyRule[] } | null;
}

export interface ArmPolicyAssignment {
  properties?: { scope?: string; roleDefinitionId?: string; effectiveRules?: PolicyRule[] };
}

/** The policy of a role at a scope, approvers expanded; null when there is none. */
export async function readPolicy(calls: ReaderCalls, role: RoleAtScope): Promise<PolicyFacts | null> {
  const rules = await readRules(calls, role);
  return rules ? factsOf(calls, role.plane, rules) : null;
}

/** What the rules say, with the people behind the approvers they name. */
export async function factsOf(
  calls: ReaderCalls,
  plane: Plane,
  rules: readonly PolicyRule[],
): Promise<PolicyFacts> {
  const { facts: own, approvers } = readPolicyRules(rules);
  const extension = await readExtension(calls, rules);
  const facts = { ...own, ...(extension && { extension }) };
  if (!facts.approval) return { ...facts, approvers: [] };
  const { unreadGroups, ...deciding } = await readApprovers(await calls.graph(), plane, approvers);
  return { ...facts, ...deciding, ...(unreadGroups.length > 0 && { unreadGroups }) };
}

/** What the policy lets administrators give; null when there is none. */
export async function readAssigning(calls: ReaderCalls, role: RoleAtScope): Promise<AssigningRules | null> {
  const rules = await readRules(calls, role);
  return rules ? readAssigningRules(rules) : null;
}

function readRules(calls: ReaderCalls, role: RoleAtScope): Promise<PolicyRule[] | undefined> {
  return role.plane === 'azure' ? armRules(calls, role) : graphRules(calls, role);
}

async function graphRules(calls: ReaderCalls, role: RoleAtScope): Promise<PolicyRule[] | undefined> {
  // Entra's policies are the directory's: a role in an administrative unit has the same one.
  const at =
    role.plane === 'entra'
      ? `scopeId eq '/' and scopeType eq 'DirectoryRole'`
      : `scopeId eq '${role.scopeId}' and scopeType eq 'Group'`;
  const filter = `${at} and roleDefinitionId eq '${role.roleId}'`;
  const rows = await (await calls.graph()).list<GraphPolicyAssignment>(
    `/v1.0/policies/roleManagementPolicyAssignments?$filter=${filter}&$expand=policy($expand=rules)`,
  );
  return rows.find((row) => row.roleDefinitionId?.toLowerCase() === role.roleId.toLowerCase())?.policy?.rules;
}

/** Raw, because the SDK's list takes no filter and would bring every role's rules. */
async function armRules(calls: ReaderCalls, role: RoleAtScope): Promise<PolicyRule[] | undefined> {
  const filter = encodeURIComponent(`roleDefinitionId eq '${roleDefinitionPath(role.scopeId, role.roleId)}'`);
  const rows = await (await calls.arm()).rawAll<ArmPolicyAssignment>(
    `${role.scopeId}/providers/Microsoft.Authorization/roleManagementPolicyAssignments?api-version=2020-10-01&$filter=${filter}`,
  );
  const own = (row: ArmPolicyAssignment) =>
    lastSegment(row.properties?.roleDefinitionId).toLowerCase() === role.roleId.toLowerCase();
  return rows.find(own)?.properties?.effectiveRules;
}
