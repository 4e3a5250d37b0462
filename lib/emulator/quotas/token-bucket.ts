/** A bucket of tokens: full at first, refilled evenly. */
export interface TokenBucket {
  capacity: number;
  perSecond: number;
  level: number;
  /** Milliseconds on the machine's clock. */
  at: number;
}

/** Takes `cost` tokens when there are that many. Seconds to wait, whole and at least one, when there are not; 0 when taken. */
export function takeTokens(bucket: TokenBucket, cost: number, now: number): number {
  const passed = Math.max(0, now - bucket.at) / 1000;
  bucket.level = Math.min(bucket.capacity, bucket.level + passed * bucket.perSecond);
  bucket.at = now;
  // A call dearer than the whole bucket waits for a full one, not for ever.
  const wanted = Math.min(cost, bucket.capacity);
  if (bucket.level < wanted) return Math.max(1, Math.ceil((wanted - bucket.level) / bucket.perSecond));
  bucket.level -= wanted;
  return 0;
}
