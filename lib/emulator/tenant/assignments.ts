import type { Schedule } from '#lib/emulator/state.ts';
import { azureRole } from './azure-roles.ts';
import {
  DEV_GROUP,
  DEVELOPMENT,
  NETWORK_GROUP,
  PLATFORM,
  PROD_PAYMENTS,
  PROD_PLATFORM,
  PRODUCTION,
  ROOT,
  resourceId,
  SANDBOX_ONE,
  SHARED,
  STAGING,
} from './scopes.ts';
import { azureHolding, entraHolding, type Holding, seededSchedule } from './seeded-schedule.ts';

const MACHINES: Holding[] = [
  azureHolding(1, 'app:Stint Reader', 'Reader', ROOT),
  azureHolding(2, 'app:Stint Reader', 'Management Group Reader', ROOT),
  azureHolding(3, 'app:Stint Tests', 'Reader', '/'),
  azureHolding(4, 'app:github-deploy', 'Contributor', STAGING),
  azureHolding(5, 'app:payments-api', 'Key Vault Secrets User', resourceId('kv-payments-prod')),
  azureHolding(6, 'app:grafana', 'Monitoring Reader', ROOT),
  azureHolding(7, 'app:invoice-export', 'Storage Blob Data Reader', resourceId('stpaymentsprod')),
  azureHolding(8, 'app:Northwind Scanner', 'Security Reader', ROOT),
  azureHolding(9, 'app:aks-core', 'AcrPull', resourceId('crcontoso')),
  azureHolding(10, 'app:aks-core', 'Network Contributor', NETWORK_GROUP),
  azureHolding(11, 'app:id-backup', 'Backup Operator', PROD_PLATFORM),
  azureHolding(12, 'app:app-payments', 'Key Vault Secrets User', resourceId('kv-payments-prod')),
  azureHolding(13, 'app:Stint Applier', 'User Access Administrator', ROOT),
  azureHolding(14, 'app:old-reporting', 'Reader', PRODUCTION),
  azureHolding(15, 'app:vm-dev-01', 'Contributor', DEV_GROUP),
  entraHolding(16, 'app:invoice-export', 'Directory Writers'),
];

const GROUPS: Holding[] = [
  entraHolding(21, 'sg-oncall-platform', 'Service Support Administrator'),
  azureHolding(22, 'sg-oncall-platform', 'Monitoring Contributor', PLATFORM),
  azureHolding(23, 'sg-oncall-platform', 'Backup Operator', PRODUCTION),
  azureHolding(24, 'sg-breakfix-network', 'Network Contributor', NETWORK_GROUP),
  azureHolding(25, 'sg-payments-team', 'Reader', PROD_PAYMENTS),
  azureHolding(26, 'sg-dev-vm', 'Reader', DEVELOPMENT),
  entraHolding(27, 'sg-security-operations', 'Global Reader'),
];

/** As in real life: the sealed accounts, an Owner and an elevation that were given once and kept, a delegate on a leash. */
const PEOPLE: Holding[] = [
  entraHolding(31, 'breakglass.one', 'Global Administrator'),
  entraHolding(32, 'breakglass.two', 'Global Administrator'),
  azureHolding(33, 'ines.castell', 'Owner', PRODUCTION),
  azureHolding(34, 'kofi.mensah', 'Owner', SANDBOX_ONE),
  azureHolding(35, 'sven.aalto', 'SQL DB Contributor', resourceId('sql-orders-prod')),
  entraHolding(36, 'yara.haddad', 'Message Center Reader'),
  azureHolding(37, 'greta.moss', 'User Access Administrator', '/'),
  {
    ...azureHolding(38, 'petra.holm', 'Role Based Access Control Administrator', SHARED),
    condition: onlyRoles('Reader', 'Monitoring Reader'),
  },
];

/** Roles may be given and taken, but these only: writing and deleting want a clause each. */
function onlyRoles(...names: string[]): string {
  const roles = `{${names.map(azureRole).join(', ')}}`;
  const clause = (verb: string, side: string) =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR (@${side}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals ${roles}))`;
  return `${clause('write', 'Request')} AND ${clause('delete', 'Resource')}`;
}

/** Who holds what for good, without asking. */
export function assignments(now: number): Schedule[] {
  return [...MACHINES, ...GROUPS, ...PEOPLE].map((line) => seededSchedule(line, 'active', now));
}
