/** How long a person really needs a role, told by what they took of it. */

export interface UsualLength {
  /** Of how many of the last uses. */
  uses: number;
  /** The middle one of them. Minutes. */
  took: number;
  /** What to offer: that, rounded up to a length people ask for. Minutes. */
  minutes: number;
}

const fewestUses = 2;
const lengths = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440];

/** From what the last uses took, in minutes: an early end counts as it was, what ran to its end in full. null: too few. */
export function usualLength(taken: readonly number[]): UsualLength | null {
  if (taken.length < fewestUses) return null;
  const sorted = taken.toSorted((a, b) => a - b);
  const took = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return { uses: taken.length, took, minutes: lengths.find((length) => length >= took) ?? took };
}
