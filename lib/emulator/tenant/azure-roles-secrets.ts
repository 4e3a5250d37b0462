import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Key vaults and databases. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_SECRETS: AzureRole[] = [
  builtInRole(
    '00482a5a-887f-4fb3-b363-3b7fe8e74483',
    'Key Vault Administrator',
    "Perform all data plane operations on a key vault and all objects in it, including certificates, keys, and secrets. Cannot manage key vault resources or manage role assignments. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
      dataActions: 'Microsoft.KeyVault/vaults/*',
    },
  ),
  builtInRole(
    'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    'Key Vault Secrets Officer',
    "Perform any action on the secrets of a key vault, except manage permissions. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
      dataActions: 'Microsoft.KeyVault/vaults/secrets/*',
    },
  ),
  builtInRole(
    '4633458b-17de-408a-b874-0445c86b69e6',
    'Key Vault Secrets User',
    "Read secret contents. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      dataActions: `
      Microsoft.KeyVault/vaults/secrets/getSecret/action
      Microsoft.KeyVault/vaults/secrets/readMetadata/action
    `,
    },
  ),
  builtInRole(
    '21090545-7ca7-4776-b22c-e363652d74d2',
    'Key Vault Reader',
    "Read metadata of key vaults and its certificates, keys, and secrets. Cannot read sensitive values such as secret contents or key material. Only works for key vaults that use the 'Azure role-based access control' permission model.",
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.KeyVault/checkNameAvailability/read Microsoft.KeyVault/deletedVaults/read
      Microsoft.KeyVault/locations/*/read Microsoft.KeyVault/vaults/*/read
      Microsoft.KeyVault/operations/read
    `,
      dataActions: 'Microsoft.KeyVault/vaults/*/read Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    },
  ),
  builtInRole(
    'f25e0fa2-a7c8-4377-a976-54943a77a395',
    'Key Vault Contributor',
    'Lets you manage key vaults, but not access to them.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.KeyVault/*
      Microsoft.Resources/deployments/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Support/*
    `,
      notActions: `
      Microsoft.KeyVault/locations/deletedVaults/purge/action Microsoft.KeyVault/hsmPools/*
      Microsoft.KeyVault/managedHsms/*
    `,
    },
  ),
  builtInRole(
    '9b7fa17d-e63e-47b0-bb0a-15c516ac86ec',
    'SQL DB Contributor',
    "Lets you manage SQL databases, but not access to them. Also, you can't manage their security-related policies or their parent SQL servers.",
    {
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
    },
  ),
  builtInRole(
    '6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437',
    'SQL Server Contributor',
    'Lets you manage SQL servers and databases, but not access to them, and not their security -related policies.',
    {
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
    },
  ),
];
