import { endSchedules, hasEnded } from '#lib/emulator/pim/end.ts';
import { isRunning } from '#lib/emulator/pim/holdings.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { assign } from './assign.ts';
import { assignmentRow } from './assignment-row.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { readFilter } from './filter.ts';
import { page } from './page.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { assignmentName } from './schedule-row.ts';
import { inView, targetsOf } from './view.ts';

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
  if (!mayOnArm(world, caller.objectId, action, scope))
    throw authorizationFailed(world, caller, action, scope);
  if (name === undefined) return list(ask);
  if (verb === 'write') return assign(ask, name);
  const found = inForce(ask).find((one) => one.scope === scope && assignmentName(one) === name);
  if (verb === 'delete') return remove(ask, found);
  if (found === undefined) throw resourceNotFound(call.path);
  return { status: 200, body: assignmentRow(world.state, found) };
}

function list(ask: AuthorizationCall): Answer {
  const { state } = ask.world;
  const filter = readFilter(ask.call, ['atScope', 'principalId', 'assignedTo']);
  const targets = targetsOf(ask.world, filter, ask.caller);
  const rows = inForce(ask)
    .filter((schedule) => targets === null || targets.has(schedule.principalId))
    .filter((schedule) => inView(state, filter, ask.scope, schedule.scope))
    .map((schedule) => assignmentRow(state, schedule));
  return page(ask.call, rows, PAGE);
}

/** 204 when there is nothing to remove; what was removed otherwise. */
function remove({ world }: AuthorizationCall, found: Schedule | undefined): Answer {
  if (found === undefined || hasEnded(found)) return { status: 204 };
  const body = assignmentRow(world.state, found);
  const now = world.now();
  endSchedules(
    world.state,
    ({ id }) => id === found.id,
    () => now,
    now,
  );
  world.changed();
  return { status: 200, body };
}

function inForce({ world }: AuthorizationCall): Schedule[] {
  const now = world.now();
  return world.state.schedules.filter(
    (schedule) => schedule.plane === 'azure' && schedule.kind === 'active' && isRunning(schedule, now),
  );
}
