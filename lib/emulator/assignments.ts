import { isRunning } from './pim/holdings.ts';
import type { Plane, Schedule, State } from './state.ts';

/** One assignment that holds now, with the names a person would look for. */
export interface FlatAssignment {
  plane: Plane;
  kind: 'eligible' | 'active';
  principalId: string;
  principalName: string;
  role: string;
  roleName: string;
  scope: string;
  assignmentType: 'assigned' | 'activated';
  startAt: string;
  endAt: string | null;
  requestId: string | null;
}

/** Every assignment of the tenant that is visible and within its window at `now` (milliseconds, PIM clock). */
export function flatAssignments(state: State, now: number): FlatAssignment[] {
  const principals = new Map<string, string>();
  for (const one of [...state.users, ...state.groups, ...state.servicePrincipals]) {
    principals.set(one.id, one.displayName);
  }
  return state.schedules
    .filter((schedule) => isRunning(schedule, now))
    .map((schedule) => ({
      plane: schedule.plane,
      kind: schedule.kind,
      principalId: schedule.principalId,
      principalName: principals.get(schedule.principalId) ?? '',
      role: schedule.role,
      roleName: roleName(state, schedule),
      scope: schedule.scope,
      assignmentType: schedule.assignmentType,
      startAt: new Date(schedule.startAt).toISOString(),
      endAt: schedule.endAt === null ? null : new Date(schedule.endAt).toISOString(),
      requestId: schedule.requestId,
    }));
}

function roleName(state: State, schedule: Schedule): string {
  if (schedule.plane === 'group') return schedule.role;
  if (schedule.plane === 'entra') {
    return state.entraRoles.find((role) => role.id === schedule.role)?.displayName ?? schedule.role;
  }
  return state.azureRoles.find((role) => role.name === schedule.role)?.roleName ?? schedule.role;
}
