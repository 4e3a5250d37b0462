import { config } from '#lib/config/config.ts';
import { TooFast } from '#lib/domain/refusal.ts';

/**
 * What one person (sign-in and reports: one client address; PIM's questions and chats: whoever shows that they are it, and
 * an address for those who cannot) may do in a minute, all at once if they like: far more than a person does, and a whole
 * office behind one address; less than a program gone wild.
 */
export const perMinute = {
  write: 240,
  read: 12_000,
  export: 120,
  stream: 300,
  sign_in: 1500,
  report: 60,
  ticket: 60,
  extension: 3000,
  chat: 3000,
} as const;
/** What one person may have open at once. */
export const atOnce = { export: 2, stream: 20, import: 1 } as const;

export type DoorClass = keyof typeof perMinute;

/** Buckets of this process. Beyond so many the oldest are forgotten: whoever held one has long stopped. */
const mostBuckets = 20_000;
const minuteMs = 60_000;
const held = globalThis as { stintRates?: { buckets: Map<string, Bucket>; open: Map<string, number> } };

interface Bucket {
  left: number;
  at: number;
}

function rates() {
  held.stintRates ??= { buckets: new Map(), open: new Map() };
  return held.stintRates;
}

/**
 * Takes one of the caller's minute (token bucket, in memory).
 * @throws TooFast with the seconds after which there is one again.
 */
export function takeOne(doorClass: DoorClass, who: string, nowMs: number = performance.now()): void {
  const { buckets } = rates();
  const most = perMinute[doorClass] * config().rateFactor;
  const key = `${doorClass} ${who}`;
  const seen = buckets.get(key) ?? { left: most, at: nowMs };
  const left = Math.min(most, seen.left + ((nowMs - seen.at) * most) / minuteMs);
  buckets.delete(key);
  buckets.set(key, { left: left < 1 ? left : left - 1, at: nowMs });
  if (buckets.size > mostBuckets) buckets.delete(buckets.keys().next().value ?? '');
  if (left < 1) throw new TooFast(Math.max(1, Math.ceil(((1 - left) * minuteMs) / most / 1000)));
}

/**
 * Opens one of what a person may have open at once; call what it returns when it is over, however it ended.
 * @throws TooFast when all are taken.
 */
export function openOne(doorClass: keyof typeof atOnce, who: string): () => void {
  const { open } = rates();
  const key = `${doorClass} ${who}`;
  const taken = open.get(key) ?? 0;
  if (taken >= atOnce[doorClass]) throw new TooFast(5);
  open.set(key, taken + 1);
  let over = false;
  return () => {
    if (over) return;
    over = true;
    const left = (open.get(key) ?? 1) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}
