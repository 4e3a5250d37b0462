import { cancelRequest } from '#lib/emulator/pim/cancel.ts';
import { mayReview } from '#lib/emulator/pim/decide.ts';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { isListed } from '#lib/emulator/pim/is-listed.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { ScheduleRequest } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { tellsNull } from './check-version.ts';
import { readFilter } from './filter.ts';
import { pageOf } from './page.ts';
import { recordByPim } from './record-activity.ts';
import { authorizationFailed, insufficientPermissions, notEmulated, resourceNotFound } from './refusals.ts';
import { readRequestBody } from './request-body.ts';
import { requestRow } from './request-row.ts';
import { inView, targetsOf } from './view.ts';

type Side = ScheduleRequest['side'];

const FILTERS = ['asRequestor', 'asTarget', 'asApprover', 'atScope', 'principalId', 'assignedTo', 'status'];
const OWN = ['asRequestor', 'asTarget', 'asApprover'];
const PAGE = 1000;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** roleAssignmentScheduleRequests and roleEligibilityScheduleRequests: file, read, list, cancel, validate (contract 5.2). */
export function requests(ask: AuthorizationCall, side: Side): Answer {
  const [, name, verb, ...more] = ask.rest;
  const doing = `${ask.call.method} ${verb?.toLowerCase() ?? ''}`.trim();
  if (more.length > 0) throw notEmulated(ask.call);
  if (name === undefined) {
    if (doing !== 'GET') throw notEmulated(ask.call);
    return list(ask, side);
  }
  if (doing === 'PUT') return { status: 201, body: file(ask, side, name, false) };
  if (doing === 'POST validate') return { status: 200, body: file(ask, side, name, true) };
  if (doing === 'POST cancel') return cancel(ask, side, name);
  if (doing !== 'GET') throw notEmulated(ask.call);
  return { status: 200, body: requestRow(ask.world.state, readable(ask, side, name), tellsNull(ask.call)) };
}

function file(ask: AuthorizationCall, side: Side, name: string, validateOnly: boolean) {
  const { world, caller, scope } = ask;
  if (!GUID.test(name)) {
    throw new PimRefusal(400, 'InvalidRoleAssignmentRequest', 'The role assignment request is invalid.');
  }
  const asked = readRequestBody(ask.call.body);
  if (asked.action.startsWith('admin') && !may(ask, side, 'write')) {
    throw authorizationFailed(world, caller, action(side, 'write'), scope);
  }
  const before = world.state.requests.length;
  const request = fileRequest(world, caller, {
    ...asked,
    id: name,
    plane: 'azure',
    side,
    scope,
    validateOnly: validateOnly || asked.validateOnly,
  });
  if (world.state.requests.length > before) recordByPim(ask.call, world, request);
  // What passes is printed as if it had been done.
  const passed = { ...request, status: 'Provisioned', targetScheduleId: request.id };
  return requestRow(world.state, validateOnly ? passed : request, tellsNull(ask.call));
}

/** 200 without a body, as the live service answers. */
function cancel(ask: AuthorizationCall, side: Side, name: string): Answer {
  const found = existing(ask, side, name);
  try {
    cancelRequest(ask.world, ask.caller, found.id);
  } catch (refusal) {
    if (!(refusal instanceof PimRefusal) || refusal.status !== 403) throw refusal;
    throw authorizationFailed(ask.world, ask.caller, action(side, 'cancel/action'), ask.scope);
  }
  return { status: 200 };
}

function list(ask: AuthorizationCall, side: Side): Answer {
  const { world, caller, scope } = ask;
  const filter = readFilter(ask.call, FILTERS);
  if (!OWN.some((name) => filter.has(name)) && !may(ask, side, 'read')) throw insufficientPermissions(caller);
  const targets = targetsOf(world, filter, caller);
  const status = filter.get('status')?.toLowerCase();
  const rows = world.state.requests
    .filter((request) => request.plane === 'azure' && request.side === side && isListed(world, request))
    .filter((request) => inView(world.state, filter, scope, request.scope))
    .filter((request) => targets === null || targets.has(request.principalId))
    .filter((request) => !filter.has('asRequestor') || request.requestorId === caller.objectId)
    .filter((request) => !filter.has('asApprover') || mayReview(world, caller.objectId, request))
    .filter((request) => status === undefined || request.status.toLowerCase() === status);
  return pageOf(ask.call, rows, PAGE, (request) => requestRow(world.state, request, tellsNull(ask.call)));
}

function existing(ask: AuthorizationCall, side: Side, name: string): ScheduleRequest {
  const found = ask.world.state.requests.find(
    (one) =>
      one.plane === 'azure' && one.side === side && one.scope === ask.scope && one.id === name.toLowerCase(),
  );
  if (found === undefined) throw resourceNotFound(ask.call.path);
  return found;
}

function readable(ask: AuthorizationCall, side: Side, name: string): ScheduleRequest {
  const { world, caller, scope } = ask;
  const found = existing(ask, side, name);
  const involved = [found.principalId, found.requestorId].includes(caller.objectId);
  if (involved || mayReview(world, caller.objectId, found) || may(ask, side, 'read')) return found;
  throw authorizationFailed(world, caller, action(side, 'read'), scope);
}

function may(ask: AuthorizationCall, side: Side, verb: string): boolean {
  return mayOnArm(ask.world, ask.caller.objectId, action(side, verb), ask.scope);
}

function action(side: Side, verb: string): string {
  const collection =
    side === 'assignment' ? 'roleAssignmentScheduleRequests' : 'roleEligibilityScheduleRequests';
  return `Microsoft.Authorization/${collection}/${verb}`;
}
