import { endSchedules, hasEnded } from '#lib/emulator/pim/end.ts';
import { entraRolesOf } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { assignmentRow } from './assignment-row.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { scopeLocked } from './locks.ts';
import { isLockedFor } from './locks-over.ts';
import { mustMeetConditions } from './meet-conditions.ts';
import { assignmentId } from './schedule-row.ts';

/** Owner, User Access Administrator, Role Based Access Control Administrator. */
const ADMINISTRATORS = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
];

/**
 * DELETE of a role assignment: what was removed, or 204 when there is nothing to remove. 409 ScopeLocked under a lock, 412
 * for the last one at a subscription that may give access, unless a Global Administrator asks (contract A4).
 */
export function unassign(ask: AuthorizationCall, found: Schedule | undefined): Answer {
  if (found === undefined || hasEnded(found)) return { status: 204 };
  const { world } = ask;
  const { state } = world;
  mustMeetConditions(ask, 'delete', found);
  if (isLockedFor('remove', state, found.scope)) {
    throw scopeLocked(state, found.scope, assignmentId(found), 'delete');
  }
  if (isLastAdministrator(ask, found)) {
    throw new PimRefusal(
      412,
      'CannotDeleteLastRbacAdminAssignment',
      'Cannot delete the last RBAC admin assignment',
    );
  }
  const body = assignmentRow(state, found);
  const now = world.now();
  endSchedules(
    state,
    ({ id }) => id === found.id,
    () => now,
    now,
  );
  world.changed();
  return { status: 200, body };
}

function isLastAdministrator({ world, caller }: AuthorizationCall, found: Schedule): boolean {
  if (!ADMINISTRATORS.includes(found.role) || !/^\/subscriptions\/[^/]+$/.test(found.scope)) return false;
  if (entraRolesOf(world, caller.objectId).includes(knownRoles.globalAdministrator)) return false;
  const others = world.state.schedules.filter(
    (one) =>
      one.id !== found.id &&
      one.plane === 'azure' &&
      one.kind === 'active' &&
      one.scope === found.scope &&
      ADMINISTRATORS.includes(one.role) &&
      !hasEnded(one),
  );
  return others.length === 0;
}
