import { derivedGuid } from '#lib/emulator/arm/derived-guid.ts';
import type { Row } from '#lib/emulator/graph/exchange.ts';
import { effectiveFor } from '#lib/emulator/pim/holdings.ts';
import type { World } from '#lib/emulator/wire.ts';

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
    .map(({ id, displayName, description }) => ({
      '@odata.type': '#microsoft.graph.directoryRole',
      id: derivedGuid('directoryRole', id),
      deletedDateTime: null,
      description,
      displayName,
      roleTemplateId: id,
    }));
}
