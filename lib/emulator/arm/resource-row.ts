import type { Resource, State } from '#lib/emulator/state.ts';

const NO_PERMISSIONS = { keys: [], secrets: [], certificates: [] };

/** A resource as lists over all types print it. */
export function listedResource({ id, name, type, location }: Resource) {
  return { id, name, type, location };
}

/** The same as its own provider prints it: a vault tells who may open it, and what has an identity tells which. */
export function fullResource(state: State, resource: Resource) {
  const identity = state.servicePrincipals.find((one) => one.alternativeNames.includes(resource.id));
  const isItself = resource.type === 'Microsoft.ManagedIdentity/userAssignedIdentities';
  const { tenantId } = state;
  const own = identity && isItself ? { tenantId, principalId: identity.id, clientId: identity.appId } : {};
  return {
    ...listedResource(resource),
    tags: {},
    ...(identity &&
      !isItself && { identity: { type: 'SystemAssigned', principalId: identity.id, tenantId } }),
    properties: {
      ...own,
      ...(resource.type === 'Microsoft.KeyVault/vaults' && vaultProperties(state, resource)),
      provisioningState: 'Succeeded',
    },
  };
}

function vaultProperties({ tenantId, vaultPolicies = [] }: State, { id, name }: Resource) {
  const own = vaultPolicies.find(({ resourceId }) => resourceId === id);
  return {
    sku: { family: 'A', name: 'standard' },
    tenantId,
    accessPolicies: (own?.policies ?? []).map(({ objectId, ...permissions }) => ({
      tenantId,
      objectId,
      permissions: { ...NO_PERMISSIONS, ...permissions },
    })),
    enabledForDeployment: false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: 90,
    enableRbacAuthorization: own === undefined,
    vaultUri: `https://${name}.vault.azure.net/`,
  };
}
