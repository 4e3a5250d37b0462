import { policyFor } from '#lib/emulator/pim/policies.ts';
import { invalidPolicy } from '#lib/emulator/pim/refusals.ts';
import type { AzureRole, Policy, State } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { assignableAt } from './assignable-roles.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { tellsNull } from './check-version.ts';
import { derivedGuid } from './derived-guid.ts';
import { readFilter } from './filter.ts';
import { lastSegment } from './last-segment.ts';
import { policyRules } from './policy-rules.ts';
import { withRules } from './policy-write.ts';
import { pimScope, printedPrincipal, printedRole, printedTime, roleDefinitionId } from './printed.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { fields, text } from './request-body.ts';
import { scopeFacts } from './scopes.ts';

/** roleManagementPolicies: the settings of the roles at a scope; 403 to those who may not read them there. */
export function policies(ask: AuthorizationCall): Answer {
  if (ask.call.method === 'PATCH' && ask.rest.length === 2) return patch(ask);
  if (ask.call.method === 'DELETE' && ask.rest.length === 2) return dropOwn(ask, 'roleManagementPolicies');
  mustRead(ask, 'roleManagementPolicies');
  return answer(
    ask,
    assignableAt(ask.world.state, ask.scope).map((role) => policyRow(ask, role)),
  );
}

/** roleManagementPolicyAssignments: which settings a role has at a scope, with the rules in force (contract 5.3). */
export function policyAssignments(ask: AuthorizationCall): Answer {
  if (ask.call.method === 'DELETE' && ask.rest.length === 2) {
    return dropOwn(ask, 'roleManagementPolicyAssignments');
  }
  if (ask.call.method === 'PUT' && ask.rest.length === 2) return put(ask);
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

/** Changes the settings of one role at one scope; what was inherited until now becomes its own. */
function patch(ask: AuthorizationCall): Answer {
  const { call, world, caller, scope } = ask;
  mayOrRefuse(ask, 'roleManagementPolicies/write');
  const name = lastSegment(call.path);
  const role = assignableAt(world.state, scope).find((one) => ownPolicy(ask, one).id === name);
  if (role === undefined) throw resourceNotFound(call.path);
  const before = ownPolicy(ask, role);
  const { rules } = fields(fields(call.body).properties);
  const after = withRules({ ...before, modified: { at: world.now(), byId: caller.objectId } }, rules);
  const { state } = world;
  state.policies = [...state.policies.filter((one) => one.id !== before.id), after];
  world.changed();
  return { status: 200, body: policyRow(ask, role) };
}

/** PUT of a policy assignment: says again which settings a role has. A role has its own settings and no others'. */
function put(ask: AuthorizationCall): Answer {
  const { call, world, caller, scope } = ask;
  mayOrRefuse(ask, 'roleManagementPolicyAssignments/write');
  const { properties } = fields(call.body);
  const { roleDefinitionId: written, policyId: wanted } = fields(properties);
  const name = lastSegment(text(written) ?? '');
  const role = assignableAt(world.state, scope).find((one) => one.name === name);
  if (role === undefined) throw invalidPolicy();
  const policy = ownPolicy(ask, role);
  const isItsOwn =
    lastSegment(text(wanted) ?? '') === policy.id && lastSegment(call.path) === `${policy.id}_${role.name}`;
  if (!isItsOwn) throw invalidPolicy();
  const { state } = world;
  const kept = state.policies.filter((one) => one.id !== policy.id);
  state.policies = [...kept, { ...policy, modified: { at: world.now(), byId: caller.objectId } }];
  world.changed();
  return { status: 201, body: policyAssignmentRow(ask, role) };
}

/** DELETE of a policy or of its assignment: the role takes its settings from above again. 204 where it has none of its own. */
function dropOwn(ask: AuthorizationCall, collection: string): Answer {
  const { call, world, scope } = ask;
  mayOrRefuse(ask, `${collection}/delete`);
  const name = lastSegment(call.path);
  const { state } = world;
  const kept = state.policies.filter(
    (one) => one.scope !== scope || (one.id !== name && `${one.id}_${one.role}` !== name),
  );
  if (kept.length === state.policies.length) return { status: 204 };
  state.policies = kept;
  world.changed();
  return { status: 200 };
}

/** The policy a role has at this scope; one that comes from above is seen here under an id of its own. */
function ownPolicy({ world, scope }: AuthorizationCall, role: AzureRole): Policy {
  const policy = policyFor(world, 'azure', role.name, scope);
  if (policy.scope === scope) return policy;
  return { ...policy, scope, id: derivedGuid('policy', `${role.name} ${scope}`) };
}

function mustRead(ask: AuthorizationCall, collection: string): void {
  if (ask.call.method !== 'GET' || ask.rest.length > 2) throw notEmulated(ask.call);
  mayOrRefuse(ask, `${collection}/read`);
}

function mayOrRefuse({ world, caller, scope }: AuthorizationCall, verb: string): void {
  const action = `Microsoft.Authorization/${verb}`;
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

function policyRow(ask: AuthorizationCall, role: AzureRole) {
  const { world, scope } = ask;
  const policy = ownPolicy(ask, role);
  const rules = policyRules(policy, tellsNull(ask.call));
  return {
    properties: {
      scope,
      displayName: null,
      description: null,
      isOrganizationDefault: false,
      rules,
      effectiveRules: rules,
      ...modification(world.state, policy),
      lastModifiedDateTime: printedTime(policy.modified?.at ?? tenantBegan(world.state)),
    },
    name: policy.id,
    id: policyId(scope, policy.id),
    type: 'Microsoft.Authorization/roleManagementPolicies',
  };
}

function policyAssignmentRow(ask: AuthorizationCall, role: AzureRole) {
  const { world, scope } = ask;
  const policy = ownPolicy(ask, role);
  const name = `${policy.id}_${role.name}`;
  return {
    properties: {
      scope,
      roleDefinitionId: roleDefinitionId(scope, role.name),
      policyId: policyId(scope, policy.id),
      effectiveRules: policyRules(policy, tellsNull(ask.call)),
      policyAssignmentProperties: {
        scope: { id: scope, ...scopeFacts(world.state, scope) },
        roleDefinition: printedRole(world.state, role.name, scope),
        policy: { id: policyId(scope, policy.id), ...modification(world.state, policy) },
      },
    },
    name,
    id: `${pimScope(scope)}/providers/Microsoft.Authorization/roleManagementPolicyAssignments/${name}`,
    type: 'Microsoft.Authorization/roleManagementPolicyAssignments',
  };
}

function modification(state: State, { modified }: Policy) {
  const nobody = { id: null, displayName: 'Admin', type: null, email: null };
  if (modified === undefined) return { lastModifiedBy: nobody, lastModifiedDateTime: null };
  const who = printedPrincipal(state, modified.byId);
  return { lastModifiedBy: { ...nobody, ...who }, lastModifiedDateTime: printedTime(modified.at) };
}

/** Settings that nobody has changed are as old as the tenant. */
function tenantBegan({ users }: State): number {
  return users[0]?.createdAt ?? 0;
}

function policyId(scope: string, id: string): string {
  return `${pimScope(scope)}/providers/Microsoft.Authorization/roleManagementPolicies/${id}`;
}
