import type { Plane, Schedule, State } from '#lib/emulator/state.ts';

type By = Map<string, Schedule[]>;

interface Index {
  count: number;
  last: Schedule | undefined;
  ofPrincipal: By;
  /** Azure roles only: half of a directory is held at `/`. */
  atScope: By;
  /** Members and owners through PIM. */
  ofGroup: By;
  ofPlane: By;
}

const indexes = new WeakMap<Schedule[], Index>();
/** Where a schedule stands in the list, so that what is gathered from several places keeps the list's order. */
const order = new WeakMap<Schedule, number>();
let nextOrder = 0;

/** The schedules of one principal, as they are now, without a search through everyone's. Not to be changed. */
export function schedulesOf(state: State, principalId: string): readonly Schedule[] {
  return indexOf(state.schedules).ofPrincipal.get(principalId) ?? [];
}

/** The schedules of several principals, in the order of the whole list. */
export function schedulesOfAny(state: State, principalIds: Iterable<string>): Schedule[] {
  return gather(indexOf(state.schedules).ofPrincipal, principalIds);
}

/** The Azure schedules at several scopes, in the order of the whole list. */
export function azureSchedulesAt(state: State, scopes: Iterable<string>): Schedule[] {
  return gather(indexOf(state.schedules).atScope, scopes);
}

/** Who holds a group through PIM, or may. Not to be changed. */
export function schedulesOfGroup(state: State, groupId: string): readonly Schedule[] {
  return indexOf(state.schedules).ofGroup.get(groupId) ?? [];
}

/** The groups that anybody holds through PIM, or may. */
export function groupsWithSchedules(state: State): string[] {
  return [...indexOf(state.schedules).ofGroup].flatMap(([id, held]) => (held.length > 0 ? id : []));
}

/** All schedules of a plane, in the order of the whole list. Not to be changed. */
export function schedulesOfPlane(state: State, plane: Plane): readonly Schedule[] {
  return indexOf(state.schedules).ofPlane.get(plane) ?? [];
}

function gather(by: By, keys: Iterable<string>): Schedule[] {
  const found = [...new Set(keys)].flatMap((key) => by.get(key) ?? []);
  return found.sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
}

/** Puts a shorter list in the tenant's place and keeps what is known of the rest. */
export function dropSchedules(state: State, isGone: (schedule: Schedule) => boolean): void {
  const gone = new Set(state.schedules.filter(isGone));
  if (gone.size === 0) return;
  const { ofPrincipal, atScope, ofGroup, ofPlane } = indexOf(state.schedules);
  for (const { principalId, plane, scope } of gone) {
    without(ofPrincipal, principalId, gone);
    if (plane === 'azure') without(atScope, scope, gone);
    if (plane === 'group') without(ofGroup, scope, gone);
  }
  for (const plane of new Set([...gone].map((one) => one.plane))) without(ofPlane, plane, gone);
  state.schedules = state.schedules.filter((schedule) => !gone.has(schedule));
  const { length } = state.schedules;
  const last = state.schedules[length - 1];
  indexes.set(state.schedules, { count: length, last, ofPrincipal, atScope, ofGroup, ofPlane });
}

function without(by: By, key: string, gone: Set<Schedule>): void {
  const kept = (by.get(key) ?? []).filter((one) => !gone.has(one));
  by.set(key, kept);
}

/** Lists grow at the end or are replaced; one that was cut is read anew. */
function indexOf(schedules: Schedule[]): Index {
  let index = indexes.get(schedules);
  if (!index || index.count > schedules.length || schedules[index.count - 1] !== index.last) {
    const none = { ofPrincipal: new Map(), atScope: new Map(), ofGroup: new Map(), ofPlane: new Map() };
    index = { count: 0, last: undefined, ...none };
    indexes.set(schedules, index);
  }
  for (; index.count < schedules.length; index.count += 1) {
    const schedule = schedules[index.count];
    index.last = schedule;
    if (schedule === undefined) continue;
    order.set(schedule, nextOrder);
    nextOrder += 1;
    add(index.ofPrincipal, schedule.principalId, schedule);
    add(index.ofPlane, schedule.plane, schedule);
    if (schedule.plane === 'azure') add(index.atScope, schedule.scope, schedule);
    if (schedule.plane === 'group') add(index.ofGroup, schedule.scope, schedule);
  }
  return index;
}

function add(by: By, key: string, schedule: Schedule): void {
  const own = by.get(key);
  if (own) own.push(schedule);
  else by.set(key, [schedule]);
}
