import type { EntraRole } from '#lib/emulator/state.ts';
import { ENTRA_ROLES_IDENTITY } from './entra-roles-identity.ts';
import { ENTRA_ROLES_LESSER_PRIVILEGED } from './entra-roles-lesser-privileged.ts';
import { ENTRA_ROLES_SERVICES } from './entra-roles-services.ts';
import { ENTRA_ROLES_WORKLOADS } from './entra-roles-workloads.ts';

/** Every Entra role definition of the tenant. */
export const ENTRA_ROLES: EntraRole[] = [
  ...ENTRA_ROLES_IDENTITY,
  ...ENTRA_ROLES_WORKLOADS,
  ...ENTRA_ROLES_LESSER_PRIVILEGED,
  ...ENTRA_ROLES_SERVICES,
];

/** The id of the Entra role with this name. Throws when there is none. */
export function entraRole(displayName: string): string {
  const found = ENTRA_ROLES.find((role) => role.displayName === displayName);
  if (found === undefined) throw new Error(`No such Entra role: ${displayName}`);
  return found.id;
}
