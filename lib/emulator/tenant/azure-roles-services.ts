import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Costs, messages, data movement, automation and security operations. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_SERVICES: AzureRole[] = [
  builtInRole(
    '434105ed-43f6-45c7-a02f-909b2ba83430',
    'Cost Management Contributor',
    'Can view costs and manage cost configuration (e.g. budgets, exports)',
    {
      actions: `
      Microsoft.Consumption/* Microsoft.CostManagement/* Microsoft.Billing/billingPeriods/read
      Microsoft.Resources/subscriptions/read Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Support/* Microsoft.Advisor/configurations/read Microsoft.Advisor/recommendations/read
      Microsoft.Management/managementGroups/read Microsoft.Billing/billingProperty/read
    `,
    },
  ),
  builtInRole(
    'fa23ad8b-c56e-40d8-ac0c-ce449e1d2c64',
    'Billing Reader',
    'Allows read access to billing data',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Billing/*/read Microsoft.Commerce/*/read
      Microsoft.Consumption/*/read Microsoft.Management/managementGroups/read
      Microsoft.CostManagement/*/read Microsoft.Support/*
    `,
    },
  ),
  builtInRole(
    '515c2055-d9d4-4321-b1b9-bd0c9a0f79fe',
    'Logic App Operator',
    'Lets you read, enable and disable logic app.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*/read
      Microsoft.Insights/metricAlerts/*/read Microsoft.Insights/diagnosticSettings/*/read
      Microsoft.Insights/metricDefinitions/*/read Microsoft.Logic/*/read
      Microsoft.Logic/workflows/disable/action Microsoft.Logic/workflows/enable/action
      Microsoft.Logic/workflows/validate/action Microsoft.Resources/deployments/operations/read
      Microsoft.Resources/subscriptions/operationresults/read
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.Web/connectionGateways/*/read Microsoft.Web/connections/*/read
      Microsoft.Web/customApis/*/read Microsoft.Web/serverFarms/read
    `,
    },
  ),
  builtInRole(
    '090c5cfd-751d-490a-894a-3ce6f1109419',
    'Azure Service Bus Data Owner',
    'Allows for full access to Azure Service Bus resources.',
    {
      actions: 'Microsoft.ServiceBus/*',
      dataActions: 'Microsoft.ServiceBus/*',
    },
  ),
  builtInRole(
    '673868aa-7521-48a0-acc6-0f60742d39f5',
    'Data Factory Contributor',
    'Create and manage data factories, as well as child resources within them.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.DataFactory/dataFactories/*
      Microsoft.DataFactory/factories/* Microsoft.Insights/alertRules/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.EventGrid/eventSubscriptions/write
    `,
    },
  ),
  builtInRole(
    'ab8e14d6-4a74-4a29-9ba8-549422addade',
    'Microsoft Sentinel Contributor',
    'Microsoft Sentinel Contributor',
    {
      actions: `
      Microsoft.SecurityInsights/* Microsoft.OperationalInsights/workspaces/analytics/query/action
      Microsoft.OperationalInsights/workspaces/*/read
      Microsoft.OperationalInsights/workspaces/savedSearches/*
      Microsoft.OperationsManagement/solutions/read Microsoft.OperationalInsights/workspaces/query/read
      Microsoft.OperationalInsights/workspaces/query/*/read
      Microsoft.OperationalInsights/workspaces/dataSources/read
      Microsoft.OperationalInsights/querypacks/*/read Microsoft.Insights/workbooks/*
      Microsoft.Insights/myworkbooks/read Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.Resources/deployments/* Microsoft.Resources/subscriptions/resourceGroups/read
      Microsoft.Support/*
    `,
      notActions: `
      Microsoft.SecurityInsights/ConfidentialWatchlists/*
      Microsoft.OperationalInsights/workspaces/query/ConfidentialWatchlist/*
    `,
    },
  ),
  builtInRole(
    'd3881f73-407a-4167-8283-e981cbba0404',
    'Automation Operator',
    'Automation Operators are able to start, stop, suspend, and resume jobs',
    {
      actions: `
      Microsoft.Authorization/*/read
      Microsoft.Automation/automationAccounts/hybridRunbookWorkerGroups/read
      Microsoft.Automation/automationAccounts/jobs/read
      Microsoft.Automation/automationAccounts/jobs/resume/action
      Microsoft.Automation/automationAccounts/jobs/stop/action
      Microsoft.Automation/automationAccounts/jobs/streams/read
      Microsoft.Automation/automationAccounts/jobs/suspend/action
      Microsoft.Automation/automationAccounts/jobs/write
      Microsoft.Automation/automationAccounts/jobSchedules/read
      Microsoft.Automation/automationAccounts/jobSchedules/write
      Microsoft.Automation/automationAccounts/linkedWorkspace/read
      Microsoft.Automation/automationAccounts/read Microsoft.Automation/automationAccounts/runbooks/read
      Microsoft.Automation/automationAccounts/schedules/read
      Microsoft.Automation/automationAccounts/schedules/write Microsoft.Insights/alertRules/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Automation/automationAccounts/jobs/output/read
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
    `,
    },
  ),
];
