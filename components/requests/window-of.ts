import { countdown } from '#components/access/countdown.ts';
import type { WindowKind } from '#components/ui/window-bar.tsx';
import { inWords, minute, minutesBetween } from '#lib/domain/time.ts';
import type { RequestRow } from '#lib/queries/rows.ts';

export interface WindowFigures {
  kind: WindowKind;
  part: number;
  lead: string;
  rest: string;
}

type Window = Pick<RequestRow, 'status' | 'minutes' | 'startsAt' | 'endsAt' | 'activeAt' | 'endedAt'>;

/** The window bar of a request at a moment: running, used of what was granted, or asked of what policy allows. */
export function windowOf(request: Window, maximumMinutes: number | null, now: Date): WindowFigures {
  const { status, minutes, startsAt, endsAt, activeAt, endedAt } = request;
  const running = status === 'active' || status === 'ending';
  if (running) return countdown(startsAt ?? activeAt, endsAt, now.getTime());
  if (status === 'ended' && activeAt && endedAt) {
    const used = minutesBetween(startsAt ?? activeAt, endedAt);
    return {
      kind: 'past',
      part: used / Math.max(1, minutes),
      lead: `${usedWords(startsAt ?? activeAt, endedAt)} used`,
      rest: `of ${inWords(minutes)}`,
    };
  }
  const rest = maximumMinutes === null ? 'asked' : `policy allows ${inWords(maximumMinutes)}`;
  return {
    kind: 'ask',
    part: maximumMinutes === null ? 1 : minutes / maximumMinutes,
    lead: inWords(minutes),
    rest,
  };
}

function usedWords(from: Date, to: Date): string {
  const whole = (to.getTime() - from.getTime()) / minute;
  return whole > 0 && whole < 1 ? 'under 1 min' : inWords(whole);
}
