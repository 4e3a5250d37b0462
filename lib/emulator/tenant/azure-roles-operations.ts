import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Backup, identities of machines, and the service role of access reviews. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_OPERATIONS: AzureRole[] = [
  builtInRole(
    '00c29273-979b-4161-815c-10b084fb9324',
    'Backup Operator',
    'Lets you manage backup services, except removal of backup, vault creation and giving access to others',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Network/virtualNetworks/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/operationResults/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/operationResults/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/backup/action
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/operationResults/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/operationsStatus/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/provisionInstantItemRecovery/action
      Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/accessToken/action
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints/revokeInstantItemRecovery/action
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/refreshContainers/action
      Microsoft.RecoveryServices/Vaults/backupJobs/*
      Microsoft.RecoveryServices/Vaults/backupJobsExport/action
      Microsoft.RecoveryServices/Vaults/backupOperationResults/*
      Microsoft.RecoveryServices/Vaults/backupPolicies/operationResults/read
      Microsoft.RecoveryServices/Vaults/backupPolicies/read
      Microsoft.RecoveryServices/Vaults/backupProtectableItems/*
      Microsoft.RecoveryServices/Vaults/backupProtectedItems/read
      Microsoft.RecoveryServices/Vaults/backupProtectionContainers/read
      Microsoft.RecoveryServices/Vaults/backupUsageSummaries/read
      Microsoft.RecoveryServices/Vaults/certificates/write
      Microsoft.RecoveryServices/Vaults/extendedInformation/read
      Microsoft.RecoveryServices/Vaults/extendedInformation/write
      Microsoft.RecoveryServices/Vaults/monitoringAlerts/read
      Microsoft.RecoveryServices/Vaults/monitoringConfigurations/* Microsoft.RecoveryServices/Vaults/read
      Microsoft.RecoveryServices/Vaults/registeredIdentities/operationResults/read
      Microsoft.RecoveryServices/Vaults/registeredIdentities/read
      Microsoft.RecoveryServices/Vaults/registeredIdentities/write
      Microsoft.RecoveryServices/Vaults/usages/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Storage/storageAccounts/read
      Microsoft.RecoveryServices/Vaults/backupstorageconfig/*
      Microsoft.RecoveryServices/Vaults/backupValidateOperation/action
      Microsoft.RecoveryServices/Vaults/backupTriggerValidateOperation/action
      Microsoft.RecoveryServices/Vaults/backupValidateOperationResults/read
      Microsoft.RecoveryServices/Vaults/backupValidateOperationsStatuses/read
      Microsoft.RecoveryServices/Vaults/backupOperations/read
      Microsoft.RecoveryServices/Vaults/backupPolicies/operations/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/write
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/inquire/action
      Microsoft.RecoveryServices/Vaults/backupEngines/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/backupProtectionIntent/write
      Microsoft.RecoveryServices/Vaults/backupFabrics/backupProtectionIntent/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectableContainers/read
      Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/items/read
      Microsoft.RecoveryServices/locations/backupStatus/action
      Microsoft.RecoveryServices/locations/backupPreValidateProtection/action
      Microsoft.RecoveryServices/locations/backupValidateFeatures/action
      Microsoft.RecoveryServices/locations/backupAadProperties/read
      Microsoft.RecoveryServices/locations/backupCrrJobs/action
      Microsoft.RecoveryServices/locations/backupCrrJob/action
      Microsoft.RecoveryServices/locations/backupCrossRegionRestore/action
      Microsoft.RecoveryServices/locations/backupCrrOperationResults/read
      Microsoft.RecoveryServices/locations/backupCrrOperationsStatus/read
      Microsoft.RecoveryServices/Vaults/monitoringAlerts/write Microsoft.RecoveryServices/operations/read
      Microsoft.RecoveryServices/locations/operationStatus/read
      Microsoft.RecoveryServices/Vaults/backupProtectionIntents/read Microsoft.Support/*
      Microsoft.DataProtection/backupVaults/backupInstances/read
      Microsoft.DataProtection/backupVaults/backupInstances/read
      Microsoft.DataProtection/backupVaults/backupInstances/operationResults/read
      Microsoft.DataProtection/backupVaults/backupInstances/write
      Microsoft.DataProtection/backupVaults/deletedBackupInstances/read
      Microsoft.DataProtection/backupVaults/backupPolicies/read
      Microsoft.DataProtection/backupVaults/backupPolicies/read
      Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read
      Microsoft.DataProtection/backupVaults/backupInstances/recoveryPoints/read
      Microsoft.DataProtection/backupVaults/backupInstances/findRestorableTimeRanges/action
      Microsoft.DataProtection/backupVaults/read
      Microsoft.DataProtection/backupVaults/operationResults/read
      Microsoft.DataProtection/backupVaults/operationStatus/read
      Microsoft.DataProtection/backupVaults/read Microsoft.DataProtection/backupVaults/read
      Microsoft.DataProtection/locations/operationStatus/read
      Microsoft.DataProtection/locations/operationResults/read Microsoft.DataProtection/operations/read
      Microsoft.DataProtection/backupVaults/validateForBackup/action
      Microsoft.DataProtection/backupVaults/backupInstances/backup/action
      Microsoft.DataProtection/backupVaults/backupInstances/validateRestore/action
      Microsoft.DataProtection/backupVaults/backupInstances/restore/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/crossRegionRestore/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/validateCrossRegionRestore/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/fetchCrossRegionRestoreJobs/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/fetchCrossRegionRestoreJob/action
      Microsoft.DataProtection/subscriptions/resourceGroups/providers/locations/fetchSecondaryRecoveryPoints/action
      Microsoft.DataProtection/locations/checkFeatureSupport/action
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/delete
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/read
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/unlockDelete/action
      Microsoft.RecoveryServices/Vaults/backupResourceGuardProxies/write
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/read
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/write
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/delete
      Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action
      Microsoft.DataProtection/backupVaults/backupInstances/validateForModifyBackup/action
    `,
    },
  ),
  builtInRole(
    'e40ec5ca-96e0-45a2-b4ff-59039f2c2b59',
    'Managed Identity Contributor',
    'Create, Read, Update, and Delete User Assigned Identity',
    {
      actions: `
      Microsoft.ManagedIdentity/userAssignedIdentities/read
      Microsoft.ManagedIdentity/userAssignedIdentities/write
      Microsoft.ManagedIdentity/userAssignedIdentities/delete
      Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read
      Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write
      Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete
      Microsoft.ManagedIdentity/userAssignedIdentities/revokeTokens/action Microsoft.Authorization/*/read
      Microsoft.Insights/alertRules/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Resources/deployments/* Microsoft.Support/*
    `,
    },
  ),
  builtInRole(
    'f1a07417-d97a-45cb-824c-7a7467783830',
    'Managed Identity Operator',
    'Read and Assign User Assigned Identity',
    {
      actions: `
      Microsoft.ManagedIdentity/userAssignedIdentities/*/read
      Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action Microsoft.Authorization/*/read
      Microsoft.Insights/alertRules/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Resources/deployments/* Microsoft.Support/*
    `,
    },
  ),
  builtInRole(
    '76cc9ee4-d5d3-4a45-a930-26add3d73475',
    'Access Review Operator Service Role',
    'Lets you grant Access Review System app permissions to discover and revoke access as needed by the access review process.',
    {
      actions: `
      Microsoft.Authorization/roleAssignments/read Microsoft.Authorization/roleAssignments/delete
      Microsoft.Management/getEntities/action
    `,
    },
  ),
];
