import { randomUUID } from 'node:crypto';
import type { ActivityEvent } from '#lib/emulator/arm-state.ts';
import type { ScheduleRequest } from '#lib/emulator/state.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { allowing } from './access.ts';
import { assignmentId } from './schedule-row.ts';

const NAMESPACE = 'Microsoft.Authorization';
const VERBS: Record<string, string> = { PUT: 'write', PATCH: 'write', DELETE: 'delete' };
const KEPT = 5000;
/** PIM itself, as it writes the assignments it was asked for. */
const PIM_APP = '01fc33a7-78ba-4d2f-a4b7-768e336e890e';

/** Writes a finished call to `{scope}/providers/Microsoft.Authorization/{rest}` into the activity log; reads leave no line there. */
export function recordActivity(
  call: Call,
  world: World,
  caller: Caller,
  scope: string,
  rest: string[],
  answer: Pick<Answer, 'status'>,
): void {
  const action = actionOf(call.method, rest);
  if (action === null) return;
  const user = world.state.users.find((one) => one.id === caller.objectId);
  const role = allowing(world, caller.objectId, action, scope)[0]?.role.roleName ?? null;
  const at = scope === '/' ? '' : scope;
  append(world, {
    scope,
    resourceId: `${at}/providers/${NAMESPACE}/${rest.slice(0, 2).join('/')}`,
    action,
    role,
    callerName: user?.userPrincipalName ?? caller.objectId,
    callerId: caller.objectId,
    appId: caller.appId,
    mfa: caller.mfa,
    method: call.method,
    status: answer.status,
    correlationId: call.requestId,
    clientRequestId: call.clientRequestId,
  });
}

/** The assignment that PIM writes or deletes for a request that took effect on an Azure role. */
export function recordByPim(call: Call, world: World, request: ScheduleRequest): void {
  const ended = request.status === 'Revoked';
  if (request.side !== 'assignment' || !(ended || request.status === 'Provisioned')) return;
  const schedule = world.state.schedules.find(({ id }) => id === request.targetScheduleId);
  const at = request.scope === '/' ? '' : request.scope;
  const collection = `${at}/providers/${NAMESPACE}/roleAssignments`;
  append(world, {
    scope: request.scope,
    resourceId: schedule ? assignmentId(schedule) : `${collection}/${request.targetScheduleId}`,
    action: `${NAMESPACE}/roleAssignments/${ended ? 'delete' : 'write'}`,
    role: null,
    callerName: PIM_APP,
    callerId: PIM_APP,
    appId: PIM_APP,
    mfa: false,
    method: ended ? 'DELETE' : 'PUT',
    status: ended ? 200 : 201,
    correlationId: call.requestId,
    clientRequestId: call.clientRequestId,
  });
}

function append(world: World, event: Omit<ActivityEvent, 'id' | 'at'>): void {
  const { state } = world;
  const log = [...(state.activityLog ?? []), { id: randomUUID(), at: world.now(), ...event }];
  state.activityLog = log.slice(-KEPT);
  world.changed();
}

function actionOf(method: string, rest: string[]): string | null {
  const [collection = '', , verb] = rest;
  if (method === 'POST') {
    const doing = verb ?? (/^elevateAccess$/i.test(collection) ? '' : null);
    if (doing === null || /^validate$/i.test(doing)) return null;
    return `${NAMESPACE}/${[collection, doing].filter(Boolean).join('/')}/action`;
  }
  const written = VERBS[method];
  if (written === undefined) return null;
  return `${NAMESPACE}/${verb === undefined ? collection : `${collection}/${verb}`}/${written}`;
}
