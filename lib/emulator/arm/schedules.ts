import { findById } from '#lib/emulator/by-id.ts';
import { isRunning } from '#lib/emulator/pim/holdings.ts';
import { azureSchedulesAt } from '#lib/emulator/pim/schedule-index.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { tellsNull } from './check-version.ts';
import { readFilter } from './filter.ts';
import { lastSegment } from './last-segment.ts';
import { pageOf } from './page.ts';
import { insufficientPermissions, notEmulated, resourceNotFound } from './refusals.ts';
import { instanceName, instanceRow, type MemberType, scheduleRow } from './schedule-row.ts';
import { schedulesInView } from './schedules-in-view.ts';
import { covers } from './scopes.ts';
import { targetsOf } from './view.ts';

/** What the stable versions print as null where there is none. */
const UNSAID = { endDateTime: null, condition: null, conditionVersion: null };
const UNSAID_OF: Record<string, object> = {
  roleAssignmentSchedules: {
    ...UNSAID,
    linkedRoleEligibilityScheduleId: null,
    roleAssignmentScheduleRequestId: null,
  },
  roleAssignmentScheduleInstances: {
    ...UNSAID,
    linkedRoleEligibilityScheduleId: null,
    linkedRoleEligibilityScheduleInstanceId: null,
  },
};

/** What a collection holds: eligible or active assignments; in force now, or scheduled too. */
export interface Collection {
  name: string;
  kind: Schedule['kind'];
  instances: boolean;
}

const FILTERS = ['asTarget', 'atScope', 'principalId', 'assignedTo', 'roleDefinitionId', 'status'];

/** Live lists of PIM were seen whole (contract 0); a tenant of another size needs pages all the same. */
const PAGE = 1000;

/**
 * GET of a schedule or instance collection, or of one row by name.
 * Refuses 400 InsufficientPermissions to those who may not read assignments there and do not ask for their own.
 */
export function schedules(ask: AuthorizationCall, collection: Collection): Answer {
  if (ask.call.method !== 'GET' || ask.rest.length > 2) throw notEmulated(ask.call);
  const name = ask.rest[1];
  return name === undefined ? list(ask, collection) : one(ask, collection, name.toLowerCase());
}

function list(ask: AuthorizationCall, collection: Collection): Answer {
  const { call, world, caller, scope } = ask;
  const filter = readFilter(call, FILTERS);
  if (!filter.has('asTarget') && !mayRead(ask, collection)) throw insufficientPermissions(caller);
  const targets = targetsOf(world, filter, caller);
  const role = filter.get('roleDefinitionId');
  const status = filter.get('status')?.toLowerCase();
  const rows = schedulesInView(world.state, filter, targets, scope)
    .filter(isHeld(ask, collection))
    .filter((schedule) => role === undefined || schedule.role === lastSegment(role))
    .filter(() => status === undefined || status === 'provisioned');
  const forSomeone = filter.has('asTarget') || filter.has('assignedTo');
  return pageOf(call, rows, PAGE, (schedule) => printed(ask, collection, schedule, forSomeone));
}

function one(ask: AuthorizationCall, collection: Collection, name: string): Answer {
  const { call, world, caller, scope } = ask;
  const found = azureSchedulesAt(world.state, [scope])
    .filter(isHeld(ask, collection))
    .find((schedule) => (collection.instances ? instanceName(schedule) : schedule.id) === name);
  if (found === undefined) throw resourceNotFound(call.path);
  const own = targetsOf(world, new Map([['asTarget', '']]), caller)?.has(found.principalId);
  if (!own && !mayRead(ask, collection)) throw insufficientPermissions(caller);
  return { status: 200, body: printed(ask, collection, found, own === true) };
}

function mayRead(ask: AuthorizationCall, collection: Collection): boolean {
  const action = `Microsoft.Authorization/${collection.name}/read`;
  return mayOnArm(ask.world, ask.caller.objectId, action, ask.scope);
}

/** What a collection holds: what is in force, and in a collection of schedules what is to come. */
function isHeld({ world }: AuthorizationCall, { kind, instances }: Collection): (one: Schedule) => boolean {
  const now = world.now();
  return (one) =>
    one.plane === 'azure' && one.kind === kind && (isRunning(one, now) || (!instances && one.startAt > now));
}

/** Rows reached through a group say so only where someone's own assignments are asked for. */
function printed(ask: AuthorizationCall, collection: Collection, schedule: Schedule, forSomeone: boolean) {
  const { state } = ask.world;
  const viaGroup = forSomeone && findById(state.groups, schedule.principalId) !== undefined;
  const inherited = schedule.scope !== ask.scope && covers(state, schedule.scope, ask.scope);
  const memberType: MemberType = viaGroup ? 'Group' : inherited ? 'Inherited' : 'Direct';
  const row = collection.instances
    ? instanceRow(state, schedule, memberType)
    : scheduleRow(state, schedule, memberType);
  const unsaid = UNSAID_OF[collection.name] ?? UNSAID;
  return tellsNull(ask.call) ? { ...row, properties: { ...unsaid, ...row.properties } } : row;
}
