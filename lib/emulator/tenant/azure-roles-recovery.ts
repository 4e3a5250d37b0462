import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Database security and backups. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_RECOVERY: AzureRole[] = [
  builtInRole(
    '056cd41c-7e88-42e1-933e-88ba6a50c9c3',
    'SQL Security Manager',
    'Lets you manage the security-related policies of SQL servers and databases, but not access to them.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Sql/locations/administratorAzureAsyncOperation/read
      Microsoft.Sql/managedInstances/advancedThreatProtectionSettings/read
      Microsoft.Sql/managedInstances/advancedThreatProtectionSettings/write
      Microsoft.Sql/managedInstances/databases/advancedThreatProtectionSettings/read
      Microsoft.Sql/managedInstances/databases/advancedThreatProtectionSettings/write
      Microsoft.Sql/managedInstances/advancedThreatProtectionSettings/read
      Microsoft.Sql/managedInstances/advancedThreatProtectionSettings/write
      Microsoft.Sql/managedInstances/databases/advancedThreatProtectionSettings/read
      Microsoft.Sql/managedInstances/databases/advancedThreatProtectionSettings/write
      Microsoft.Sql/managedInstances/databases/currentSensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/recommendedSensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/schemas/tables/columns/sensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/securityAlertPolicies/*
      Microsoft.Sql/managedInstances/databases/sensitivityLabels/*
      Microsoft.Sql/managedInstances/databases/vulnerabilityAssessments/*
      Microsoft.Sql/servers/advancedThreatProtectionSettings/read
      Microsoft.Sql/servers/advancedThreatProtectionSettings/write
      Microsoft.Sql/managedInstances/securityAlertPolicies/*
      Microsoft.Sql/managedInstances/databases/transparentDataEncryption/*
      Microsoft.Sql/managedInstances/vulnerabilityAssessments/*
      Microsoft.Sql/managedInstances/serverConfigurationOptions/read
      Microsoft.Sql/managedInstances/serverConfigurationOptions/write
      Microsoft.Sql/locations/serverConfigurationOptionAzureAsyncOperation/read
      Microsoft.Sql/servers/advancedThreatProtectionSettings/read
      Microsoft.Sql/servers/advancedThreatProtectionSettings/write
      Microsoft.Sql/servers/auditingSettings/* Microsoft.Sql/servers/extendedAuditingSettings/*
      Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/read
      Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/write
      Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/read
      Microsoft.Sql/servers/databases/advancedThreatProtectionSettings/write
      Microsoft.Sql/servers/databases/auditingSettings/* Microsoft.Sql/servers/databases/auditRecords/read
      Microsoft.Sql/servers/databases/currentSensitivityLabels/*
      Microsoft.Sql/servers/databases/dataMaskingPolicies/*
      Microsoft.Sql/servers/databases/extendedAuditingSettings/read Microsoft.Sql/servers/databases/read
      Microsoft.Sql/servers/databases/recommendedSensitivityLabels/*
      Microsoft.Sql/servers/databases/schemas/read
      Microsoft.Sql/servers/databases/schemas/tables/columns/read
      Microsoft.Sql/servers/databases/schemas/tables/columns/sensitivityLabels/*
      Microsoft.Sql/servers/databases/schemas/tables/read
      Microsoft.Sql/servers/databases/securityAlertPolicies/*
      Microsoft.Sql/servers/databases/securityMetrics/*
      Microsoft.Sql/servers/databases/sensitivityLabels/*
      Microsoft.Sql/servers/databases/transparentDataEncryption/*
      Microsoft.Sql/servers/databases/sqlvulnerabilityAssessments/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessments/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessmentScans/*
      Microsoft.Sql/servers/databases/vulnerabilityAssessmentSettings/*
      Microsoft.Sql/servers/devOpsAuditingSettings/* Microsoft.Sql/servers/firewallRules/*
      Microsoft.Sql/servers/read Microsoft.Sql/servers/securityAlertPolicies/*
      Microsoft.Sql/servers/sqlvulnerabilityAssessments/* Microsoft.Sql/servers/vulnerabilityAssessments/*
      Microsoft.Support/* Microsoft.Sql/servers/azureADOnlyAuthentications/*
      Microsoft.Sql/managedInstances/read Microsoft.Sql/managedInstances/azureADOnlyAuthentications/*
      Microsoft.Security/sqlVulnerabilityAssessments/* Microsoft.Sql/managedInstances/administrators/read
      Microsoft.Sql/servers/administrators/read Microsoft.Sql/servers/databases/ledgerDigestUploads/*
      Microsoft.Sql/locations/ledgerDigestUploadsAzureAsyncOperation/read
      Microsoft.Sql/locations/ledgerDigestUploadsOperationResults/read
      Microsoft.Sql/servers/externalPolicyBasedAuthorizations/*
    `,
    },
  ),
  builtInRole(
    '5e467623-bb1f-42f4-a55d-6e525e11384b',
    'Backup Contributor',
    "Lets you manage backups, but can't delete vaults and give access to others",
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Network/virtualNetworks/read
      Microsoft.RecoveryServices/locations/*
      Microsoft.RecoveryServices/Vaults/backupFabrics/operationResults/*
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/*
      Microsoft.RecoveryServices/Vaults/backupFabrics/refreshContainers/action
      Microsoft.RecoveryServices/Vaults/backupJobs/*
      Microsoft.RecoveryServices/Vaults/backupJobsExport/action
      Microsoft.RecoveryServices/Vaults/backupOperationResults/*
      Microsoft.RecoveryServices/Vaults/backupPolicies/*
      Microsoft.RecoveryServices/Vaults/backupProtectableItems/*
      Microsoft.RecoveryServices/Vaults/backupProtectedItems/*
      Microsoft.RecoveryServices/Vaults/backupProtectionContainers/*
      Microsoft.RecoveryServices/Vaults/backupSecurityPIN/*
      Microsoft.RecoveryServices/Vaults/backupUsageSummaries/read
      Microsoft.RecoveryServices/Vaults/certificates/*
      Microsoft.RecoveryServices/Vaults/extendedInformation/*
      Microsoft.RecoveryServices/Vaults/monitoringAlerts/read
      Microsoft.RecoveryServices/Vaults/monitoringConfigurations/* Microsoft.RecoveryServices/Vaults/read
      Microsoft.RecoveryServices/Vaults/registeredIdentities/* Microsoft.RecoveryServices/Vaults/usages/*
      Microsoft.Resources/deployments/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Storage/storageAccounts/read Microsoft.RecoveryServices/Vaults/backupstorageconfig/*
      Microsoft.RecoveryServices/Vaults/backupconfig/*
      Microsoft.RecoveryServices/Vaults/backupValidateOperation/action
      Microsoft.RecoveryServices/Vaults/write Microsoft.RecoveryServices/Vaults/backupOperations/read
      Microsoft.RecoveryServices/Vaults/backupEngines/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/backupProtectionIntent/*
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectableContainers/read
      Microsoft.RecoveryServices/vaults/operationStatus/read
      Microsoft.RecoveryServices/vaults/operationResults/read
      Microsoft.RecoveryServices/locations/backupStatus/action
      Microsoft.RecoveryServices/locations/backupPreValidateProtection/action
      Microsoft.RecoveryServices/locations/backupValidateFeatures/action
      Microsoft.RecoveryServices/Vaults/monitoringAlerts/write Microsoft.RecoveryServices/operations/read
      Microsoft.RecoveryServices/locations/operationStatus/read
      Microsoft.RecoveryServices/Vaults/backupProtectionIntents/read Microsoft.Support/*
      Microsoft.DataProtection/locations/getBackupStatus/action
      Microsoft.DataProtection/backupVaults/backupInstances/write
      Microsoft.DataProtection/backupVaults/backupInstances/delete
      Microsoft.DataProtection/backupVaults/backupInstances/read
      Microsoft.DataProtection/backupVaults/backupInstances/read
      Microsoft.DataProtection/backupVaults/deletedBackupInstances/read
      Microsoft.DataProtection/backupVaults/deletedBackupInstances/undelete/action
      Microsoft.DataProtection/backupVaults/backupInstances/backup/action
      Microsoft.DataProtection/backupVaults/backupInstances/validateRestore/action
      Microsoft.DataProtection/backupVaults/backupInstances/restore/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/crossRegionRestore/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/validateCrossRegionRestore/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/fetchCrossRegionRestoreJobs/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/fetchCrossRegionRestoreJob/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/fetchSecondaryRecoveryPoints/action
      Microsoft.DataProtection/backupVaults/backupPolicies/write
      Microsoft.DataProtection/backupVaults/backupPolicies/delete
      Microsoft.DataProtection/backupVaults/backupPolicies/read
      Microsoft.DataProtection/backupVaults/backupPolicies/read
      Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read
      Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read
      Microsoft.DataProtection/backupVaults/backupInstances/findRestorableTimeRanges/action
      Microsoft.DataProtection/backupVaults/backupInstances/operationResults/read
      Microsoft.DataProtection/backupVaults/write Microsoft.DataProtection/backupVaults/read
      Microsoft.DataProtection/backupVaults/operationResults/read
      Microsoft.DataProtection/backupVaults/operationStatus/read
      Microsoft.DataProtection/locations/checkNameAvailability/action
      Microsoft.DataProtection/locations/checkFeatureSupport/action
      Microsoft.DataProtection/backupVaults/read Microsoft.DataProtection/backupVaults/read
      Microsoft.DataProtection/locations/operationStatus/read
      Microsoft.DataProtection/locations/operationResults/read
      Microsoft.DataProtection/backupVaults/validateForBackup/action
      Microsoft.DataProtection/operations/read
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/delete
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/read
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/unlockDelete/action
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/write
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/read
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/write
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/delete
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action
      Microsoft.DataProtection/backupVaults/backupInstances/validateForModifyBackup/action
      Microsoft.DataProtection/backupVaults/backupInstances/SuspendBackups/action
      Microsoft.DataProtection/backupVaults/backupInstances/resumeProtection/action
    `,
    },
  ),
];
