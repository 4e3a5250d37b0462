import type { Schedule } from '#lib/emulator/state.ts';
import {
  DEV_GROUP,
  DEVELOPMENT,
  MONITORING_GROUP,
  NETWORK_GROUP,
  PLATFORM,
  PROD_DATA,
  PROD_PAYMENTS,
  PROD_PLATFORM,
  PRODUCTION,
  ROOT,
  resourceId,
  SANDBOX,
  SHARED,
  STAGING,
} from './scopes.ts';
import { azureHolding, entraHolding, groupHolding, type Holding, seededSchedule } from './seeded-schedule.ts';

const ADA: Holding[] = [
  entraHolding(1, 'ada.lind', 'Security Reader'),
  entraHolding(2, 'ada.lind', 'User Administrator'),
  entraHolding(3, 'ada.lind', 'Helpdesk Administrator'),
  entraHolding(4, 'ada.lind', 'Exchange Administrator'),
  entraHolding(5, 'ada.lind', 'Application Administrator'),
  entraHolding(6, 'ada.lind', 'Privileged Role Administrator'),
  entraHolding(7, 'sg-identity-ops', 'Reports Reader'),
  azureHolding(8, 'ada.lind', 'Contributor', STAGING),
  azureHolding(9, 'ada.lind', 'Owner', PRODUCTION),
  azureHolding(10, 'ada.lind', 'Key Vault Secrets Officer', PROD_PAYMENTS),
  azureHolding(11, 'ada.lind', 'Azure Kubernetes Service RBAC Cluster Admin', resourceId('aks-core')),
  azureHolding(12, 'ada.lind', 'Reader', PLATFORM),
  azureHolding(13, 'sg-dev-vm', 'Virtual Machine Contributor', DEVELOPMENT),
  {
    ...azureHolding(14, 'ada.lind', 'Storage Blob Data Contributor', resourceId('stpaymentsprod')),
    endsInDays: 60,
  },
  azureHolding(15, 'ada.lind', 'Deployment Operator', STAGING),
  groupHolding(16, 'ada.lind', 'member', 'sg-oncall-platform'),
  groupHolding(17, 'ada.lind', 'member', 'sg-breakfix-network'),
  groupHolding(18, 'ada.lind', 'owner', 'sg-data-stewards'),
];

const APPROVERS: Holding[] = [
  entraHolding(21, 'bo.okafor', 'User Administrator'),
  azureHolding(22, 'bo.okafor', 'Contributor', PRODUCTION),
  groupHolding(23, 'bo.okafor', 'member', 'sg-oncall-platform'),
  entraHolding(24, 'cy.tran', 'Security Administrator'),
  entraHolding(25, 'cy.tran', 'Security Reader'),
  azureHolding(26, 'cy.tran', 'Security Admin', ROOT),
];

const OVERSIGHT: Holding[] = [
  entraHolding(31, 'rhea.silva', 'Global Reader'),
  entraHolding(32, 'auden.hale', 'Global Reader'),
  entraHolding(33, 'auden.hale', 'Reports Reader'),
  entraHolding(34, 'mira.novak', 'Privileged Role Administrator'),
  azureHolding(35, 'mira.novak', 'User Access Administrator', ROOT),
  {
    ...azureHolding(36, 'vic.partner', 'Storage Blob Data Contributor', resourceId('stpaymentsprod')),
    endsInDays: 14,
  },
];

const OTHERS: Holding[] = [
  azureHolding(41, 'petra.holm', 'Owner', PLATFORM),
  azureHolding(42, 'hanna.berg', 'Azure Kubernetes Service RBAC Cluster Admin', resourceId('aks-core')),
  groupHolding(43, 'hanna.berg', 'member', 'sg-oncall-platform'),
  azureHolding(44, 'jonas.weber', 'Network Contributor', NETWORK_GROUP),
  groupHolding(45, 'jonas.weber', 'member', 'sg-breakfix-network'),
  azureHolding(46, 'kofi.mensah', 'Contributor', DEVELOPMENT),
  azureHolding(47, 'kofi.mensah', 'Tag Contributor', SANDBOX),
  entraHolding(48, 'lena.fischer', 'Security Operator'),
  azureHolding(49, 'lena.fischer', 'Security Reader', PLATFORM),
  entraHolding(50, 'sg-security-operations', 'Security Reader'),
  entraHolding(51, 'nadia.karim', 'Groups Administrator'),
  entraHolding(52, 'nadia.karim', 'Application Administrator'),
  azureHolding(53, 'oscar.blom', 'Key Vault Secrets Officer', PROD_PAYMENTS),
  azureHolding(54, 'priya.nair', 'Payments Support', PROD_PAYMENTS),
  azureHolding(55, 'sven.aalto', 'SQL Server Contributor', PROD_DATA),
  groupHolding(56, 'rosa.delgado', 'owner', 'sg-data-stewards'),
  azureHolding(57, 'tomoko.sato', 'Storage Blob Data Reader', resourceId('stdatalakeprod')),
  entraHolding(58, 'sg-service-desk', 'Helpdesk Administrator'),
  entraHolding(59, 'uma.joshi', 'Authentication Administrator'),
  azureHolding(60, 'yara.haddad', 'Cost Management Reader', ROOT),
  azureHolding(61, 'zeno.marsh', 'Deployment Operator', PRODUCTION),
  { ...azureHolding(62, 'quinn.farrell', 'Virtual Machine Operator', DEV_GROUP), endsInDays: 90 },
  azureHolding(63, 'marco.rossi', 'Log Analytics Reader', MONITORING_GROUP),
  azureHolding(64, 'samir.haddad', 'Security Admin', SHARED),
  entraHolding(65, 'otto.lange', 'Exchange Administrator'),
  azureHolding(66, 'hanna.berg', 'Managed Identity Operator', PROD_PLATFORM),
  entraHolding(67, 'yara.haddad', 'Billing Administrator'),
  entraHolding(68, 'marco.rossi', 'Cloud Application Administrator'),
];

/** Who may become what, all visible since long before now. */
export function eligibilities(now: number): Schedule[] {
  return [...ADA, ...APPROVERS, ...OVERSIGHT, ...OTHERS].map((line) => seededSchedule(line, 'eligible', now));
}
