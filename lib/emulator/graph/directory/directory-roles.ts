import { derivedGuid } from '#lib/emulator/arm/derived-guid.ts';
import type { Row } from '#lib/emulator/graph/exchange.ts';
import { effectiveFor } from '#lib/emulator/pim/holdings.ts';
import type { EntraRole } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';

/** A built-in role that somebody holds is an object of the directory, with an id that differs from tenant to tenant. */
export const directoryRoleId = ({ id }: Pick<EntraRole, 'id'>) => derivedGuid('directoryRole', id);

/** The role as such an object. */
export function directoryRoleRow(role: EntraRole): Row {
  return {
    id: directoryRoleId(role),
    deletedDateTime: null,
    description: role.description,
    displayName: role.displayName,
    roleTemplateId: role.id,
  };
}

/**
 * The directory roles a principal is a member of, as memberOf lists them beside groups: built-in roles in force for the
 * whole directory. Roles through a group count among the transitive ones only. A custom role is no directoryRole.
 */
export function directoryRolesOf(world: World, principalId: string, transitive: boolean): Row[] {
  const held = effectiveFor(world, principalId)
    .filter(
      ({ schedule, viaGroupId }) =>
        schedule.plane === 'entra' && schedule.scope === '/' && (transitive || !viaGroupId),
    )
    .map(({ schedule }) => schedule.role);
  return world.state.entraRoles
    .filter((role) => role.isBuiltIn && held.includes(role.id))
    .map((role) => ({ '@odata.type': '#microsoft.graph.directoryRole', ...directoryRoleRow(role) }));
}
