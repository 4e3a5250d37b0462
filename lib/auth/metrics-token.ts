import { createHash, timingSafeEqual } from 'node:crypto';
import { config } from '#lib/config/config.ts';

/**
 * Whether a caller may read the metrics: `closed` when no token is configured, so that there is nothing to see.
 * Compared in constant time, over digests of equal length.
 */
export function metricsDoor(
  headers: Pick<Headers, 'get'>,
  wanted = config().metricsToken,
): 'closed' | 'refused' | 'open' {
  if (wanted === null) return 'closed';
  const given = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(wanted)) ? 'open' : 'refused';
}

const digest = (text: string) => createHash('sha256').update(text).digest();
