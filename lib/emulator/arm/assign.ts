import { isKnownPrincipal } from '#lib/emulator/pim/known-principal.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { assignableAt } from './assignable-roles.ts';
import { assignmentRow } from './assignment-row.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { lastSegment } from './last-segment.ts';
import { scopeLocked } from './locks.ts';
import { isLockedFor } from './locks-over.ts';
import { mustMeetConditions } from './meet-conditions.ts';
import { fields, text } from './request-body.ts';
import { assignmentId, assignmentName } from './schedule-row.ts';

type Wanted = Pick<Schedule, 'principalId' | 'role' | 'scope' | 'condition'> &
  Partial<Pick<Schedule, 'conditionVersion' | 'description'>>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * PUT of a standing role assignment under a name of the caller's choice. Refuses an unknown principal or role with 400,
 * the same grant under another name with 409 RoleAssignmentExists, a change of who, what or where of an existing one with
 * 400, and everything under a ReadOnly lock with 409. Condition and description may change.
 */
export function assign(ask: AuthorizationCall, name: string): Answer {
  const { world, scope } = ask;
  const { state } = world;
  if (!GUID.test(name)) {
    throw new PimRefusal(
      400,
      'InvalidRoleAssignmentId',
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
    );
  }
  const properties = fields(fields(ask.call.body).properties);
  const wanted = read(properties, scope);
  checkTarget(ask, wanted, text(properties.principalType) !== null);
  mustMeetConditions(ask, 'write', wanted);
  const same = (one: Schedule) =>
    one.principalId === wanted.principalId && one.role === wanted.role && one.scope === scope;
  const active = state.schedules.filter(
    (one) => one.plane === 'azure' && one.kind === 'active' && one.lingersUntil === undefined,
  );
  const named = active.find((one) => assignmentName(one) === name);
  if (named !== undefined && !same(named)) throw notUpdatable();
  const twin = named ?? active.find(same);
  if (twin !== undefined && twin !== named) throw alreadyThere(twin);
  const made: Schedule = { ...(named ?? standing(ask, name)), ...wanted };
  if (isLockedFor('assign', state, scope)) throw scopeLocked(state, scope, assignmentId(made), 'write');
  if (named === undefined) state.schedules.push(made);
  else Object.assign(named, made);
  world.changed();
  return { status: named === undefined ? 201 : 200, body: assignmentRow(state, made) };
}

function read(properties: Record<string, unknown>, scope: string): Wanted {
  const condition = text(properties.condition);
  const description = text(properties.description);
  const conditionVersion = text(properties.conditionVersion) ?? '2.0';
  return {
    principalId: (text(properties.principalId) ?? '').toLowerCase(),
    role: lastSegment(text(properties.roleDefinitionId) ?? ''),
    scope,
    condition,
    ...(condition === null ? {} : { conditionVersion }),
    ...(description === null ? {} : { description }),
  };
}

/** A fresh principal is not found yet, unless the caller says what it is. */
function checkTarget(
  { world, scope }: AuthorizationCall,
  { principalId, role }: Wanted,
  typed: boolean,
): void {
  const { state } = world;
  const exists = [state.users, state.groups, state.servicePrincipals].some((kind) =>
    kind.some(({ id }) => id === principalId),
  );
  if (!exists || (!typed && !isKnownPrincipal(world, principalId))) {
    throw new PimRefusal(
      400,
      'PrincipalNotFound',
      `Principal ${compact(principalId)} does not exist in the directory ${state.tenantId}. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.`,
    );
  }
  if (assignableAt(state, scope).every((one) => one.name !== role)) {
    throw new PimRefusal(
      400,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${compact(role)}' does not exist.`,
    );
  }
}

function notUpdatable(): PimRefusal {
  return new PimRefusal(
    400,
    'RoleAssignmentUpdateNotPermitted',
    'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
  );
}

function alreadyThere(twin: Schedule): PimRefusal {
  return new PimRefusal(
    409,
    'RoleAssignmentExists',
    `The role assignment already exists. The ID of the existing role assignment is ${compact(assignmentName(twin))}.`,
  );
}

function compact(guid: string): string {
  return guid.replaceAll('-', '');
}

function standing({ world, caller, scope }: AuthorizationCall, id: string): Schedule {
  const now = world.now();
  return {
    id,
    plane: 'azure',
    kind: 'active',
    principalId: '',
    role: '',
    scope,
    startAt: now,
    endAt: null,
    assignmentType: 'assigned',
    eligibilityId: null,
    requestId: null,
    visibleFrom: now + (world.state.consistency?.activation ?? 0),
    createdAt: now,
    condition: null,
    createdBy: caller.objectId,
  };
}
