import { type RoleAtScope, roleKey } from './assignment.ts';
import { isAfter } from './follow-on.ts';
import { isBeforeAzure, isLive, type RequestStatus } from './request.ts';
import { floorMinutes, minute } from './time.ts';

/** How Azure and Stint's own record may differ about an activation. */
export const differenceKinds = [
  /** Azure holds an activation that Stint did not file; it is put on record. */
  'filed_elsewhere',
  /** Stint calls it active, and Azure does not show it. */
  'active_unknown_to_azure',
  /** Azure still holds what should be over. */
  'held_past_end',
  /** Both hold it, until different times. */
  'window_differs',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export const differenceNames: Record<DifferenceKind, string> = {
  filed_elsewhere: 'Activated outside Stint',
  active_unknown_to_azure: 'Active here, not shown by Azure',
  held_past_end: 'Held by Azure past its end',
  window_differs: 'Azure names another end',
};

/** How a difference came to its end. */
export const differenceEnds = [
  'recorded',
  'request_ended',
  'seen_again',
  'gone_from_azure',
  'followed',
] as const;
export type DifferenceEnd = (typeof differenceEnds)[number];

export const differenceEndNames: Record<DifferenceEnd, string> = {
  recorded: 'put on record',
  request_ended: 'Stint looked again and ended it',
  seen_again: 'Azure shows it again',
  gone_from_azure: 'Azure dropped it',
  followed: 'Stint’s record follows Azure',
};

interface Asked {
  filedAt: Date;
  /** null: now. */
  wantedStartAt: Date | null;
}

interface Held extends RoleAtScope {
  principalId: string;
  startsAt: Date | null;
  endsAt: Date | null;
}

interface Recorded extends RoleAtScope, Asked {
  id: string;
  requesterId: string;
  status: RequestStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  activeAt: Date | null;
  endedAt: Date | null;
}

export interface Difference<H, R> {
  kind: DifferenceKind;
  held: H | null;
  recorded: R | null;
}

/** Azure shows a change in minutes, not at once: younger ones are not called differences. */
export const graceMinutes = 2;
/** What ended may be shown this long after. */
const afterglowMinutes = 10;

/** Which part of a plane a role lies in, as a reading of the tenant counts its parts; lower case. */
export function placeOf({ plane, scopeId }: RoleAtScope): string {
  if (plane === 'entra') return '/';
  const scope = scopeId.toLowerCase();
  if (plane === 'group') return scope;
  return (
    /^\/subscriptions\/[^/]+/.exec(scope)?.[0] ??
    /^\/providers\/microsoft\.management\/managementgroups\/[^/]+/.exec(scope)?.[0] ??
    scope
  );
}

/** One text per person and role at a scope. */
export function holdingKey(principalId: string, role: RoleAtScope): string {
  return `${principalId.toLowerCase()}|${roleKey(role)}`;
}

/**
 * Whether an activation that began at this moment can be what was asked for: it began neither before it was filed nor
 * before the start it asked for. Another of the same role, made in the portal or just ended, did, and by more than PIM's
 * shortest activation, or the two would overlap, which PIM refuses: so Azure's clock may differ from ours by that much.
 */
export function mayBeOf(asked: Asked, startsAt: Date | null): boolean {
  const soonest = Math.max(asked.filedAt.getTime(), asked.wantedStartAt?.getTime() ?? 0);
  return startsAt === null || startsAt.getTime() > soonest - floorMinutes * minute;
}

/**
 * Holds what Azure showed against what Stint knows. Absence counts only in `places`, which answered; when
 * Azure shows nothing at all though Stint knows activations, that is not believed (`emptied`). `awaited`: what Stint
 * still waits for and Azure shows already; `agreed`: what is active for both. An activation beside a request that still
 * waits, or of which Azure was never told, is `filed_elsewhere`, with that request.
 */
export function differences<H extends Held, R extends Recorded>(facts: {
  held: readonly H[];
  places: readonly string[];
  recorded: readonly R[];
  now: Date;
}): { found: Difference<H, R>[]; awaited: R[]; agreed: R[]; emptied: boolean } {
  const { held, recorded, now } = facts;
  const places = new Set(facts.places);
  const byKey = Map.groupBy(recorded, (row) => holdingKey(row.requesterId, row));
  const shown = new Set(held.map((row) => holdingKey(row.principalId, row)));
  const missing = recorded.filter(
    (row) =>
      row.status === 'active' &&
      isPast(row.activeAt, graceMinutes, now) &&
      places.has(placeOf(row)) &&
      !shown.has(holdingKey(row.requesterId, row)),
  );
  const emptied = held.length === 0 && missing.length > 0;
  const found: Difference<H, R>[] = emptied
    ? []
    : missing.map((row) => ({ kind: 'active_unknown_to_azure', held: null, recorded: row }));
  const awaited: R[] = [];
  const agreed: R[] = [];
  for (const row of held) {
    const mine = byKey.get(holdingKey(row.principalId, row)) ?? [];
    const live = liveOf(mine, row);
    const isOn = live?.status === 'active' || live?.status === 'ending';
    if (live && !isBeforeAzure(live.status) && (isOn || mayBeOf(live, row.startsAt))) {
      const kind = isOn ? aboutLive(row, live, now) : null;
      if (!isOn) awaited.push(live);
      else if (!kind && live.status === 'active') agreed.push(live);
      if (kind) found.push({ kind, held: row, recorded: live });
      continue;
    }
    const over = mine.find((one) => one !== live && isSameActivation(one, row));
    if (!over) found.push({ kind: 'filed_elsewhere', held: row, recorded: live ?? null });
    else if (isPast(over.endedAt ?? over.endsAt, afterglowMinutes, now)) {
      found.push({ kind: 'held_past_end', held: row, recorded: over });
    }
  }
  return { found, awaited, agreed, emptied };
}

/** The live request this activation is of: while one waits to follow another, what begins at the end is the follower's. */
function liveOf<R extends Recorded>(mine: readonly R[], held: Held): R | undefined {
  const live = mine.filter(({ status }) => isLive(status));
  const on = live.find(({ status }) => status === 'active' || status === 'ending');
  if (on && !isAfter(on, held.startsAt)) return on;
  return live.find((one) => one !== on) ?? on;
}

function aboutLive(held: Held, live: Recorded, now: Date): DifferenceKind | null {
  if (live.endsAt && isPast(live.endsAt, graceMinutes, now)) return 'held_past_end';
  if (live.status !== 'active' || !held.endsAt || !live.endsAt) return null;
  return Math.abs(held.endsAt.getTime() - live.endsAt.getTime()) > minute ? 'window_differs' : null;
}

/** Azure keeps an activation's start for as long as it holds it. */
function isSameActivation(recorded: Recorded, held: Held): boolean {
  if (!recorded.startsAt || !held.startsAt) return false;
  return Math.abs(recorded.startsAt.getTime() - held.startsAt.getTime()) < 1_000;
}

function isPast(moment: Date | null, graceMinutesAfter: number, now: Date): boolean {
  return moment === null || moment.getTime() + graceMinutesAfter * minute <= now.getTime();
}

/** How a difference ended that was not found again; `isHeld`: Azure shows the activation now. */
export function endOf(kind: DifferenceKind, isHeld: boolean): DifferenceEnd {
  if (kind === 'filed_elsewhere') return isHeld ? 'recorded' : 'gone_from_azure';
  if (kind === 'active_unknown_to_azure') return isHeld ? 'seen_again' : 'request_ended';
  return isHeld ? 'followed' : 'gone_from_azure';
}
