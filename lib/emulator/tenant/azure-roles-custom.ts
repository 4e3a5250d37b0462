import type { AzureRole } from '#lib/emulator/state.ts';
import { customRole } from './azure-role.ts';
import { DEVELOPMENT, PRODUCTION, SHARED, STAGING } from './scopes.ts';

/** Contoso's own roles. */
export const AZURE_ROLES_CUSTOM: AzureRole[] = [
  customRole(
    '9c000000-0001-4000-8000-000000000001',
    'Deployment Operator',
    'Starts, watches and cancels deployments without reading what they deploy.',
    [STAGING, PRODUCTION],
    {
      actions: `Microsoft.Resources/deployments/* Microsoft.Resources/subscriptions/resourceGroups/read
        Microsoft.Web/sites/slots/slotsswap/action Microsoft.Web/sites/restart/action`,
      notActions: 'Microsoft.Resources/deployments/delete',
    },
  ),
  customRole(
    '9c000000-0001-4000-8000-000000000002',
    'Payments Support',
    'Reads the payments application, restarts it, and reads its logs.',
    [PRODUCTION, STAGING],
    {
      actions: `Microsoft.Web/sites/read Microsoft.Web/sites/restart/action Microsoft.Insights/logs/read
        Microsoft.Insights/metrics/read Microsoft.Resources/subscriptions/resourceGroups/read`,
    },
  ),
  customRole(
    '9c000000-0001-4000-8000-000000000003',
    'Virtual Machine Operator',
    'Starts, stops and restarts machines; changes nothing about them.',
    [DEVELOPMENT, SHARED],
    {
      actions: `Microsoft.Compute/virtualMachines/read Microsoft.Compute/virtualMachines/start/action
        Microsoft.Compute/virtualMachines/restart/action Microsoft.Compute/virtualMachines/deallocate/action`,
    },
  ),
];
