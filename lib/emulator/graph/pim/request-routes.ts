import { at, type Exchange, type Route } from '#lib/emulator/graph/exchange.ts';
import { collection, entity, filterOf } from '#lib/emulator/graph/odata/collection.ts';
import { requirePimPermission, requireUser } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { cancelRequest } from '#lib/emulator/pim/cancel.ts';
import { mayReview } from '#lib/emulator/pim/decide.ts';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { isListed } from '#lib/emulator/pim/is-listed.ts';
import { mayAdminister } from '#lib/emulator/pim/may-administer.ts';
import type { ScheduleRequest } from '#lib/emulator/state.ts';
import type { Family, Side } from './family.ts';
import { readAsk } from './read-ask.ts';
import { relations } from './relations.ts';

/** Schedule requests of both sides: file, list, read, cancel. Lists want ReadWrite, as the live service does. */
export function requestRoutes(family: Family): Route[] {
  return (['eligibility', 'assignment'] as const).flatMap((side) => routesOf(family, side));
}

function routesOf(family: Family, side: Side): Route[] {
  const path = `${family.base}/${family.setName(side, 'ScheduleRequest')}`;
  const context = path.slice(1);
  const [read, write] = [family.permissions(side, 'Read'), family.permissions(side, 'ReadWrite')];
  return [
    {
      method: 'POST',
      path,
      answer: (exchange) => {
        requirePimPermission(exchange, write);
        return file(exchange, family, side, context);
      },
    },
    {
      method: 'GET',
      path,
      answer: (exchange) => {
        requirePimPermission(exchange, write);
        family.gate(exchange, filterOf(exchange));
        const rows = listed(exchange, family, side).map((one) => family.request(exchange.world.state, one));
        return collection(exchange, rows, {
          context,
          expand: relations(exchange, family, side, 'ScheduleRequest'),
        });
      },
    },
    {
      method: 'GET',
      path: `${path}/filterByCurrentUser(on='{on}')`,
      answer: (exchange) => {
        requirePimPermission(exchange, write);
        requireUser(exchange);
        return mine(exchange, family, side, context);
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      answer: (exchange) => {
        requirePimPermission(exchange, read);
        const request = visible(exchange, family, side);
        return entity(exchange, family.request(exchange.world.state, request), {
          context,
          expand: relations(exchange, family, side, 'ScheduleRequest'),
        });
      },
    },
    {
      method: 'POST',
      path: `${path}/{id}/cancel`,
      answer: (exchange) => {
        requirePimPermission(exchange, write);
        const id = at(exchange, 'id').toLowerCase();
        if (!requests(exchange, family, side).some((request) => request.id === id)) throw resourceMissing(id);
        cancelRequest(exchange.world, exchange.caller, id);
        return { status: 204 };
      },
    },
  ];
}

function file(exchange: Exchange, family: Family, side: Side, context: string) {
  const { call, world, caller } = exchange;
  const ask = readAsk(call.body, family, side);
  if (ask.action.startsWith('self')) requireUser(exchange);
  else if (!mayAdminister(world, caller, family.plane, ask.scope.toLowerCase())) throw denied();
  const row = family.request(world.state, fileRequest(world, caller, ask));
  return entity(exchange, { ...row, isValidationOnly: ask.validateOnly }, { context }, 201);
}

function mine(exchange: Exchange, family: Family, side: Side, context: string) {
  const { world, caller } = exchange;
  const on = at(exchange, 'on');
  const expand = relations(exchange, family, side, 'ScheduleRequest');
  const found = listed(exchange, family, side);
  const draw = (request: ScheduleRequest) => family.request(world.state, request);
  if (on === 'principal') {
    const rows = found.filter(({ principalId }) => principalId === caller.objectId).map(draw);
    return collection(exchange, rows, { context, expand });
  }
  // createdBy is declared for Entra roles too, and not supported there yet.
  if (on !== 'approver' && !(on === 'createdBy' && family.plane === 'group')) {
    throw badRequest(`Unsupported value '${on}' of 'on'.`);
  }
  const isAsked = (request: ScheduleRequest) =>
    on === 'approver' ? mayReview(world, caller.objectId, request) : request.requestorId === caller.objectId;
  const type = family.typeName(side, 'ScheduleRequest');
  const rows = found
    .filter(isAsked)
    .map((request) => ({ '@odata.type': `#microsoft.graph.${type}`, ...draw(request) }));
  return collection(exchange, rows, { context: `Collection(${type})`, expand });
}

function visible(exchange: Exchange, family: Family, side: Side): ScheduleRequest {
  const { world, caller } = exchange;
  const wanted = at(exchange, 'id').toLowerCase();
  const request = requests(exchange, family, side).find(({ id }) => id === wanted);
  if (!request) throw resourceMissing(wanted);
  const isOwn = [request.principalId, request.requestorId].includes(caller.objectId);
  if (isOwn || mayReview(world, caller.objectId, request) || family.sees(exchange, request.scope))
    return request;
  throw denied();
}

/** What lists show: a replica may not have heard of the newest. */
function listed(exchange: Exchange, family: Family, side: Side): ScheduleRequest[] {
  return requests(exchange, family, side).filter((request) => isListed(exchange.world, request));
}

/** Newest first. */
function requests({ world }: Exchange, { plane }: Family, side: Side): ScheduleRequest[] {
  return world.state.requests
    .filter((request) => request.plane === plane && request.side === side)
    .toReversed();
}
