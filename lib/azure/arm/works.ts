import { AzureFault } from '#lib/azure/faults.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { Works } from '#lib/domain/usable.ts';
import type { ArmCalls } from './calls.ts';

interface Permission {
  actions?: string[];
  dataActions?: string[];
}

/**
 * Whether Resource Manager counts the role already: the caller's permissions at the scope hold what the role gives. It
 * looks assignments up itself, so that the token's age does not matter.
 * Source: Microsoft.Authorization/permissions, 2022-04-01; 403 to whoever holds nothing there yet.
 */
export async function worksOnArm(
  calls: ArmCalls,
  { scopeId }: RoleAtScope,
  role: RoleDefinition | null,
): Promise<Works> {
  if (!role) return 'cannot_tell';
  try {
    const path = `${scopeId}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
    const held = await calls.rawAll<Permission>(path);
    const holds = (wanted: string[], of: keyof Permission) => {
      const has = new Set(held.flatMap((one) => one[of] ?? []).map((action) => action.toLowerCase()));
      return has.has('*') || wanted.every((action) => has.has(action.toLowerCase()));
    };
    return holds(role.actions, 'actions') && holds(role.dataActions, 'dataActions') ? 'yes' : 'not_yet';
  } catch (fault) {
    if (!(fault instanceof AzureFault)) throw fault;
    if (fault.kind === 'not_allowed') return 'not_yet';
    // A scope that has no such list tells nothing.
    if (fault.retry === 'never') return 'cannot_tell';
    throw fault;
  }
}
