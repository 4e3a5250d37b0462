import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Narrow roles over data and keys: what a wide one can often be exchanged for. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_NARROW: AzureRole[] = [
  builtInRole(
    'db58b8e5-c6ad-4a2a-8342-4190687cbf4a',
    'Storage Blob Delegator',
    'Allows for generation of a user delegation key which can be used to sign SAS tokens',
    {
      actions: 'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
    },
  ),
  builtInRole(
    '81a9662b-bebf-436f-a333-f67b29880f12',
    'Storage Account Key Operator Service Role',
    'Storage Account Key Operators are allowed to list and regenerate keys on Storage Accounts',
    {
      actions: `
      Microsoft.Storage/storageAccounts/listkeys/action
      Microsoft.Storage/storageAccounts/regeneratekey/action
    `,
    },
  ),
  builtInRole(
    'c12c1c16-33a1-487b-954d-41c89c60f349',
    'Reader and Data Access',
    'Lets you view everything but will not let you delete or create a storage account or contained resource. It will also allow read/write access to all data contained in a storage account via access to storage account keys.',
    {
      actions: `
      Microsoft.Storage/storageAccounts/listKeys/action
      Microsoft.Storage/storageAccounts/ListAccountSas/action Microsoft.Storage/storageAccounts/read
    `,
    },
  ),
  builtInRole(
    '19e7f393-937e-4f77-808e-94535e297925',
    'Storage Queue Data Reader',
    'Allows for read access to Azure Storage queues and queue messages',
    {
      actions: 'Microsoft.Storage/storageAccounts/queueServices/queues/read',
      dataActions: 'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read',
    },
  ),
  builtInRole(
    '76199698-9eea-4c19-bc75-cec21354c6b6',
    'Storage Table Data Reader',
    'Allows for read access to Azure Storage tables and entities',
    {
      actions: 'Microsoft.Storage/storageAccounts/tableServices/tables/read',
      dataActions: 'Microsoft.Storage/storageAccounts/tableServices/tables/entities/read',
    },
  ),
  builtInRole(
    '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    'Storage Table Data Contributor',
    'Allows for read, write and delete access to Azure Storage tables and entities',
    {
      actions: `
      Microsoft.Storage/storageAccounts/tableServices/tables/read
      Microsoft.Storage/storageAccounts/tableServices/tables/write
      Microsoft.Storage/storageAccounts/tableServices/tables/delete
    `,
      dataActions: `
      Microsoft.Storage/storageAccounts/tableServices/tables/entities/read
      Microsoft.Storage/storageAccounts/tableServices/tables/entities/write
      Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete
      Microsoft.Storage/storageAccounts/tableServices/tables/entities/add/action
      Microsoft.Storage/storageAccounts/tableServices/tables/entities/update/action
    `,
    },
  ),
  builtInRole(
    'aba4ae5f-2193-4029-9191-0cb91df5e314',
    'Storage File Data SMB Share Reader',
    'Allows for read access to Azure File Share over SMB',
    {
      dataActions: 'Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read',
    },
  ),
  builtInRole(
    '0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb',
    'Storage File Data SMB Share Contributor',
    'Allows for read, write, and delete access in Azure Storage file shares over SMB',
    {
      dataActions: `
      Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read
      Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write
      Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete
    `,
    },
  ),
  builtInRole(
    '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
    'Key Vault Crypto Officer',
    "Perform any action on the keys of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
      dataActions: `
      Microsoft.KeyVault/vaults/keys/* Microsoft.KeyVault/vaults/keyrotationpolicies/*
    `,
    },
  ),
  builtInRole(
    'a4417e6f-fecd-4de8-b567-7b0420556985',
    'Key Vault Certificates Officer',
    "Perform any action on the certificates of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
      dataActions: `
      Microsoft.KeyVault/vaults/certificatecas/* Microsoft.KeyVault/vaults/certificates/*
      Microsoft.KeyVault/vaults/certificatecontacts/write
    `,
    },
  ),
  builtInRole(
    '12338af0-0e69-4776-bea7-57ae8d297424',
    'Key Vault Crypto User',
    "Perform cryptographic operations using keys. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      dataActions: `
      Microsoft.KeyVault/vaults/keys/read Microsoft.KeyVault/vaults/keys/update/action
      Microsoft.KeyVault/vaults/keys/backup/action Microsoft.KeyVault/vaults/keys/encrypt/action
      Microsoft.KeyVault/vaults/keys/decrypt/action Microsoft.KeyVault/vaults/keys/wrap/action
      Microsoft.KeyVault/vaults/keys/unwrap/action Microsoft.KeyVault/vaults/keys/sign/action
      Microsoft.KeyVault/vaults/keys/verify/action
    `,
    },
  ),
  builtInRole(
    'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba',
    'Key Vault Certificate User',
    "Read certificate contents. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      dataActions: `
      Microsoft.KeyVault/vaults/certificates/read Microsoft.KeyVault/vaults/secrets/getSecret/action
      Microsoft.KeyVault/vaults/secrets/readMetadata/action Microsoft.KeyVault/vaults/keys/read
    `,
    },
  ),
  builtInRole('c2f4ef07-c644-48eb-af81-4b1b4947fb11', 'AcrDelete', 'acr delete', {
    actions: 'Microsoft.ContainerRegistry/registries/artifacts/delete',
  }),
  builtInRole(
    '4abbcc35-e782-43d8-92c5-2d3f1bd2253f',
    'Azure Kubernetes Service Cluster User Role',
    'List cluster user credential action.',
    {
      actions: `
      Microsoft.ContainerService/managedClusters/listClusterUserCredential/action
      Microsoft.ContainerService/managedClusters/read
    `,
    },
  ),
  builtInRole(
    '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39',
    'Azure Service Bus Data Sender',
    'Allows for send access to Azure Service Bus resources.',
    {
      actions: `
      Microsoft.ServiceBus/*/queues/read Microsoft.ServiceBus/*/topics/read
      Microsoft.ServiceBus/*/topics/subscriptions/read
    `,
      dataActions: 'Microsoft.ServiceBus/*/send/action',
    },
  ),
  builtInRole(
    '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0',
    'Azure Service Bus Data Receiver',
    'Allows for receive access to Azure Service Bus resources.',
    {
      actions: `
      Microsoft.ServiceBus/*/queues/read Microsoft.ServiceBus/*/topics/read
      Microsoft.ServiceBus/*/topics/subscriptions/read
    `,
      dataActions: 'Microsoft.ServiceBus/*/receive/action',
    },
  ),
  builtInRole(
    'f526a384-b230-433a-b45c-95f59c4a2dec',
    'Azure Event Hubs Data Owner',
    'Allows for full access to Azure Event Hubs resources.',
    {
      actions: 'Microsoft.EventHub/*',
      dataActions: 'Microsoft.EventHub/*',
    },
  ),
  builtInRole(
    'a638d3c7-ab3a-418d-83e6-5f17a39d4fde',
    'Azure Event Hubs Data Receiver',
    'Allows receive access to Azure Event Hubs resources.',
    {
      actions: 'Microsoft.EventHub/*/eventhubs/consumergroups/read',
      dataActions: 'Microsoft.EventHub/*/receive/action',
    },
  ),
  builtInRole(
    '516239f1-63e1-4d78-a4de-a74fb236a071',
    'App Configuration Data Reader',
    'Allows read access to App Configuration data.',
    {
      dataActions: 'Microsoft.AppConfiguration/configurationStores/*/read',
    },
  ),
  builtInRole(
    '1407120a-92aa-4202-b7e9-c0e197c71c8f',
    'Search Index Data Reader',
    'Grants read access to Azure Cognitive Search index data.',
    {
      dataActions: 'Microsoft.Search/searchServices/indexes/documents/read',
    },
  ),
];
