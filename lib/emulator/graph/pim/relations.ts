import { findById } from '#lib/emulator/by-id.ts';
import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import type { Expandable } from '#lib/emulator/graph/odata/print.ts';
import type { Family, Kind, Side } from './family.ts';

/**
 * What $expand may name on the rows of one set: what the family knows, for requests the schedule they are about, and on the
 * side of assignments the eligibility that was activated.
 */
export function relations(exchange: Exchange, family: Family, side: Side, kind: Kind) {
  const targetSchedule: Expandable = { read: ({ targetScheduleId: id }) => scheduleAt(exchange, family, id) };
  const activatedUsing: Expandable = { read: (row) => eligibilityOf(exchange, family, kind, row) };
  return {
    ...family.expand(exchange),
    ...(kind === 'ScheduleRequest' && { targetSchedule }),
    ...(side === 'assignment' && { activatedUsing }),
  };
}

/** An instance tells of an eligibility's instance, a schedule or a request of its schedule; null where nothing was activated. */
function eligibilityOf(exchange: Exchange, family: Family, kind: Kind, row: Row): Row | null {
  const { schedules, requests } = exchange.world.state;
  if (kind === 'ScheduleRequest') {
    const request = findById(requests, String(row.id));
    return scheduleAt(exchange, family, request?.linkedEligibilityId);
  }
  const id = row.roleAssignmentScheduleId ?? row.assignmentScheduleId ?? row.id;
  const { eligibilityId } = findById(schedules, shortId(id)) ?? {};
  return scheduleAt(exchange, family, eligibilityId, kind);
}

function scheduleAt({ world }: Exchange, family: Family, id: unknown, kind: Kind = 'Schedule'): Row | null {
  const schedule = typeof id === 'string' ? findById(world.state.schedules, shortId(id)) : undefined;
  if (!schedule || schedule.visibleFrom > world.now()) return null;
  const draw = kind === 'ScheduleInstance' ? family.instance : family.schedule;
  return draw({ schedule, memberType: 'direct', viaGroupId: null });
}

/** A schedule of a group is printed as `{group}_{access}_{guid}`. */
const shortId = (id: unknown) => String(id).split('_').at(-1) ?? '';
