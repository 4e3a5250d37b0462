import { entraRolesOf, isRunning } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { azureSchedulesAt } from '#lib/emulator/pim/schedule-index.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { assign } from './assign.ts';
import { assignmentRow } from './assignment-row.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { readFilter } from './filter.ts';
import { lastSegment } from './last-segment.ts';
import { pageOf } from './page.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { assignmentName } from './schedule-row.ts';
import { schedulesInView } from './schedules-in-view.ts';
import { unassign } from './unassign.ts';
import { targetsOf } from './view.ts';

const PAGE = 100;
const VERBS: Record<string, string> = { GET: 'read', PUT: 'write', DELETE: 'delete' };

/** Plain roleAssignments: standing ones and those PIM has activated look alike here (contract 5.5). */
export function roleAssignments(ask: AuthorizationCall): Answer {
  const { call, world, caller, scope } = ask;
  const verb = VERBS[call.method];
  const name = ask.rest[1]?.toLowerCase();
  if (verb === undefined || ask.rest.length > 2 || (name === undefined && verb !== 'read')) {
    throw notEmulated(call);
  }
  const action = `Microsoft.Authorization/roleAssignments/${verb}`;
  if (!mayOnArm(world, caller.objectId, action, scope) && !readsRoot(ask, verb)) {
    throw authorizationFailed(world, caller, action, scope);
  }
  if (name === undefined) return list(ask);
  if (verb === 'write') return assign(ask, name);
  const found = inForce(ask).find((one) => assignmentName(one) === name);
  if (verb === 'delete') return unassign(ask, found ?? notYetSeen(ask, name));
  if (found === undefined) throw resourceNotFound(call.path);
  return { status: 200, body: assignmentRow(world.state, found) };
}

/** Global Administrators see who holds what at the root, even before they elevate their access (contract A2.2). */
function readsRoot({ world, caller, scope }: AuthorizationCall, verb: string): boolean {
  if (scope !== '/' || verb !== 'read') return false;
  return entraRolesOf(world, caller.objectId).includes(knownRoles.globalAdministrator);
}

function list(ask: AuthorizationCall): Answer {
  const { state } = ask.world;
  const filter = readFilter(ask.call, ['atScope', 'principalId', 'assignedTo', 'roleDefinitionId']);
  const targets = targetsOf(ask.world, filter, ask.caller);
  const role = filter.get('roleDefinitionId');
  const now = ask.world.now();
  const rows = schedulesInView(state, filter, targets, ask.scope)
    .filter((schedule) => schedule.kind === 'active' && isRunning(schedule, now))
    .filter((schedule) => role === undefined || schedule.role === lastSegment(role));
  return pageOf(ask.call, rows, PAGE, (schedule) => assignmentRow(state, schedule));
}

function inForce({ world, scope }: AuthorizationCall): Schedule[] {
  const now = world.now();
  return azureSchedulesAt(world.state, [scope]).filter(
    (schedule) => schedule.plane === 'azure' && schedule.kind === 'active' && isRunning(schedule, now),
  );
}

/** What was written a moment ago can be deleted before lists show it. */
function notYetSeen({ world, scope }: AuthorizationCall, name: string): Schedule | undefined {
  return azureSchedulesAt(world.state, [scope]).find(
    (one) => one.plane === 'azure' && one.kind === 'active' && one.id === name,
  );
}
