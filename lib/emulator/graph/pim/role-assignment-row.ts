import { principalOf } from '#lib/emulator/graph/directory/objects.ts';
import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { readsAllRoles, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { denied } from '#lib/emulator/graph/refusal.ts';
import { isRunning } from '#lib/emulator/pim/holdings.ts';
import { schedulesOfPlane } from '#lib/emulator/pim/schedule-index.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import { instanceId } from './instance-id.ts';
import { heldRoleRow } from './role-definition-row.ts';

export const roleWriters = ['RoleManagement.ReadWrite.Directory'];
const roleReaders = [
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  ...roleWriters,
];

/** Everyone's Entra roles in force, activated ones among the standing. Refuses callers who may not see them. */
export function rolesInForce(exchange: Exchange): Schedule[] {
  requirePermission(exchange, roleReaders);
  if (!readsAllRoles(exchange)) throw denied();
  const { state, now } = exchange.world;
  return schedulesOfPlane(state, 'entra').filter((one) => one.kind === 'active' && isRunning(one, now()));
}

/** A role assignment as the directory has it. */
export function assignmentRow(schedule: Schedule): Row {
  const { principalId, role, scope } = schedule;
  return {
    id: instanceId(schedule),
    principalId,
    principalOrganizationId: null,
    resourceScope: scope,
    directoryScopeId: scope,
    appScopeId: null,
    roleDefinitionId: role,
  };
}

export function assignmentSet({ world: { state }, version }: Exchange, name: string): EntitySet {
  return {
    context: `roleManagement/directory/${name}`,
    expand: {
      principal: principalOf(state),
      roleDefinition: {
        read: ({ roleDefinitionId }) => {
          const role = state.entraRoles.find(({ id }) => id === roleDefinitionId);
          return role ? heldRoleRow(role, version) : null;
        },
      },
      directoryScope: { read: () => null },
    },
  };
}
