import { type Countdown, countdown } from '#components/access/countdown.ts';
import { inWords, plusMinutes } from '#lib/domain/time.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';

export interface Joined extends Countdown {
  /** 0 to 1: where the first of two windows ends; null: there is one. */
  usual: number | null;
}

type Windows = Pick<ActiveRow, 'startsAt' | 'endsAt' | 'followOn'>;

/** One bar for a running window and what follows it: the tick is where one ends and the other starts. */
export function joinedWindow({ startsAt, endsAt, followOn }: Windows, now: number): Joined {
  const first = countdown(startsAt, endsAt, now);
  if (!followOn || !startsAt || !endsAt) return { ...first, usual: null };
  const until = followOn.endsAt ?? plusMinutes(endsAt, followOn.minutes);
  const whole = until.getTime() - startsAt.getTime();
  const part = Math.max(0, until.getTime() - Math.max(now, startsAt.getTime())) / whole;
  const usual = (until.getTime() - endsAt.getTime()) / whole;
  const kind = followOn.status === 'scheduled' ? 'running' : first.kind;
  return { ...first, kind, part, usual, rest: `then ${inWords(followOn.minutes)} more` };
}

/** What is to follow, where it is not simply scheduled. */
export function followOnWords({ followOn }: Pick<ActiveRow, 'followOn'>): string | null {
  switch (followOn?.status) {
    case undefined:
    case 'scheduled':
      return null;
    case 'awaiting_signatures':
      return 'more time waits for signatures';
    case 'approved':
      return 'more time is approved: start it under Pending';
    case 'awaiting_approval':
      return 'more time waits for approval';
    case 'needs_you':
      return 'more time needs you: see Pending';
    case 'withdrawing':
      return 'more time is being cancelled';
    case 'filed':
      return followOn.failure ?? 'asking Azure for more time…';
    default:
      return 'more time is on its way';
  }
}
