import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Schedule, State } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { assignableAt } from './assignable-roles.ts';
import { assignmentRow } from './assignment-row.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { lastSegment } from './last-segment.ts';
import { fields, text } from './request-body.ts';
import { assignmentName } from './schedule-row.ts';

/**
 * PUT of a standing role assignment under a name of the caller's choice. Refuses an unknown principal or role with 400,
 * the same grant under another name with 409 RoleAssignmentExists, and a change of an existing one.
 */
export function assign({ call, world, scope }: AuthorizationCall, name: string): Answer {
  const { state } = world;
  const properties = fields(fields(call.body).properties);
  const principalId = (text(properties.principalId) ?? '').toLowerCase();
  const role = lastSegment(text(properties.roleDefinitionId) ?? '');
  checkTarget(state, principalId, role, scope);
  const same = (one: Schedule) => one.principalId === principalId && one.role === role && one.scope === scope;
  const active = state.schedules.filter((one) => one.plane === 'azure' && one.kind === 'active');
  const named = active.find((one) => assignmentName(one) === name);
  if (named !== undefined && same(named)) return { status: 200, body: assignmentRow(state, named) };
  if (named !== undefined) {
    throw new PimRefusal(
      400,
      'RoleAssignmentUpdateNotPermitted',
      'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    );
  }
  const twin = active.find(same);
  if (twin !== undefined) throw alreadyThere(twin);
  const made = standing(name, principalId, role, scope, world.now());
  state.schedules.push(made);
  world.changed();
  return { status: 201, body: assignmentRow(state, made) };
}

function checkTarget(state: State, principalId: string, role: string, scope: string): void {
  const principals = [...state.users, ...state.groups, ...state.servicePrincipals];
  if (principals.every((one) => one.id !== principalId)) {
    throw new PimRefusal(
      400,
      'PrincipalNotFound',
      `Principal ${compact(principalId)} does not exist in the directory ${state.tenantId}.`,
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

function standing(id: string, principalId: string, role: string, scope: string, now: number): Schedule {
  return {
    id,
    plane: 'azure',
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
}
