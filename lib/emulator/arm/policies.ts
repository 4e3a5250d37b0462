import { policyFor } from '#lib/emulator/pim/policies.ts';
import type { AzureRole } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { assignableAt } from './assignable-roles.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { readFilter } from './filter.ts';
import { lastSegment } from './last-segment.ts';
import { policyRules } from './policy-rules.ts';
import { pimScope, printedRole, roleDefinitionId } from './printed.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { scopeFacts } from './scopes.ts';

/** roleManagementPolicies: the settings of the roles at a scope; 403 to those who may not read them there. */
export function policies(ask: AuthorizationCall): Answer {
  mustRead(ask, 'roleManagementPolicies');
  return answer(
    ask,
    assignableAt(ask.world.state, ask.scope).map((role) => policyRow(ask, role)),
  );
}

/** roleManagementPolicyAssignments: which settings a role has at a scope, with the rules in force (contract 5.3). */
export function policyAssignments(ask: AuthorizationCall): Answer {
  mustRead(ask, 'roleManagementPolicyAssignments');
  const wanted = readFilter(ask.call, ['roleDefinitionId']).get('roleDefinitionId');
  const roles = assignableAt(ask.world.state, ask.scope).filter(
    (role) => wanted === undefined || role.name === lastSegment(wanted),
  );
  return answer(
    ask,
    roles.map((role) => policyAssignmentRow(ask, role)),
  );
}

function mustRead({ call, world, caller, scope, rest }: AuthorizationCall, collection: string): void {
  if (call.method !== 'GET' || rest.length > 2) throw notEmulated(call);
  const action = `Microsoft.Authorization/${collection}/read`;
  if (!mayOnArm(world, caller.objectId, action, scope))
    throw authorizationFailed(world, caller, action, scope);
}

function answer<Row extends { name: string }>({ call, rest }: AuthorizationCall, rows: Row[]): Answer {
  const name = rest[1]?.toLowerCase();
  if (name === undefined) return { status: 200, body: { value: rows } };
  const found = rows.find((row) => row.name.toLowerCase() === name);
  if (found === undefined) throw resourceNotFound(call.path);
  return { status: 200, body: found };
}

function policyRow({ world, scope }: AuthorizationCall, role: AzureRole) {
  const policy = policyFor(world, 'azure', role.name, scope);
  const rules = policyRules(policy);
  return {
    properties: {
      scope,
      displayName: role.roleName,
      isOrganizationDefault: false,
      rules,
      effectiveRules: rules,
      policyProperties: { scope: { id: scope, ...scopeFacts(world.state, scope) } },
    },
    name: policy.id,
    id: policyId(scope, policy.id),
    type: 'Microsoft.Authorization/roleManagementPolicies',
  };
}

function policyAssignmentRow({ world, scope }: AuthorizationCall, role: AzureRole) {
  const policy = policyFor(world, 'azure', role.name, scope);
  const name = `${policy.id}_${role.name}`;
  return {
    properties: {
      scope,
      roleDefinitionId: roleDefinitionId(scope, role.name),
      policyId: policyId(scope, policy.id),
      effectiveRules: policyRules(policy),
      policyAssignmentProperties: {
        scope: { id: scope, ...scopeFacts(world.state, scope) },
        roleDefinition: printedRole(world.state, role.name, scope),
        policy: { id: policyId(scope, policy.id) },
      },
    },
    name,
    id: `${pimScope(scope)}/providers/Microsoft.Authorization/roleManagementPolicyAssignments/${name}`,
    type: 'Microsoft.Authorization/roleManagementPolicyAssignments',
  };
}

function policyId(scope: string, id: string): string {
  return `${pimScope(scope)}/providers/Microsoft.Authorization/roleManagementPolicies/${id}`;
}
