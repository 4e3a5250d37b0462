/** What Azure allows: so much at once, refilled evenly. */
export interface Rate {
  atOnce: number;
  perSecond: number;
}

export interface Budget {
  /** Takes a cost and says how many milliseconds its call must wait for it. Whoever comes later waits longer. */
  take(cost: number, rate: Rate): number;
  /** Nobody goes before so many milliseconds have passed. */
  hold(milliseconds: number): void;
}

/** A bucket of tokens that may be drawn on ahead of time. `now` in milliseconds, of a clock that only goes forward. */
export function budget(now: () => number): Budget {
  let spent = 0;
  let at = now();
  let heldUntil = at;
  return {
    take(cost, { atOnce, perSecond }) {
      const moment = now();
      spent = Math.max(0, spent - ((moment - at) / 1000) * perSecond) + cost;
      at = moment;
      const ahead = Math.max(0, ((spent - atOnce) / perSecond) * 1000);
      return Math.max(ahead, heldUntil - moment);
    },
    hold(milliseconds) {
      heldUntil = Math.max(heldUntil, now() + milliseconds);
    },
  };
}
