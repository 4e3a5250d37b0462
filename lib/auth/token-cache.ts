import { seal, unseal } from './seal.ts';
import { serverKey } from './server-key.ts';

/** Whose cache: the row's id, and the secret that only the person's cookie holds. */
export interface CacheOwner {
  id: string;
  secret: string;
}

/** Seals MSAL's cache of one session. Server key and database together do not open it: it takes the cookie too. */
export function sealTokenCache(owner: CacheOwner, cache: string): Buffer {
  return seal(bindingOf(owner), cache);
}

/** @throws SealBroken with another cookie, session or server key. */
export function openTokenCache(owner: CacheOwner, sealed: Buffer): string {
  return unseal(bindingOf(owner), sealed);
}

function bindingOf({ id, secret }: CacheOwner) {
  const material = Buffer.concat([serverKey(), Buffer.from(secret, 'base64url')]);
  return { material, purpose: 'session-tokens', context: id };
}
