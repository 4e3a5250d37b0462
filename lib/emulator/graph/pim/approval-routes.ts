import { at, type Exchange, isRow, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, contextOf, entity } from '#lib/emulator/graph/odata/collection.ts';
import { requirePimPermission, requireUser } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { decide, mayReview } from '#lib/emulator/pim/decide.ts';
import { mayAdminister } from '#lib/emulator/pim/may-administer.ts';
import type { ScheduleRequest } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { stageRow } from './approval-stage.ts';
import type { Family } from './family.ts';

/** Approvals and their one stage. People only; the paths say `steps` or `stages`, both are understood. */
export function approvalRoutes(family: Family): Route[] {
  const { path, stages, version } = family.approvals;
  const context = path.slice(1);
  const approval = `${path}/{id}`;
  const route = (method: Route['method'], where: string, answer: Route['answer']): Route => ({
    method,
    path: where,
    ...(version && { version }),
    answer: (exchange) => {
      requireUser(exchange);
      requirePimPermission(
        exchange,
        family.permissions('assignment', method === 'GET' ? 'Read' : 'ReadWrite'),
      );
      return answer(exchange);
    },
  });
  const draw = (exchange: Exchange, request: ScheduleRequest): Row => ({
    id: request.id,
    [stages]: [stageRow(exchange, request)],
  });
  const one = (exchange: Exchange) => draw(exchange, visible(exchange, family));
  const ofStage = (name: string): Route[] => [
    route('GET', `${approval}/${name}`, (exchange) => {
      const request = visible(exchange, family);
      const set = { context: `${context}('${request.id}')/${stages}` };
      return collection(exchange, [stageRow(exchange, request)], set);
    }),
    route('GET', `${approval}/${name}/{stage}`, (exchange) => {
      const request = visible(exchange, family);
      if (request.approval?.stageId !== at(exchange, 'stage')) throw resourceMissing(at(exchange, 'stage'));
      return entity(exchange, stageRow(exchange, request), {
        context: `${context}('${request.id}')/${stages}`,
      });
    }),
    route('PATCH', `${approval}/${name}/{stage}`, (exchange) => patch(exchange, family)),
  ];
  return [
    route('GET', `${path}/filterByCurrentUser(on='{on}')`, (exchange) => {
      if (at(exchange, 'on') !== 'approver')
        throw badRequest(`Unsupported value '${at(exchange, 'on')}' of 'on'.`);
      // The documented list, which is one of groups in beta, names the type of each item.
      const isTyped = family.plane === 'group' && exchange.version === 'beta';
      const rows = mine(exchange, family).map((request) => ({
        ...(isTyped && { '@odata.type': '#microsoft.graph.approval' }),
        ...draw(exchange, request),
      }));
      return collection(exchange, rows, { context: 'Collection(approval)' });
    }),
    route('GET', approval, (exchange) => ({
      status: 200,
      body: { '@odata.context': contextOf(exchange, `${context}/$entity`), ...one(exchange) },
    })),
    ...['steps', 'stages'].flatMap(ofStage),
  ];
}

function patch({ call, world, caller, at: found }: Exchange, family: Family): Answer {
  const { reviewResult, justification } = isRow(call.body) ? call.body : {};
  const verdict = (['Approve', 'Deny'] as const).find((one) => one === reviewResult);
  if (!verdict) throw badRequest("Invalid value specified for property 'reviewResult'.");
  const [id = '', stage = ''] = [found.id?.toLowerCase(), found.stage];
  const isHere = world.state.requests.some((request) => request.id === id && request.plane === family.plane);
  if (!isHere) throw resourceMissing(id);
  decide(world, caller, id, stage, verdict, typeof justification === 'string' ? justification : '');
  return { status: 204 };
}

function visible(exchange: Exchange, family: Family): ScheduleRequest {
  const { world, caller } = exchange;
  const wanted = at(exchange, 'id').toLowerCase();
  const request = world.state.requests.find(({ id, plane }) => id === wanted && plane === family.plane);
  if (!request?.approval) throw resourceMissing(wanted);
  const isOwn = [request.principalId, request.requestorId].includes(caller.objectId);
  const administers = mayAdminister(world, caller, family.plane, request.scope);
  if (isOwn || administers || mayReview(world, caller.objectId, request)) return request;
  throw denied();
}

function mine({ world, caller }: Exchange, { plane }: Family): ScheduleRequest[] {
  return world.state.requests.filter(
    (request) => request.plane === plane && mayReview(world, caller.objectId, request),
  );
}
