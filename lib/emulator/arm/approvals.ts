import { decide, mayReview } from '#lib/emulator/pim/decide.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import { invalidRequest } from '#lib/emulator/pim/refusals.ts';
import type { Approval, ScheduleRequest } from '#lib/emulator/state.ts';
import type { Answer, World } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { readFilter } from './filter.ts';
import { pimScope, printedTime } from './printed.ts';
import { recordByPim } from './record-activity.ts';
import { authorizationFailed, notEmulated, resourceNotFound } from './refusals.ts';
import { fields, text } from './request-body.ts';
import { covers } from './scopes.ts';

type WithApproval = ScheduleRequest & { approval: Approval };

const TYPE = 'Microsoft.Authorization/roleAssignmentApprovals';

/** roleAssignmentApprovals, at the tenant level or any scope above the request's (contract 5.4). */
export function approvals(ask: AuthorizationCall): Answer {
  const { call } = ask;
  const [, name, part, stageId, ...more] = ask.rest;
  if (more.length > 0 || (part !== undefined && part.toLowerCase() !== 'stages')) throw notEmulated(call);
  if (stageId !== undefined && name !== undefined && ['PATCH', 'PUT'].includes(call.method)) {
    return review(ask, find(ask, name), stageId);
  }
  if (call.method !== 'GET') throw notEmulated(call);
  if (name === undefined) return list(ask);
  const request = find(ask, name);
  if (part === undefined) return { status: 200, body: approvalRow(ask, request) };
  if (stageId === undefined) return { status: 200, body: { value: [stageRow(ask, request)] } };
  if (stageId.toLowerCase() !== request.approval.stageId) throw resourceNotFound(call.path);
  return { status: 200, body: stageRow(ask, request) };
}

/** Wrapped in properties (specification) or flat (documentation): both are in use. */
function review(ask: AuthorizationCall, request: WithApproval, stageId: string): Answer {
  const { world, caller } = ask;
  const body = fields(ask.call.body);
  const said = 'properties' in body ? fields(body.properties) : body;
  const result = text(said.reviewResult)?.toLowerCase();
  const verdict = (['Approve', 'Deny'] as const).find((word) => word.toLowerCase() === result);
  if (verdict === undefined) throw invalidRequest();
  try {
    decide(world, caller, request.id, stageId, verdict, text(said.justification) ?? '');
    recordByPim(ask.call, world, request);
  } catch (refusal) {
    if (!(refusal instanceof PimRefusal) || refusal.status !== 403) throw refusal;
    throw authorizationFailed(world, caller, `${TYPE}/stages/write`, request.scope);
  }
  return { status: 200, body: stageRow(ask, request) };
}

function list(ask: AuthorizationCall): Answer {
  const { world, caller } = ask;
  const filter = readFilter(ask.call, ['asApprover', 'asCreatedBy', 'asTarget']);
  const rows = withApproval(world)
    .filter((request) => covers(world.state, ask.scope, request.scope))
    .filter((request) => {
      if (filter.has('asCreatedBy')) return request.requestorId === caller.objectId;
      if (filter.has('asTarget')) return request.principalId === caller.objectId;
      return mayReview(world, caller.objectId, request);
    });
  return { status: 200, body: { value: rows.map((request) => approvalRow(ask, request)) } };
}

function find(ask: AuthorizationCall, name: string): WithApproval {
  const { world, caller, scope } = ask;
  const found = withApproval(world).find((request) => request.approval.id === name.toLowerCase());
  if (found === undefined || !covers(world.state, scope, found.scope)) throw resourceNotFound(ask.call.path);
  const involved = [found.principalId, found.requestorId].includes(caller.objectId);
  const action = `${TYPE}/read`;
  if (involved || mayReview(world, caller.objectId, found)) return found;
  if (mayOnArm(world, caller.objectId, action, found.scope)) return found;
  throw authorizationFailed(world, caller, action, found.scope);
}

function withApproval(world: World): WithApproval[] {
  return world.state.requests.filter(
    (request): request is WithApproval => request.plane === 'azure' && request.approval !== null,
  );
}

function approvalId(request: WithApproval): string {
  return `${pimScope(request.scope)}/providers/${TYPE}/${request.approval.id}`;
}

function approvalRow(ask: AuthorizationCall, request: WithApproval) {
  const stages = [stageRow(ask, request)];
  return { properties: { stages }, name: request.approval.id, id: approvalId(request), type: TYPE };
}

function stageRow({ world, caller }: AuthorizationCall, request: WithApproval) {
  const { approval } = request;
  const reviewer = world.state.users.find((one) => one.id === approval.reviewedBy);
  return {
    properties: {
      displayName: '',
      status: request.status === 'PendingApproval' ? 'InProgress' : stageStatus(approval, request),
      assignedToMe: mayReview(world, caller.objectId, request),
      reviewedBy:
        reviewer === undefined
          ? null
          : {
              principalId: reviewer.id,
              principalType: 'user',
              principalName: reviewer.displayName,
              userPrincipalName: reviewer.userPrincipalName,
            },
      reviewedDateTime: approval.reviewedAt === null ? null : printedTime(approval.reviewedAt),
      reviewResult: approval.reviewResult,
      justification: approval.justification,
    },
    name: approval.stageId,
    id: `${approvalId(request)}/stages/${approval.stageId}`,
    type: `${TYPE}/stages`,
  };
}

function stageStatus(approval: Approval, request: ScheduleRequest): string {
  return approval.reviewResult === 'NotReviewed' && request.status === 'TimedOut' ? 'Expired' : 'Completed';
}
