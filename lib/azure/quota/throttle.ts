import { setTimeout as pause } from 'node:timers/promises';
import type { AzureFault } from '#lib/azure/faults.ts';
import { type Budget, budget } from './budget.ts';
import type { Charge } from './rates.ts';

/** What is asked before, and told after, every call. */
export interface Throttle {
  /** Waits until the call may be made. */
  go(url: string): Promise<void>;
  /** What became of it; null: it was answered. */
  told(url: string, fault: AzureFault | null): void;
}

/** One busy answer may be a hiccup, and its call waits by itself. So many in a row are the quota: all wait. */
const inARow = 3;
const longestHoldSeconds = 30;

interface Clock {
  now(): number;
  pause(milliseconds: number): Promise<unknown>;
}

const machine: Clock = { now: () => performance.now(), pause };

/** Keeps the calls of this process within Azure's quotas, and away from Azure for as long as it asks. */
export function throttle(chargeOf: (url: string) => Charge, clock: Clock = machine): Throttle {
  const known = new Map<string, { budget: Budget; busy: number }>();
  const of = (key: string) => {
    const one = known.get(key) ?? { budget: budget(clock.now), busy: 0 };
    known.set(key, one);
    return one;
  };
  return {
    async go(url) {
      const { key, cost, rate } = chargeOf(url);
      const wait = of(key).budget.take(cost, rate);
      // Not all at the same moment.
      if (wait > 0) await clock.pause(wait * (1 + Math.random() / 10));
    },
    told(url, fault) {
      const one = of(chargeOf(url).key);
      const isBusy = fault?.kind === 'busy';
      one.busy = isBusy ? one.busy + 1 : 0;
      if (isBusy && one.busy >= inARow) {
        one.budget.hold(Math.min(longestHoldSeconds, fault.retryAfterSeconds ?? 1) * 1000);
      }
    },
  };
}
