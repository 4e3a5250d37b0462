import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity, filterOf } from '#lib/emulator/graph/odata/collection.ts';
import { drawn } from '#lib/emulator/graph/odata/drawn.ts';
import { equalities } from '#lib/emulator/graph/odata/matches.ts';
import { requirePimPermission, requireUser } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { activeFor, eligibleFor, type Held, isRunning } from '#lib/emulator/pim/holdings.ts';
import { schedulesOf, schedulesOfGroup, schedulesOfPlane } from '#lib/emulator/pim/schedule-index.ts';
import type { Plane, Schedule } from '#lib/emulator/state.ts';
import type { Family, Side } from './family.ts';
import { relations } from './relations.ts';

/** Schedules (now and later) and their instances (now), of both sides, for everyone and for the caller. */
export function scheduleRoutes(family: Family): Route[] {
  return (['eligibility', 'assignment'] as const).flatMap((side) => [
    ...routesOf(family, side, 'ScheduleInstance'),
    ...routesOf(family, side, 'Schedule'),
  ]);
}

function routesOf(family: Family, side: Side, kind: 'ScheduleInstance' | 'Schedule'): Route[] {
  const name = family.setName(side, kind);
  const path = `${family.base}/${name}`;
  const context = path.slice(1);
  const draw = remembering(kind === 'Schedule' ? family.schedule : family.instance);
  const permissions = family.permissions(side, 'Read');
  return [
    {
      method: 'GET',
      path,
      answer: (exchange) => {
        requirePimPermission(exchange, permissions);
        family.gate(exchange, filterOf(exchange));
        const rows = drawn(everyones(exchange, family, side, kind), draw);
        return collection(exchange, rows, { context, expand: relations(exchange, family, side, kind) });
      },
    },
    {
      method: 'GET',
      path: `${path}/filterByCurrentUser(on='{on}')`,
      answer: (exchange) => {
        requirePimPermission(exchange, permissions);
        requireUser(exchange);
        if (at(exchange, 'on') !== 'principal')
          throw badRequest(`Unsupported value '${at(exchange, 'on')}' of 'on'.`);
        const type = family.typeName(side, kind);
        const rows = own(exchange, family, side, kind).map(
          (held): Row => ({ '@odata.type': `#microsoft.graph.${type}`, ...draw(held) }),
        );
        return collection(exchange, rows, {
          context: `Collection(${type})`,
          expand: relations(exchange, family, side, kind),
        });
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      answer: (exchange) => {
        requirePimPermission(exchange, permissions);
        const id = at(exchange, 'id');
        const held = everyones(exchange, family, side, kind).find((one) => draw(one).id === id);
        if (!held) throw resourceMissing(id);
        const isOwn = held.schedule.principalId === exchange.caller.objectId;
        if (!isOwn && !family.sees(exchange, held.schedule.scope)) throw denied();
        return entity(exchange, draw(held), { context, expand: relations(exchange, family, side, kind) });
      },
    },
  ];
}

function own(exchange: Exchange, family: Family, side: Side, kind: string): Held[] {
  const { world, caller } = exchange;
  const now = (side === 'eligibility' ? eligibleFor : activeFor)(world, caller.objectId);
  const isMine = ({ schedule }: Held) => schedule.principalId === caller.objectId;
  const later = kind === 'Schedule' ? everyones(exchange, family, side, kind).filter(isMine) : [];
  const known = new Set(now.map(({ schedule }) => schedule.id));
  return [
    ...now.filter(({ schedule }) => schedule.plane === family.plane),
    ...later.filter(({ schedule }) => !known.has(schedule.id)),
  ];
}

function everyones(exchange: Exchange, { plane }: Family, side: Side, kind: string): Held[] {
  const { world } = exchange;
  const now = world.now();
  const wanted: Schedule['kind'] = side === 'eligibility' ? 'eligible' : 'active';
  const counts = (schedule: Schedule) =>
    kind === 'Schedule' ? schedule.visibleFrom <= now : isRunning(schedule, now);
  return candidates(exchange, plane)
    .filter((schedule) => schedule.plane === plane && schedule.kind === wanted && counts(schedule))
    .map((schedule) => ({ schedule, memberType: 'direct', viaGroupId: null }));
}

/** All schedules of the plane, or no more than a filter on one group or one principal can mean. */
function candidates(exchange: Exchange, plane: Plane): readonly Schedule[] {
  const { state } = exchange.world;
  const { groupId, principalId } = equalities(filterOf(exchange));
  if (groupId) return schedulesOfGroup(state, groupId.toLowerCase());
  return principalId ? schedulesOf(state, principalId.toLowerCase()) : schedulesOfPlane(state, plane);
}

/**
 * The same drawing, each schedule once while its window stays as it is: a list draws every row to cut one page out of them.
 */
function remembering(draw: (held: Held) => Row): (held: Held) => Row {
  const drawn = new WeakMap<Schedule, { startAt: number; endAt: number | null; row: Row }>();
  return (held) => {
    const { schedule, viaGroupId } = held;
    if (viaGroupId !== null) return draw(held);
    const { startAt, endAt } = schedule;
    const before = drawn.get(schedule);
    if (before?.startAt === startAt && before.endAt === endAt) return before.row;
    const row = draw(held);
    drawn.set(schedule, { startAt, endAt, row });
    return row;
  };
}
