import { log } from '#lib/log.ts';

export interface Repeated {
  /** The next round comes soon: something may be due. */
  hurry(): void;
  /** Settles when the round under way, if any, is over. */
  stop(): Promise<void>;
}

/** However much happens, a round leaves the database this long to others. Milliseconds. */
const leastPauseMs = 100;

/** Repeats a round with a pause between; a round that fails is logged and comes again. */
export function every(pauseMs: number, name: string, round: () => Promise<unknown>): Repeated {
  let stopped = false;
  let hurried = false;
  let idle = false;
  let rouse: () => void = () => {};
  const nap = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      timer.unref();
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopped) {
      hurried = false;
      await round().catch((error: unknown) => log.warn({ err: error, round: name }, 'round failed'));
      const least = Math.min(leastPauseMs, pauseMs);
      if (!stopped) await nap(least);
      if (stopped || hurried) continue;
      idle = true;
      await nap(pauseMs - least);
      idle = false;
    }
  })();
  return {
    hurry() {
      hurried = true;
      if (idle) rouse();
    },
    stop() {
      stopped = true;
      rouse();
      return loop;
    },
  };
}
