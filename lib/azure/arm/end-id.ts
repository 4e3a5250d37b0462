import { createHash } from 'node:crypto';

/**
 * The name of the request that ends an activation: a GUID made from its own and the attempt, so that telling it twice is
 * once. ARM answers a name it knows with what it made of it the first time: another attempt needs another.
 */
export function endIdOf(requestId: string, attempt = 0): string {
  const hex = createHash('sha256').update(`end ${attempt} ${requestId.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
