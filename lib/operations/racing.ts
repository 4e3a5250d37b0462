/** For tests of races: ten at the same moment, over and over, counted for the table of faults. */
import { test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';

export const racers = 10;
const times = rounds({ quick: 2, full: 500 });

/** Plays a race for as many rounds as are wanted, and notes it. `before`: once, before the first. */
export function race(what: string, round: () => Promise<void>, before = async (): Promise<void> => {}): void {
  test(`${what}, ${racers} racers`, { timeout: 60_000 + times * 5_000 }, async (context) => {
    await before();
    for (let n = 0; n < times; n++) await round();
    played(context, 'R', what, times);
  });
}

/** Starts that many at once. */
export function lines<T>(start: (n: number) => Promise<T>, count = racers): Promise<T>[] {
  return Array.from({ length: count }, (_, n) => start(n));
}

/** What those heard who were refused, by its code. */
export function codes(outcomes: PromiseSettledResult<unknown>[]): string[] {
  return outcomes.flatMap((one) =>
    one.status === 'rejected' ? [one.reason.code ?? String(one.reason)] : [],
  );
}

/** How many got what they asked for. */
export function won(outcomes: PromiseSettledResult<unknown>[]): number {
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}
