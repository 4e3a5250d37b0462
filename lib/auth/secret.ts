import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { serverKey } from './server-key.ts';

/** 256 random bits, as text for a cookie or a `state`. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Six digits for a person to type. A million is few: whoever takes them counts the tries. */
export function newDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** What the database keeps of a secret: nobody finds it back, and none is found again under another server key. */
export function hashOf(secret: string): string {
  return createHmac('sha256', serverKey()).update(secret).digest('base64url');
}
