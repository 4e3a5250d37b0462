import { inWords } from '#lib/domain/time.ts';
import type { RoleLately } from '#lib/queries/approval-rows.ts';

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** `41 activations by 6 people. Denied 3 times.` */
export function asksWords({ asks, isMore, activated, denied, people }: RoleLately): string {
  if (asks === 0) return 'Nobody asked for it here, as far as Stint saw.';
  const by = people === 1 ? 'one person' : `${people} people`;
  const newest = isMore ? `Of the last ${asks} asks: ` : '';
  const given =
    activated === 0
      ? `asked for ${times(asks)}, never activated`
      : `${activated === 1 ? 'one activation' : `${activated} activations`} by ${by}`;
  const first = newest ? given : given.charAt(0).toUpperCase() + given.slice(1);
  return `${newest}${first}. ${denied === 0 ? 'Never denied.' : `Denied ${times(denied)}.`}`;
}

/** Hours once there are many: `96 h`; a sum of weeks reads worse in days. */
export function spanWords(minutes: number): string {
  return minutes < 600 ? inWords(minutes) : `${Math.round(minutes / 60)} h`;
}

/** How many of those who could activate it did; null: not known. */
export function eligibleWords({ eligible, eligibleActivated }: RoleLately): string | null {
  if (eligible === null) return null;
  if (eligible === 1)
    return `One person is eligible for it here, ${eligibleActivated === 1 ? 'and has' : 'and has not'} activated it.`;
  if (eligibleActivated >= eligible) return `All ${eligible} eligible people have activated it.`;
  return `${eligibleActivated} of ${eligible} eligible people have activated it.`;
}
