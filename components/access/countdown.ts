import type { WindowKind } from '#components/ui/window-bar.tsx';
import { inWords, minute } from '#lib/domain/time.ts';

export interface Countdown {
  kind: WindowKind;
  part: number;
  lead: string;
  rest: string;
}

const closeMinutes = 10;
const closePart = 0.1;

/** A running window at a moment (milliseconds): what is left, of how much. It never says that access is gone. */
export function countdown(startsAt: Date | null, endsAt: Date | null, now: number): Countdown {
  if (!endsAt) return { kind: 'running', part: 1, lead: 'on', rest: 'no end known' };
  const left = endsAt.getTime() - now;
  const whole = startsAt ? endsAt.getTime() - startsAt.getTime() : null;
  const rest = whole === null ? '' : `of ${inWords(whole / minute)}`;
  if (left <= 0) return { kind: 'ending', part: 0, lead: 'time is up', rest: 'Azure is taking it away' };
  const part = whole ? left / whole : 1;
  const close = left < closeMinutes * minute || part < closePart;
  return { kind: close ? 'ending' : 'running', part, lead: `${leftWords(left)} left`, rest };
}

/** Minutes while there are many, seconds once they count. */
export function leftWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds >= closeMinutes * 60) return inWords(Math.floor(seconds / 60));
  const rest = `${seconds % 60} s`;
  return seconds < 60 ? rest : `${Math.floor(seconds / 60)} min ${rest}`;
}
