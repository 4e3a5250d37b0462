import { createHash } from 'node:crypto';

/** The name of the request that ends an activation: a GUID made from its own, so that ending it twice is once. */
export function endIdOf(requestId: string): string {
  const hex = createHash('sha256').update(`end ${requestId.toLowerCase()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
