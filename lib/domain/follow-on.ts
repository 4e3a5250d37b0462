import type { RequestStatus } from './request.ts';
import { floorMinutes, minute } from './time.ts';

/** Azure keeps starts to the second, and its clock may differ from ours by that much. */
const slackMinutes = 1;

/**
 * Whether an activation that began then is one after this window, not this one: PIM lets no two of the same role
 * overlap, so what begins where this one ends has taken its place. PIM's shortest activation after this one began, it may
 * have been ended, and activated anew.
 */
export function isAfter(window: Record<'startsAt' | 'endsAt', Date | null>, startsAt: Date | null): boolean {
  if (!startsAt) return false;
  const comesAt = (from: Date | null, minutes: number) =>
    from !== null && startsAt.getTime() >= from.getTime() + minutes * minute;
  return comesAt(window.endsAt, -slackMinutes) || comesAt(window.startsAt, floorMinutes);
}

interface FollowOn {
  status: RequestStatus;
  waitsForEnd: boolean;
  azureId: string | null;
  misses: number;
  failure: string | null;
  wantedStartAt: Date | null;
}

/** Whether Azure has refused to take a follow-on before what it follows ends, and is not asked again until then. */
export function isHeldForEnd(
  { status, waitsForEnd, azureId, misses, failure, wantedStartAt }: FollowOn,
  now: Date,
): boolean {
  const isRefused = status === 'filed' && waitsForEnd && azureId === null && misses === 0 && failure !== null;
  return isRefused && wantedStartAt !== null && wantedStartAt > now;
}
