import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Logs, metrics, security and cost. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_MONITORING: AzureRole[] = [
  builtInRole(
    '749f88d5-cbae-40b8-bcfc-e573ddc772fa',
    'Monitoring Contributor',
    'Can read all monitoring data and update monitoring settings.',
    {
      actions: `
      */read Microsoft.AlertsManagement/alerts/* Microsoft.AlertsManagement/alertsSummary/*
      Microsoft.AlertsManagement/issues/* Microsoft.Insights/actiongroups/*
      Microsoft.Insights/activityLogAlerts/* Microsoft.Insights/AlertRules/*
      Microsoft.Insights/components/* Microsoft.Insights/createNotifications/*
      Microsoft.Insights/dataCollectionEndpoints/* Microsoft.Insights/dataCollectionRules/*
      Microsoft.Insights/dataCollectionRuleAssociations/* Microsoft.Insights/DiagnosticSettings/*
      Microsoft.Insights/eventtypes/* Microsoft.Insights/LogDefinitions/*
      Microsoft.Insights/metricalerts/* Microsoft.Insights/MetricDefinitions/*
      Microsoft.Insights/Metrics/* Microsoft.Insights/notificationStatus/*
      Microsoft.Insights/Register/Action Microsoft.Insights/scheduledqueryrules/*
      Microsoft.Insights/webtests/* Microsoft.Insights/workbooks/* Microsoft.Insights/workbooktemplates/*
      Microsoft.Insights/privateLinkScopes/* Microsoft.Insights/privateLinkScopeOperationStatuses/*
      Microsoft.Monitor/accounts/* Microsoft.Monitor/settings/*
      Microsoft.OperationalInsights/workspaces/write
      Microsoft.OperationalInsights/workspaces/intelligencepacks/*
      Microsoft.OperationalInsights/workspaces/savedSearches/*
      Microsoft.OperationalInsights/workspaces/search/action
      Microsoft.OperationalInsights/workspaces/sharedKeys/action
      Microsoft.OperationalInsights/workspaces/sharedKeys/read
      Microsoft.OperationalInsights/workspaces/storageinsightconfigs/*
      Microsoft.OperationalInsights/locations/workspaces/failover/action
      Microsoft.OperationalInsights/workspaces/failback/action Microsoft.Support/*
      Microsoft.AlertsManagement/smartDetectorAlertRules/* Microsoft.AlertsManagement/actionRules/*
      Microsoft.AlertsManagement/smartGroups/* Microsoft.AlertsManagement/migrateFromSmartDetection/*
      Microsoft.AlertsManagement/investigations/* Microsoft.AlertsManagement/prometheusRuleGroups/*
      Microsoft.Monitor/investigations/* Microsoft.Resources/deployments/*
    `,
    },
  ),
  builtInRole('43d0d8ad-25c7-4714-9337-8ba259a9fe05', 'Monitoring Reader', 'Can read all monitoring data.', {
    actions: '*/read Microsoft.OperationalInsights/workspaces/search/action Microsoft.Support/*',
  }),
  builtInRole(
    '92aaf0da-9dab-42b6-94a3-d43ce8d16293',
    'Log Analytics Contributor',
    'Log Analytics Contributor can read all monitoring data and edit monitoring settings. Editing monitoring settings includes adding the VM extension to VMs; reading storage account keys to be able to configure collection of logs from Azure Storage; adding solutions; and configuring Azure diagnostics on all Azure resources.',
    {
      actions: `
      */read Microsoft.ClassicCompute/virtualMachines/extensions/*
      Microsoft.ClassicStorage/storageAccounts/listKeys/action
      Microsoft.Compute/virtualMachines/extensions/* Microsoft.HybridCompute/machines/extensions/write
      Microsoft.Insights/alertRules/* Microsoft.Insights/diagnosticSettings/*
      Microsoft.OperationalInsights/* Microsoft.OperationsManagement/* Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourcegroups/deployments/*
      Microsoft.Storage/storageAccounts/listKeys/action Microsoft.Support/*
    `,
      dataActions: 'Microsoft.OperationalInsights/workspaces/jobs/export/action',
    },
  ),
  builtInRole(
    '73c42c96-874c-492b-b04d-ab87d138a893',
    'Log Analytics Reader',
    'Log Analytics Reader can view and search all monitoring data as well as and view monitoring settings, including viewing the configuration of Azure diagnostics on all Azure resources.',
    {
      actions: `
      */read Microsoft.OperationalInsights/workspaces/analytics/query/action
      Microsoft.OperationalInsights/workspaces/search/action Microsoft.Support/*
    `,
      notActions: 'Microsoft.OperationalInsights/workspaces/sharedKeys/read',
      dataActions: 'Microsoft.OperationalInsights/workspaces/jobs/export/action',
    },
  ),
  builtInRole('fb1c8493-542b-48eb-b624-b4c8fea62acd', 'Security Admin', 'Security Admin Role', {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Authorization/policyAssignments/*
      Microsoft.Authorization/policyDefinitions/* Microsoft.Authorization/policyExemptions/*
      Microsoft.Authorization/policySetDefinitions/* Microsoft.Insights/alertRules/*
      Microsoft.Management/managementGroups/read Microsoft.operationalInsights/workspaces/*/read
      Microsoft.Resources/deployments/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Security/* Microsoft.IoTSecurity/* Microsoft.IoTFirmwareDefense/* Microsoft.Support/*
    `,
  }),
  builtInRole('39bc4728-0917-49c7-9d2c-d95423bc2eb4', 'Security Reader', 'Security Reader Role', {
    actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/read
      Microsoft.operationalInsights/workspaces/*/read Microsoft.Resources/deployments/*/read
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Security/*/read
      Microsoft.IoTSecurity/*/read Microsoft.Support/*/read
      Microsoft.Security/iotDefenderSettings/packageDownloads/action
      Microsoft.Security/iotDefenderSettings/downloadManagerActivation/action
      Microsoft.Security/iotSensors/downloadResetPassword/action
      Microsoft.IoTSecurity/defenderSettings/packageDownloads/action
      Microsoft.IoTSecurity/defenderSettings/downloadManagerActivation/action
      Microsoft.Management/managementGroups/read
    `,
  }),
  builtInRole(
    '72fafb9e-0641-4937-9268-a91bfd8191a3',
    'Cost Management Reader',
    'Can view cost data and configuration (e.g. budgets, exports)',
    {
      actions: `
      Microsoft.Consumption/*/read Microsoft.CostManagement/*/read Microsoft.Billing/billingPeriods/read
      Microsoft.Resources/subscriptions/read Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Support/* Microsoft.Advisor/configurations/read Microsoft.Advisor/recommendations/read
      Microsoft.Management/managementGroups/read Microsoft.Billing/billingProperty/read
    `,
    },
  ),
];
