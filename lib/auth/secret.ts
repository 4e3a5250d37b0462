import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, as text for a cookie or a `state`. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a secret. It has 256 random bits, so a plain hash cannot be searched back. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
