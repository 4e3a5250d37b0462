import type { AzureRole } from '#lib/emulator/state.ts';
import { AZURE_ROLES_COMPUTE } from './azure-roles-compute.ts';
import { AZURE_ROLES_CUSTOM } from './azure-roles-custom.ts';
import { AZURE_ROLES_GENERAL } from './azure-roles-general.ts';
import { AZURE_ROLES_MONITORING } from './azure-roles-monitoring.ts';
import { AZURE_ROLES_NARROW } from './azure-roles-narrow.ts';
import { AZURE_ROLES_NETWORK } from './azure-roles-network.ts';
import { AZURE_ROLES_OPERATIONS } from './azure-roles-operations.ts';
import { AZURE_ROLES_RECOVERY } from './azure-roles-recovery.ts';
import { AZURE_ROLES_SECRETS } from './azure-roles-secrets.ts';
import { AZURE_ROLES_SERVICES } from './azure-roles-services.ts';
import { AZURE_ROLES_STORAGE } from './azure-roles-storage.ts';

/** Every Azure role definition of the tenant, Contoso's own last. */
export const AZURE_ROLES: AzureRole[] = [
  ...AZURE_ROLES_GENERAL,
  ...AZURE_ROLES_COMPUTE,
  ...AZURE_ROLES_STORAGE,
  ...AZURE_ROLES_SECRETS,
  ...AZURE_ROLES_NETWORK,
  ...AZURE_ROLES_MONITORING,
  ...AZURE_ROLES_OPERATIONS,
  ...AZURE_ROLES_RECOVERY,
  ...AZURE_ROLES_SERVICES,
  ...AZURE_ROLES_NARROW,
  ...AZURE_ROLES_CUSTOM,
];

/** The GUID of the Azure role with this name. Throws when there is none. */
export function azureRole(roleName: string): string {
  const found = AZURE_ROLES.find((role) => role.roleName === roleName);
  if (found === undefined) throw new Error(`No such Azure role: ${roleName}`);
  return found.name;
}
