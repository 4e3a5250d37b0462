import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Machines, clusters and images. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_COMPUTE: AzureRole[] = [
  builtInRole(
    '9980e02c-c2be-4d73-94e8-173b1dc7cf3c',
    'Virtual Machine Contributor',
    "Lets you manage virtual machines, but not access to them, and not the virtual network or storage account they're connected to.",
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Compute/availabilitySets/* Microsoft.Compute/locations/*
      Microsoft.Compute/virtualMachines/* Microsoft.Compute/virtualMachineScaleSets/*
      Microsoft.Compute/cloudServices/* Microsoft.Compute/disks/write Microsoft.Compute/disks/read
      Microsoft.Compute/disks/delete Microsoft.Compute/hostgroups/write
      Microsoft.Compute/hostgroups/hosts/write Microsoft.DevTestLab/schedules/*
      Microsoft.Insights/alertRules/*
      Microsoft.Network/applicationGateways/backendAddressPools/join/action
      Microsoft.Network/loadBalancers/backendAddressPools/join/action
      Microsoft.Network/loadBalancers/inboundNatPools/join/action
      Microsoft.Network/loadBalancers/inboundNatRules/join/action
      Microsoft.Network/loadBalancers/probes/join/action Microsoft.Network/loadBalancers/read
      Microsoft.Network/locations/* Microsoft.Network/networkInterfaces/*
      Microsoft.Network/networkSecurityGroups/join/action Microsoft.Network/networkSecurityGroups/read
      Microsoft.Network/publicIPAddresses/join/action Microsoft.Network/publicIPAddresses/read
      Microsoft.Network/virtualNetworks/read Microsoft.Network/virtualNetworks/subnets/join/action
      Microsoft.RecoveryServices/locations/*
      Microsoft.RecoveryServices/Vaults/backupFabrics/backupProtectionIntent/write
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/*/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write
      Microsoft.RecoveryServices/Vaults/backupPolicies/read
      Microsoft.RecoveryServices/Vaults/backupPolicies/write Microsoft.RecoveryServices/Vaults/read
      Microsoft.RecoveryServices/Vaults/usages/read Microsoft.RecoveryServices/Vaults/write
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.SerialConsole/serialPorts/connect/action Microsoft.SqlVirtualMachine/*
      Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Storage/storageAccounts/read
      Microsoft.Support/*
    `,
    },
  ),
  builtInRole(
    '1c0163c0-47e6-4577-8991-ea5c82e286e4',
    'Virtual Machine Administrator Login',
    'View Virtual Machines in the portal and login as administrator',
    {
      actions: `
      Microsoft.Network/publicIPAddresses/read Microsoft.Network/virtualNetworks/read
      Microsoft.Network/loadBalancers/read Microsoft.Network/networkInterfaces/read
      Microsoft.Compute/virtualMachines/*/read Microsoft.HybridCompute/machines/*/read
      Microsoft.HybridConnectivity/endpoints/listCredentials/action
    `,
      dataActions: `
      Microsoft.Compute/virtualMachines/login/action Microsoft.Compute/virtualMachines/loginAsAdmin/action
      Microsoft.HybridCompute/machines/login/action Microsoft.HybridCompute/machines/loginAsAdmin/action
    `,
    },
  ),
  builtInRole(
    'fb879df8-f326-4884-b1cf-06f3ad86be52',
    'Virtual Machine User Login',
    'View Virtual Machines in the portal and login as a regular user.',
    {
      actions: `
      Microsoft.Network/publicIPAddresses/read Microsoft.Network/virtualNetworks/read
      Microsoft.Network/loadBalancers/read Microsoft.Network/networkInterfaces/read
      Microsoft.Compute/virtualMachines/*/read Microsoft.HybridCompute/machines/*/read
      Microsoft.HybridConnectivity/endpoints/listCredentials/action
    `,
      dataActions: `
      Microsoft.Compute/virtualMachines/login/action Microsoft.HybridCompute/machines/login/action
    `,
    },
  ),
  builtInRole(
    '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8',
    'Azure Kubernetes Service Cluster Admin Role',
    'List cluster admin credential action.',
    {
      actions: `
      Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action
      Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action
      Microsoft.ContainerService/managedClusters/read
      Microsoft.ContainerService/managedClusters/runcommand/action
    `,
    },
  ),
  builtInRole(
    'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b',
    'Azure Kubernetes Service RBAC Cluster Admin',
    'Lets you manage all resources in the cluster.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Resources/subscriptions/operationresults/read
      Microsoft.Resources/subscriptions/read Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.ContainerService/managedClusters/listClusterUserCredential/action
    `,
      dataActions: 'Microsoft.ContainerService/managedClusters/*',
    },
  ),
  builtInRole(
    '3498e952-d568-435e-9b2c-8d77e338d7f7',
    'Azure Kubernetes Service RBAC Admin',
    'Lets you manage all resources under cluster/namespace, except update or delete resource quotas and namespaces.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Resources/subscriptions/operationresults/read
      Microsoft.Resources/subscriptions/read Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.ContainerService/managedClusters/listClusterUserCredential/action
    `,
      dataActions: 'Microsoft.ContainerService/managedClusters/*',
      notDataActions: `
      Microsoft.ContainerService/managedClusters/resourcequotas/write
      Microsoft.ContainerService/managedClusters/resourcequotas/delete
      Microsoft.ContainerService/managedClusters/namespaces/write
      Microsoft.ContainerService/managedClusters/namespaces/delete
    `,
    },
  ),
  builtInRole(
    'ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8',
    'Azure Kubernetes Service Contributor Role',
    'Grants access to read and write Azure Kubernetes Service clusters',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.ContainerService/locations/*
      Microsoft.ContainerService/managedClusters/* Microsoft.ContainerService/managedclustersnapshots/*
      Microsoft.ContainerService/snapshots/* Microsoft.Insights/alertRules/*
      Microsoft.Resources/deployments/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.ContainerService/deploymentSafeguards/*
    `,
    },
  ),
  builtInRole('8311e382-0749-4cb8-b61a-304f252e45ec', 'AcrPush', 'acr push', {
    actions: `
      Microsoft.ContainerRegistry/registries/pull/read Microsoft.ContainerRegistry/registries/push/write
    `,
  }),
  builtInRole('7f951dda-4ed3-4680-a7ca-43fe172d538d', 'AcrPull', 'acr pull', {
    actions: 'Microsoft.ContainerRegistry/registries/pull/read',
  }),
];
