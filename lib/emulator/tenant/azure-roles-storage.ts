import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Storage accounts, blobs and queues. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_STORAGE: AzureRole[] = [
  builtInRole(
    '17d1049b-9a84-46fb-8f53-869881c3d3ab',
    'Storage Account Contributor',
    'Lets you manage storage accounts, including accessing storage account keys which provide full access to storage account data.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.Insights/diagnosticSettings/*
      Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Storage/storageAccounts/*
      Microsoft.Support/*
    `,
    },
  ),
  builtInRole(
    'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    'Storage Blob Data Owner',
    'Allows for full access to Azure Storage blob containers and data, including assigning POSIX access control.',
    {
      actions: `
      Microsoft.Storage/storageAccounts/blobServices/containers/*
      Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action
    `,
      dataActions: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*',
    },
  ),
  builtInRole(
    'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    'Storage Blob Data Contributor',
    'Allows for read, write and delete access to Azure Storage blob containers and data',
    {
      actions: `
      Microsoft.Storage/storageAccounts/blobServices/containers/delete
      Microsoft.Storage/storageAccounts/blobServices/containers/read
      Microsoft.Storage/storageAccounts/blobServices/containers/write
      Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action
    `,
      dataActions: `
      Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete
      Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read
      Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write
      Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action
      Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action
    `,
    },
  ),
  builtInRole(
    '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    'Storage Blob Data Reader',
    'Allows for read access to Azure Storage blob containers and data',
    {
      actions: `
      Microsoft.Storage/storageAccounts/blobServices/containers/read
      Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action
    `,
      dataActions: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    },
  ),
  builtInRole(
    '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    'Storage Queue Data Contributor',
    'Allows for read, write, and delete access to Azure Storage queues and queue messages',
    {
      actions: `
      Microsoft.Storage/storageAccounts/queueServices/queues/delete
      Microsoft.Storage/storageAccounts/queueServices/queues/read
      Microsoft.Storage/storageAccounts/queueServices/queues/write
    `,
      dataActions: `
      Microsoft.Storage/storageAccounts/queueServices/queues/messages/delete
      Microsoft.Storage/storageAccounts/queueServices/queues/messages/read
      Microsoft.Storage/storageAccounts/queueServices/queues/messages/write
      Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action
    `,
    },
  ),
];
