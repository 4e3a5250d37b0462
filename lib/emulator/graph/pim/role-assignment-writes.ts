import { randomUUID } from 'node:crypto';
import { findById } from '#lib/emulator/by-id.ts';
import { at, type Exchange, isRow } from '#lib/emulator/graph/exchange.ts';
import { entity } from '#lib/emulator/graph/odata/collection.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { auditMembership } from '#lib/emulator/pim/audit-directory.ts';
import { checkTarget } from '#lib/emulator/pim/check-target.ts';
import { type Ask, fileRequest } from '#lib/emulator/pim/file.ts';
import { mayAdminister } from '#lib/emulator/pim/may-administer.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { instanceId } from './instance-id.ts';
import { assignmentRow, assignmentSet, rolesInForce, roleWriters } from './role-assignment-row.ts';

/** 201: a role for good, given past PIM and its rules; PIM complains of it later. */
export function assignRole(exchange: Exchange): Answer {
  requireAdministrator(exchange);
  const { world, caller } = exchange;
  const { principalId, role, scope } = target(exchange);
  const now = world.now();
  const schedule: Schedule = {
    id: randomUUID(),
    plane: 'entra',
    kind: 'active',
    principalId,
    role,
    scope,
    startAt: now,
    endAt: null,
    assignmentType: 'assigned',
    eligibilityId: null,
    requestId: null,
    visibleFrom: now,
    createdAt: now,
    condition: null,
  };
  if (rolesInForce(exchange).some((one) => instanceId(one) === instanceId(schedule))) {
    throw badRequest(
      'A conflicting object with one or more of the specified property values is present in the directory.',
    );
  }
  world.state.schedules.push(schedule);
  auditMembership(world, 'Add', schedule, { by: caller });
  return entity(exchange, assignmentRow(schedule), assignmentSet(exchange, 'roleAssignments'), 201);
}

/** 204. What PIM says to an administrator's removal is said here too. */
export function unassignRole(exchange: Exchange): Answer {
  requireAdministrator(exchange);
  const id = at(exchange, 'id');
  const found = rolesInForce(exchange).find((one) => instanceId(one) === id);
  if (!found) throw resourceMissing(id);
  fileRequest(exchange.world, exchange.caller, { ...askOf(found), action: 'adminRemove' });
  return { status: 204 };
}

function requireAdministrator(exchange: Exchange): void {
  requirePermission(exchange, roleWriters);
  if (!mayAdminister(exchange.world, exchange.caller, 'entra', '/')) throw denied();
}

/** Who, which role and where, all of which must exist. */
function target({ call, world }: Exchange): Ask {
  const { principalId, roleDefinitionId, directoryScopeId, appScopeId } = isRow(call.body) ? call.body : {};
  const isWhole =
    typeof principalId === 'string' &&
    typeof roleDefinitionId === 'string' &&
    typeof directoryScopeId === 'string';
  if (!isWhole || appScopeId)
    throw badRequest('A principalId, a roleDefinitionId and a directoryScopeId are required.');
  const asked = { principalId, role: roleDefinitionId, scope: directoryScopeId };
  const group = findById(world.state.groups, principalId.toLowerCase());
  if (group && !group.isAssignableToRole)
    throw badRequest('The group is not assignable to roles: isAssignableToRole is not true.');
  try {
    return checkTarget(world, askOf(asked));
  } catch (refusal) {
    if (!(refusal instanceof PimRefusal)) throw refusal;
    if (refusal.code === 'SubjectNotFound') throw resourceMissing(principalId);
    throw badRequest('The role definition or the scope of the assignment does not exist.');
  }
}

function askOf({ principalId, role, scope }: Pick<Schedule, 'principalId' | 'role' | 'scope'>): Ask {
  return {
    plane: 'entra',
    side: 'assignment',
    action: 'adminAssign',
    principalId,
    role,
    scope,
    justification: null,
    ticketNumber: null,
    ticketSystem: null,
    startAt: null,
    expiration: { type: 'notSpecified', duration: null, endAt: null },
    validateOnly: false,
  };
}
