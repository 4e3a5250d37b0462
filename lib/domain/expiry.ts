import { hour } from './time.ts';

const day = 24 * hour;
const soonDays = 30;
const daysOfYear = 365;

/** When something ends, in words one can act on; pressing: it has ended, or does within thirty days. */
export function expiryOf(endsAt: Date, now: Date): { words: string; pressing: boolean } {
  const days = Math.floor((endsAt.getTime() - now.getTime()) / day);
  if (days < -1) return { words: `expired ${counted(-days - 1, 'day')} ago`, pressing: true };
  if (days < 0) return { words: 'expired', pressing: true };
  if (days === 0) return { words: 'ends within a day', pressing: true };
  const words =
    days < 2 * daysOfYear ? `in ${counted(days, 'day')}` : `in ${Math.floor(days / daysOfYear)} years`;
  return { words, pressing: days <= soonDays };
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
