/** Chance that falls the same way every time. */
export interface Dice {
  /** A whole number from 0 to below the limit. */
  below(limit: number): number;
  /** Throws on an empty list. */
  pick<One>(list: One[]): One;
  /** A GUID of a family: its first block is given. */
  guid(family: string): string;
}

/** Dice from a seed (mulberry32). */
export function makeDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = () => next().toString(16).padStart(8, '0');
  const below = (limit: number) => Math.floor((next() / 4_294_967_296) * limit);
  return {
    below,
    pick(list) {
      const one = list[below(list.length)];
      if (one === undefined) throw new Error('Nothing to pick from.');
      return one;
    },
    guid(family) {
      const [a, b] = [hex(), hex()];
      return `${family}-${a.slice(0, 4)}-4${a.slice(4, 7)}-a${b.slice(0, 3)}-${b.slice(3)}${hex().slice(0, 7)}`;
    },
  };
}
