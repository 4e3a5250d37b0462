import { minute } from './time.ts';

interface Past {
  startedAt: Date;
  finishedAt: Date | null;
  rows: number;
}

/**
 * How long a reading still takes, in words, if it brings as many rows in as long a time as the last one did; null
 * where the last one tells nothing.
 */
export function timeLeft(rows: number, last: Past | null): string | null {
  if (!last?.finishedAt || last.rows === 0) return null;
  const tookMilliseconds = last.finishedAt.getTime() - last.startedAt.getTime();
  const left = Math.max(0, 1 - rows / last.rows) * tookMilliseconds;
  return left < minute ? 'less than a minute left' : `about ${Math.ceil(left / minute)} min left`;
}
