import type { Schedule, ScheduleRequest } from '#lib/emulator/state.ts';
import { durationMs } from './duration.ts';
import { invalidRequest } from './refusals.ts';

/** From when to when, in milliseconds; endAt null is without end. */
export interface Window {
  startAt: number;
  endAt: number | null;
}

/** The window a request gets if it starts no earlier than `now`. Throws InvalidRoleAssignmentRequest on dates that make no sense. */
export function windowOf(
  { startAt: asked, expiration }: Pick<ScheduleRequest, 'startAt' | 'expiration'>,
  now: number,
): Window {
  const startAt = Math.max(now, asked ?? now);
  if (expiration.type === 'noExpiration' || expiration.type === 'notSpecified')
    return { startAt, endAt: null };
  const length = expiration.type === 'afterDuration' ? durationMs(expiration.duration ?? '') : null;
  const endAt = length === null ? expiration.endAt : startAt + length;
  if (expiration.type === 'afterDuration' && length === null) throw invalidRequest();
  if (endAt === null || endAt <= startAt) throw invalidRequest();
  return { startAt, endAt };
}

/** Whether two windows share a moment. */
export function overlap(one: Window, other: Window): boolean {
  const startsBeforeEnd = (first: Window, second: Window) =>
    second.endAt === null || first.startAt < second.endAt;
  return startsBeforeEnd(one, other) && startsBeforeEnd(other, one);
}

type Target = Pick<Schedule, 'plane' | 'principalId' | 'role' | 'scope'>;

/** The same role, at the same scope, for the same principal. */
export function sameTarget(one: Target, other: Target): boolean {
  return (
    one.plane === other.plane &&
    one.principalId === other.principalId &&
    one.role === other.role &&
    one.scope === other.scope
  );
}
