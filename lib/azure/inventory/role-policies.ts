/** What PIM asks before an activation, list by list: every role of the directory, of a group, of a scope; one role below it. */
import { lastSegment, plainScope, roleDefinitionPath } from '#lib/azure/arm/scope.ts';
import type { PolicyRule } from '#lib/azure/policy-rules.ts';
import type { ReaderCalls } from '#lib/azure/reader/calls.ts';
import { type ArmPolicyAssignment, factsOf, type GraphPolicyAssignment } from '#lib/azure/reader/policy.ts';
import { type Harvest, harvest, type PolicySeen } from '#lib/domain/inventory.ts';
import type { Plane } from '#lib/domain/plane.ts';

const assignmentsPath = '/v1.0/policies/roleManagementPolicyAssignments';
const withRules = '$expand=policy($expand=rules)';

export function readEntraPolicies(calls: ReaderCalls, cursor: string | null): Promise<Harvest> {
  const first = `${assignmentsPath}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'&${withRules}`;
  return graphPolicies(calls, 'entra', '/', cursor ?? first);
}

export function readGroupPolicies(
  calls: ReaderCalls,
  groupId: string,
  cursor: string | null,
): Promise<Harvest> {
  const first = `${assignmentsPath}?$filter=scopeId eq '${groupId}' and scopeType eq 'Group'&${withRules}`;
  return graphPolicies(calls, 'group', groupId, cursor ?? first);
}

async function graphPolicies(
  calls: ReaderCalls,
  plane: Plane,
  scopeId: string,
  path: string,
): Promise<Harvest> {
  const { rows, next } = await (await calls.graph()).page<GraphPolicyAssignment>(path);
  const listed = rows.map(({ roleDefinitionId, policy }) => ({
    scopeId,
    roleId: roleDefinitionId ?? '',
    rules: policy?.rules,
  }));
  return harvest({ policies: await seen(calls, plane, listed), next });
}

/** Settings of Azure roles are every scope's own: here those of a subscription or management group itself. */
export async function readAzurePolicies(
  calls: ReaderCalls,
  place: string,
  cursor: string | null,
): Promise<Harvest> {
  const first = `${place}/providers/Microsoft.Authorization/roleManagementPolicyAssignments?api-version=2020-10-01`;
  const { rows, next } = await (await calls.arm()).page<ArmPolicyAssignment>(cursor ?? first);
  return harvest({ policies: await seen(calls, 'azure', armRules(rows, place)), next });
}

function armRules(rows: readonly ArmPolicyAssignment[], place: string) {
  return rows.map(({ properties }) => ({
    scopeId: plainScope(properties?.scope ?? place),
    roleId: lastSegment(properties?.roleDefinitionId),
    rules: properties?.effectiveRules,
  }));
}

/**
 * The settings of one role at a resource group or resource: asked for by themselves, since a list there brings every role
 * that could be given. Azure's role settings are each scope's own.
 */
export async function readAzureRolePolicy(
  calls: ReaderCalls,
  place: string,
  cursor: string | null,
): Promise<Harvest> {
  const end = place.lastIndexOf('|');
  const [scopeId, roleId] = [place.slice(0, end), place.slice(end + 1)];
  const filter = encodeURIComponent(`roleDefinitionId eq '${roleDefinitionPath(scopeId, roleId)}'`);
  const first = `${scopeId}/providers/Microsoft.Authorization/roleManagementPolicyAssignments?api-version=2020-10-01&$filter=${filter}`;
  const { rows, next } = await (await calls.arm()).page<ArmPolicyAssignment>(cursor ?? first);
  const listed = armRules(rows, scopeId).filter((row) => row.roleId.toLowerCase() === roleId);
  const policies = await seen(calls, 'azure', listed);
  // That there is none is known, too, and not asked for again with every look.
  const none = cursor === null && next === null && policies.length === 0;
  return harvest({ policies: none ? [{ plane: 'azure', scopeId, roleId, facts: null }] : policies, next });
}

/** One after the other: approvers that several policies name are asked for once. */
async function seen(
  calls: ReaderCalls,
  plane: Plane,
  listed: { scopeId: string; roleId: string; rules: PolicyRule[] | undefined }[],
): Promise<PolicySeen[]> {
  const policies: PolicySeen[] = [];
  for (const { scopeId, roleId, rules } of listed) {
    if (roleId && rules) policies.push({ plane, roleId, scopeId, facts: await factsOf(calls, plane, rules) });
  }
  return policies;
}
