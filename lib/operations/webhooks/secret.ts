import { randomBytes } from 'node:crypto';

/** Seals a secret to its endpoint; `lib/auth` does it. */
export type SealSecret = (endpointId: string, secret: string) => Buffer;

/** A secret as Standard Webhooks writes it: 32 random bytes. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
