/** What `npm run bench` measures: our work beside a yardstick, interleaved in one run, so that a slow machine slows both. */

/** One line of the table: a ratio with both absolutes. */
export interface Figure {
  /** P1 … P9, as in README's table; a letter after it where one row needs several lines. */
  id: string;
  /** Our work and the yardstick beside it, in a few words each. */
  work: string;
  beside: string | null;
  /** Medians of the repeats, in `unit`. */
  ours: number;
  yardstick: number | null;
  unit: 'req/s' | 'ms' | 's' | 'MB' | 'KB' | 'MB/s' | 'rows/s' | 'rows' | 'calls' | 'filings/s';
  /** Of the two in the direction the target names; null where the target is an absolute. */
  ratio: number | null;
  /** As a reader would say it: "≥ 0.6", "p95 ≤ 150 ms". */
  target: string;
  met: boolean;
}

/** A measurement starts what it needs, measures, and ends it again. */
export interface Measurement {
  /** The rows of the table it fills. */
  ids: readonly string[];
  title: string;
  measure(options: Options): Promise<Figure[]>;
}

export interface Options {
  /** How often each of the two is measured, in turn; five or more for figures to be believed. */
  repeats: number;
  /** `quick` proves that a measurement works, on little data; its figures mean nothing. */
  quick: boolean;
  say(line: string): void;
}

/** The middle value; of an even count the mean of the two in the middle. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** The value that `share` (0 to 1) of all do not exceed (nearest rank). NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
