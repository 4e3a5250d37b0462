import { directoryObject } from '#lib/emulator/graph/directory/objects.ts';
import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { drawn } from '#lib/emulator/graph/odata/drawn.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { readsAllRoles, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { isRunning } from '#lib/emulator/pim/holdings.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import { stableGuid } from '#lib/emulator/tenant/permission-ids.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { instanceId } from './instance-id.ts';
import { roleDefinitionRow } from './role-definition-row.ts';

const path = '/roleManagement/directory/roleAssignments';
const writers = ['RoleManagement.ReadWrite.Directory'];
const readers = [
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  ...writers,
];

/** Entra role assignments as the directory itself has them: those in force, activated ones among the standing. */
export const roleAssignmentRoutes: Route[] = [
  {
    method: 'GET',
    path,
    answer: (exchange) => collection(exchange, drawn(running(exchange), assignmentRow), setOf(exchange)),
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => entity(exchange, assignmentRow(wanted(exchange)), setOf(exchange)),
  },
  { method: 'DELETE', path: `${path}/{id}`, answer: remove },
  {
    method: 'GET',
    path: '/directoryRoles',
    answer: (exchange) => {
      const held = new Set(running(exchange).map(({ role }) => role));
      const rows = exchange.world.state.entraRoles
        .filter(({ id }) => held.has(id))
        .map(({ id, displayName, description }) => ({
          id: objectIdOf(id),
          deletedDateTime: null,
          description,
          displayName,
          roleTemplateId: id,
        }));
      return collection(exchange, rows, { context: 'directoryRoles' });
    },
  },
  {
    method: 'GET',
    path: '/directoryRoles/{id}/members',
    answer: (exchange) => {
      const id = at(exchange, 'id').toLowerCase();
      const held = running(exchange).filter(({ role, scope }) => objectIdOf(role) === id && scope === '/');
      const ids = [...new Set(held.map(({ principalId }) => principalId))];
      const rows = ids
        .map((one) => directoryObject(exchange.world.state, one))
        .filter((row): row is Row => row !== null);
      return collection(exchange, rows, { context: 'directoryObjects', isMixed: true });
    },
  },
];

/** A role that somebody holds is an object of the directory, with an id that differs from tenant to tenant. */
const objectIdOf = (role: string) => stableGuid(`directory role ${role}`);

function running(exchange: Exchange): Schedule[] {
  requirePermission(exchange, exchange.call.method === 'GET' ? readers : writers);
  if (!readsAllRoles(exchange)) throw denied();
  const { world } = exchange;
  const now = world.now();
  return world.state.schedules.filter(
    (one) => one.plane === 'entra' && one.kind === 'active' && isRunning(one, now),
  );
}

function wanted(exchange: Exchange): Schedule {
  const found = running(exchange).find((one) => instanceId(one) === at(exchange, 'id'));
  if (!found) throw resourceMissing(at(exchange, 'id'));
  return found;
}

/** 204. What PIM says to an administrator's removal is said here too. */
function remove(exchange: Exchange): Answer {
  const { principalId, role, scope } = wanted(exchange);
  fileRequest(exchange.world, exchange.caller, {
    plane: 'entra',
    side: 'assignment',
    action: 'adminRemove',
    principalId,
    role,
    scope,
    justification: null,
    ticketNumber: null,
    ticketSystem: null,
    startAt: null,
    expiration: { type: 'notSpecified', duration: null, endAt: null },
    validateOnly: false,
  });
  return { status: 204 };
}

function assignmentRow(schedule: Schedule): Row {
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

function setOf({ world: { state }, version }: Exchange): EntitySet {
  return {
    context: path.slice(1),
    expand: {
      principal: { read: ({ principalId }) => directoryObject(state, String(principalId)) },
      roleDefinition: {
        read: ({ roleDefinitionId }) => {
          const role = state.entraRoles.find(({ id }) => id === roleDefinitionId);
          return role ? roleDefinitionRow(role, version) : null;
        },
      },
      directoryScope: { read: () => null },
    },
  };
}
