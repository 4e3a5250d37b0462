import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Storage, secrets and databases. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_DATA: AzureRole[] = [
  builtInRole('17d1049b-9a84-46fb-8f53-869881c3d3ab', 'Storage Account Contributor', 'Lets you manage storage accounts, including accessing storage account keys which provide full access to storage account data.', {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.Insights/diagnosticSettings/*
      Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Storage/storageAccounts/*
      Microsoft.Support/*
    `,
  }),
  builtInRole('b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'Storage Blob Data Owner', 'Allows for full access to Azure Storage blob containers and data, including assigning POSIX access control.', {
    actions: `
      Microsoft.Storage/storageAccounts/blobServices/containers/*
      Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action
    `,
    dataActions: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*',
  }),
  builtInRole('ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor', 'Allows for read, write and delete access to Azure Storage blob containers and data', {
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
  }),
  builtInRole('2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader', 'Allows for read access to Azure Storage blob containers and data', {
    actions: `
      Microsoft.Storage/storageAccounts/blobServices/containers/read
      Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action
    `,
    dataActions: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
  }),
  builtInRole('974c5e8b-45b9-4653-ba55-5f855dd0fb88', 'Storage Queue Data Contributor', 'Allows for read, write, and delete access to Azure Storage queues and queue messages', {
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
  }),
  builtInRole('00482a5a-887f-4fb3-b363-3b7fe8e74483', 'Key Vault Administrator', "Perform all data plane operations on a key vault and all objects in it, including certificates, keys, and secrets. Cannot manage key vault resources or manage role assignments. Only works for key vaults that use the 'Azure role-based access control' permission model.", {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
    dataActions: 'Microsoft.KeyVault/vaults/*',
  }),
  builtInRole('b86a8fe4-44ce-4948-aee5-eccb2c155cd7', 'Key Vault Secrets Officer', "Perform any action on the secrets of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.", {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
    dataActions: 'Microsoft.KeyVault/vaults/secrets/*',
  }),
  builtInRole('4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User', "Read secret contents. Only works for key vaults that use the 'Azure role-based access control' permission model.", {
    dataActions: `
      Microsoft.KeyVault/vaults/secrets/getSecret/action
      Microsoft.KeyVault/vaults/secrets/readMetadata/action
    `,
  }),
  builtInRole('21090545-7ca7-4776-b22c-e363652d74d2', 'Key Vault Reader', "Read metadata of key vaults and its certificates, keys, and secrets. Cannot read sensitive values such as secret contents or key material. Only works for key vaults that use the 'Azure role-based access control' permission model.", {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
    dataActions: 'Microsoft.KeyVault/vaults/*/read Microsoft.KeyVault/vaults/secrets/readMetadata/action',
  }),
  builtInRole('f25e0fa2-a7c8-4377-a976-54943a77a395', 'Key Vault Contributor', 'Lets you manage key vaults, but not access to them.', {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.KeyVault/*
      Microsoft.Resources/deployments/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Support/*
    `,
    notActions: `
      Microsoft.KeyVault/locations/deletedVaults/purge/action Microsoft.KeyVault/hsmPools/*
      Microsoft.KeyVault/managedHsms/*
    `,
  }),
  builtInRole('9b7fa17d-e63e-47b0-bb0a-15c516ac86ec', 'SQL DB Contributor', "Lets you manage SQL databases, but not access to them. Also, you can't manage their security-related policies or their parent SQL servers.", {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Sql/locations/*/read
      Microsoft.Sql/servers/databases/* Microsoft.Sql/servers/read Microsoft.Support/*
      Microsoft.Insights/metrics/read Microsoft.Insights/metricDefinitions/read
    `,
    notActions: `
      Microsoft.Sql/managedInstances/advancedThreatProtectionSettings/*
      Microsoft.Sql/managedInstances/databases/advancedThreatProtectionSettings/*
      Microsoft.Sql/managedInstances/databases/currentSensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/recommendedSensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/schemas/tables/columns/sensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/securityAlertPolicies/*
      Microsoft.Sql/managedInstances/databases/sensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/vulnerabilityAssessments/*
      Microsoft.Sql/managedInstances/securityAlertPolicies/*
      Microsoft.Sql/managedInstances/vulnerabilityAssessments/*
      Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/*
      Microsoft.Sql/servers/databases/auditingSettings/* Microsoft.Sql/servers/databases/auditRecords/read
      Microsoft.Sql/servers/databases/currentSensitivityLabels/*
      Microsoft.Sql/servers/databases/dataMaskingPolicies/*
      Microsoft.Sql/servers/databases/extendedAuditingSettings/*
      Microsoft.Sql/servers/databases/ledgerDigestUploads/disable/action
      Microsoft.Sql/servers/databases/ledgerDigestUploads/write
      Microsoft.Sql/servers/databases/recommendedSensitivityLabels/*
      Microsoft.Sql/servers/databases/schemas/tables/columns/sensitivityLabels/*
      Microsoft.Sql/servers/databases/securityAlertPolicies/*
      Microsoft.Sql/servers/databases/securityMetrics/*
      Microsoft.Sql/servers/databases/sensitivityLabels/*
      Microsoft.Sql/servers/databases/sqlVulnerabilityAssessments/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessments/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessmentScans/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessmentSettings/*
      Microsoft.Sql/servers/sqlVulnerabilityAssessments/* Microsoft.Sql/servers/vulnerabilityAssessments/*
    `,
  }),
  builtInRole('6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437', 'SQL Server Contributor', 'Lets you manage SQL servers and databases, but not access to them, and not their security -related policies.', {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Sql/locations/*/read
      Microsoft.Sql/servers/* Microsoft.Support/* Microsoft.Insights/metrics/read
      Microsoft.Insights/metricDefinitions/read
    `,
    notActions: `
      Microsoft.Sql/managedInstances/advancedThreatProtectionSettings/*
      Microsoft.Sql/managedInstances/databases/advancedThreatProtectionSettings/*
      Microsoft.Sql/managedInstances/databases/currentSensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/recommendedSensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/schemas/tables/columns/sensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/securityAlertPolicies/*
      Microsoft.Sql/managedInstances/databases/sensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/vulnerabilityAssessments/*
      Microsoft.Sql/managedInstances/securityAlertPolicies/*
      Microsoft.Sql/managedInstances/vulnerabilityAssessments/*
      Microsoft.Sql/servers/advancedThreatProtectionSettings/* Microsoft.Sql/servers/auditingSettings/*
      Microsoft.Sql/servers/azureADOnlyAuthentications/delete
      Microsoft.Sql/servers/azureADOnlyAuthentications/write
      Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/*
      Microsoft.Sql/servers/databases/auditingSettings/* Microsoft.Sql/servers/databases/auditRecords/read
      Microsoft.Sql/servers/databases/currentSensitivityLabels/*
      Microsoft.Sql/servers/databases/dataMaskingPolicies/*
      Microsoft.Sql/servers/databases/extendedAuditingSettings/*
      Microsoft.Sql/servers/databases/recommendedSensitivityLabels/*
      Microsoft.Sql/servers/databases/schemas/tables/columns/sensitivityLabels/*
      Microsoft.Sql/servers/databases/securityAlertPolicies/*
      Microsoft.Sql/servers/databases/securityMetrics/*
      Microsoft.Sql/servers/databases/sensitivityLabels/*
      Microsoft.Sql/servers/databases/sqlVulnerabilityAssessments/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessments/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessmentScans/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessmentSettings/*
      Microsoft.Sql/servers/devOpsAuditingSettings/* Microsoft.Sql/servers/extendedAuditingSettings/*
      Microsoft.Sql/servers/externalPolicyBasedAuthorizations/delete
      Microsoft.Sql/servers/externalPolicyBasedAuthorizations/write
      Microsoft.Sql/servers/securityAlertPolicies/* Microsoft.Sql/servers/sqlVulnerabilityAssessments/*
      Microsoft.Sql/servers/vulnerabilityAssessments/*
    `,
  }),
];
