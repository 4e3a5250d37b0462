import { mayOnArm } from '#lib/emulator/arm/access.ts';
import type { ScheduleRequest } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { auditRequest } from './audit-pim.ts';
import { mayAdminister } from './may-administer.ts';
import { invalidRequest, notAllowed, notFound } from './refusals.ts';

const cancellable = ['Granted', 'PendingApproval', 'PendingAdminDecision'];

/**
 * Withdraws a request that has not taken effect. 404 when there is none, 403 when it is neither one's own nor one may
 * administer it, 400 when it is done already.
 */
export function cancelRequest(world: World, caller: Caller, requestId: string): ScheduleRequest {
  const { state } = world;
  const request = state.requests.find(({ id }) => id === requestId.toLowerCase());
  if (!request) throw notFound();
  const own = [request.requestorId, request.principalId].includes(caller.objectId);
  if (!own && !mayCancelForOthers(world, caller, request)) throw notAllowed(request.plane);
  if (!cancellable.includes(request.status)) throw invalidRequest();
  if (request.status === 'Granted') {
    state.schedules = state.schedules.filter(({ id }) => id !== request.targetScheduleId);
  }
  request.status = 'Canceled';
  request.completedAt = world.now();
  auditRequest(world, caller, request, 'canceled');
  world.changed();
  return request;
}

function mayCancelForOthers(world: World, caller: Caller, request: ScheduleRequest): boolean {
  return request.plane === 'azure'
    ? mayOnArm(world, caller.objectId, 'Microsoft.Authorization/roleAssignments/write', request.scope)
    : mayAdminister(world, caller, request.plane, request.scope);
}
