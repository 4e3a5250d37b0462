import type { AzureRole } from '#lib/emulator/state.ts';
import { builtInRole } from './azure-role.ts';

/** Networks, names and web sites. Ids and actions as Azure publishes them. */
export const AZURE_ROLES_NETWORK: AzureRole[] = [
  builtInRole(
    '4d97b98b-1d4f-4787-a291-c67834d212e7',
    'Network Contributor',
    'Lets you manage networks, but not access to them.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Network/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
    `,
    },
  ),
  builtInRole(
    'befefa01-2a29-4197-83a8-272ff33ce314',
    'DNS Zone Contributor',
    'Lets you manage DNS zones and record sets in Azure DNS, but does not let you control who has access to them.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Network/dnsZones/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
    `,
    },
  ),
  builtInRole(
    'de139f84-1756-47ae-9be6-808fbbe84772',
    'Website Contributor',
    'Lets you manage websites (not web plans), but not access to them.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/* Microsoft.Insights/components/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.Web/certificates/* Microsoft.Web/listSitesAssignedToHostName/read
      Microsoft.Web/register/action Microsoft.Web/serverFarms/join/action Microsoft.Web/serverFarms/read
      Microsoft.Web/sites/*
    `,
    },
  ),
  builtInRole(
    '2cc479cb-7b4d-49a8-b449-8c00fd0f0a4b',
    'Web Plan Contributor',
    'Lets you manage the web plans for websites, but not access to them.',
    {
      actions: `
      Microsoft.Authorization/*/read Microsoft.Insights/alertRules/*
      Microsoft.ResourceHealth/availabilityStatuses/read Microsoft.Resources/deployments/*
      Microsoft.Resources/subscriptions/resourceGroups/read Microsoft.Support/*
      Microsoft.Web/serverFarms/* Microsoft.Web/hostingEnvironments/Join/Action
      Microsoft.Insights/autoscalesettings/*
    `,
    },
  ),
];
