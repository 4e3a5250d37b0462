import type { Delegation } from '#lib/emulator/arm-state.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { derivedGuid } from './derived-guid.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';

const PROVIDER = 'Microsoft.ManagedServices';

/** Azure Lighthouse, to read: registrationDefinitions and registrationAssignments of a subscription (2022-10-01). */
export function lighthouse(call: Call, world: World, caller: Caller, scope: string, rest: string[]): Answer {
  const [collection = '', name, ...more] = rest;
  const isAssignment = collection.toLowerCase() === 'registrationassignments';
  const isKnown = isAssignment || collection.toLowerCase() === 'registrationdefinitions';
  if (call.method !== 'GET' || !isKnown || more.length > 0) throw notEmulated(call);
  const action = `${PROVIDER}/${isAssignment ? 'registrationAssignments' : 'registrationDefinitions'}/read`;
  if (!mayOnArm(world, caller.objectId, action, scope)) {
    throw authorizationFailed(world, caller, action, scope);
  }
  const expanded = call.query.get('$expandRegistrationDefinition')?.toLowerCase() === 'true';
  const value = (world.state.delegations ?? [])
    .filter((one) => one.scope === scope)
    .map((one) => (isAssignment ? assignmentRow(world, one, expanded) : definitionRow(world, one)));
  if (name === undefined) return { status: 200, body: { value } };
  const found = value.find((row) => row.name === name.toLowerCase());
  if (found === undefined) throw resourceNotFound(call.path);
  return { status: 200, body: found };
}

function definitionRow({ state }: World, one: Delegation) {
  const granted = ({ principalId, principalName, role }: Delegation['authorizations'][number]) => ({
    principalId,
    principalIdDisplayName: principalName,
    roleDefinitionId: role,
  });
  return {
    properties: {
      description: one.description,
      authorizations: one.authorizations.map(granted),
      eligibleAuthorizations: one.eligible.map((each) => ({
        ...granted(each),
        justInTimeAccessPolicy: {
          multiFactorAuthProvider: 'Azure',
          maximumActivationDuration: 'PT8H',
          managedByTenantApprovers: [],
        },
      })),
      registrationDefinitionName: one.name,
      managedByTenantId: one.managedByTenantId,
      managedByTenantName: one.managedByTenantName,
      manageeTenantId: state.tenantId,
      manageeTenantName: state.displayName,
      provisioningState: 'Succeeded',
    },
    id: `${one.scope}/providers/${PROVIDER}/registrationDefinitions/${one.id}`,
    type: `${PROVIDER}/registrationDefinitions`,
    name: one.id,
  };
}

function assignmentRow(world: World, one: Delegation, expanded: boolean) {
  const definition = definitionRow(world, one);
  const name = derivedGuid('registration', one.id);
  return {
    properties: {
      registrationDefinitionId: definition.id,
      provisioningState: 'Succeeded',
      ...(expanded ? { registrationDefinition: definition } : {}),
    },
    id: `${one.scope}/providers/${PROVIDER}/registrationAssignments/${name}`,
    type: `${PROVIDER}/registrationAssignments`,
    name,
  };
}
