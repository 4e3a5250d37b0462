import type { ManagementGroup, Resource, ResourceGroup, Subscription } from '#lib/emulator/state.ts';
import { numberedId } from './numbered-id.ts';

export const TENANT_ID = 'c0470500-0000-4000-8000-000000000001';

/** The root group carries the tenant's id as its name, as in every Azure tenant. */
export const MANAGEMENT_GROUPS: ManagementGroup[] = [
  { name: TENANT_ID, displayName: 'Tenant Root Group', parent: null },
  { name: 'Platform', displayName: 'Platform', parent: TENANT_ID },
  { name: 'Sandbox', displayName: 'Sandbox', parent: TENANT_ID },
];

export const SUBSCRIPTIONS: Subscription[] = [
  subscription(1, 'Production', 'Platform'),
  subscription(2, 'Staging', 'Platform'),
  subscription(3, 'Shared Services', 'Platform'),
  subscription(4, 'Development', 'Sandbox'),
  subscription(5, 'Sandbox One', 'Sandbox'),
];

export const ROOT = managementGroup(TENANT_ID);
export const PLATFORM = managementGroup('Platform');
export const SANDBOX = managementGroup('Sandbox');
export const PRODUCTION = subscriptionScope(1);
export const STAGING = subscriptionScope(2);
export const SHARED = subscriptionScope(3);
export const DEVELOPMENT = subscriptionScope(4);
export const SANDBOX_ONE = subscriptionScope(5);

export const RESOURCE_GROUPS: ResourceGroup[] = [
  resourceGroup(1, 'rg-payments'),
  resourceGroup(1, 'rg-platform'),
  resourceGroup(1, 'rg-data'),
  resourceGroup(2, 'rg-payments'),
  resourceGroup(2, 'rg-platform'),
  resourceGroup(3, 'rg-network'),
  resourceGroup(3, 'rg-monitoring'),
  resourceGroup(4, 'rg-dev'),
  resourceGroup(5, 'rg-play'),
];

export const PROD_PAYMENTS = `${PRODUCTION}/resourceGroups/rg-payments`;
export const PROD_PLATFORM = `${PRODUCTION}/resourceGroups/rg-platform`;
export const PROD_DATA = `${PRODUCTION}/resourceGroups/rg-data`;
export const DEV_GROUP = `${DEVELOPMENT}/resourceGroups/rg-dev`;
export const NETWORK_GROUP = `${SHARED}/resourceGroups/rg-network`;
export const MONITORING_GROUP = `${SHARED}/resourceGroups/rg-monitoring`;

export const RESOURCES: Resource[] = [
  resource(PROD_PAYMENTS, 'Microsoft.Storage/storageAccounts', 'stpaymentsprod'),
  resource(PROD_PAYMENTS, 'Microsoft.KeyVault/vaults', 'kv-payments-prod'),
  resource(PROD_PAYMENTS, 'Microsoft.Web/sites', 'app-payments'),
  resource(PROD_PLATFORM, 'Microsoft.ContainerService/managedClusters', 'aks-core'),
  resource(PROD_PLATFORM, 'Microsoft.ContainerRegistry/registries', 'crcontoso'),
  resource(PROD_PLATFORM, 'Microsoft.ManagedIdentity/userAssignedIdentities', 'id-backup'),
  resource(PROD_DATA, 'Microsoft.Sql/servers', 'sql-orders-prod'),
  resource(PROD_DATA, 'Microsoft.Storage/storageAccounts', 'stdatalakeprod'),
  resource(`${STAGING}/resourceGroups/rg-payments`, 'Microsoft.KeyVault/vaults', 'kv-payments-stage'),
  resource(
    `${STAGING}/resourceGroups/rg-platform`,
    'Microsoft.ContainerService/managedClusters',
    'aks-stage',
  ),
  resource(NETWORK_GROUP, 'Microsoft.Network/virtualNetworks', 'vnet-hub'),
  resource(MONITORING_GROUP, 'Microsoft.OperationalInsights/workspaces', 'log-contoso'),
  resource(DEV_GROUP, 'Microsoft.Compute/virtualMachines', 'vm-dev-01'),
  resource(DEV_GROUP, 'Microsoft.Storage/storageAccounts', 'stdevscratch'),
];

/** The full id of the resource with this name. Throws when there is none. */
export function resourceId(name: string): string {
  const found = RESOURCES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No such resource: ${name}`);
  return found.id;
}

function managementGroup(name: string): string {
  return `/providers/Microsoft.Management/managementGroups/${name}`;
}

function subscription(number: number, displayName: string, managementGroup: string): Subscription {
  return { subscriptionId: numberedId('55555555', number), displayName, managementGroup };
}

function subscriptionScope(number: number): string {
  return `/subscriptions/${numberedId('55555555', number)}`;
}

function resourceGroup(subscriptionNumber: number, name: string): ResourceGroup {
  return { subscriptionId: numberedId('55555555', subscriptionNumber), name, location: 'westeurope' };
}

function resource(group: string, type: string, name: string): Resource {
  return { id: `${group}/providers/${type}/${name}`, name, type, location: 'westeurope' };
}
