import type { FiledRequest } from '#lib/azure/ports.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { RequestRecord } from './move.ts';

interface Window {
  startsAt: Date;
  endsAt: Date;
}

/** The window of what was granted at this moment: it begins then, or at the start asked for when that lies ahead. */
export function windowFrom({ wantedStartAt, minutes }: RequestRecord, grantedAt: Date): Window {
  const startsAt = wantedStartAt && wantedStartAt > grantedAt ? wantedStartAt : grantedAt;
  return { startsAt, endsAt: plusMinutes(startsAt, minutes) };
}

/**
 * The window of what Azure says it granted, perhaps long before anybody asked. Azure puts the moment of the grant in
 * the place of a start that had passed; one from before the wait for approval is still the filing's, and tells nothing:
 * then it may last as if granted now.
 */
export function grantedWindow(seen: RequestRecord, { startsAt }: FiledRequest, now: Date): Window {
  const told = startsAt && (!seen.waitingSince || startsAt >= seen.waitingSince) ? startsAt : null;
  return { startsAt: startsAt ?? now, endsAt: plusMinutes(told ?? now, seen.minutes) };
}
