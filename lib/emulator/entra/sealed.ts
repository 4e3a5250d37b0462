import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { Authority } from './authority.ts';
import { EntraError } from './error.ts';

/** What a sealed text is good for; a code is never taken for a refresh token. */
export type SealedKind = 'sign-in' | 'code' | 'refresh' | 'browser';

/** Packs a value into a text only this authority can read, good for so many seconds. */
export function seal(
  authority: Authority,
  kind: SealedKind,
  value: object,
  seconds: number,
): Promise<string> {
  const now = Math.floor(authority.machineNow() / 1000);
  return new EncryptJWT({ value })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(kind)
    .setIssuer(authority.ledger.epoch)
    .setExpirationTime(now + seconds)
    .encrypt(authority.keys.sealing);
}

/**
 * Unpacks it. Throws invalid_grant: 9002313 for what we never sealed for this use, 70008 when it is over,
 * 50173 when it was sealed before a reset.
 */
export async function unseal<Value extends object>(
  authority: Authority,
  kind: SealedKind,
  text: string,
): Promise<{ value: Value; expiresAt: number }> {
  try {
    const { payload } = await jwtDecrypt<{ value: Value }>(text, authority.keys.sealing, {
      audience: kind,
      currentDate: new Date(authority.machineNow()),
    });
    if (payload.iss === authority.ledger.epoch)
      return { value: payload.value, expiresAt: (payload.exp ?? 0) * 1000 };
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw EntraError.expired();
    if (error instanceof errors.JOSEError) throw EntraError.malformed('invalid_grant');
    throw error;
  }
  throw EntraError.revoked();
}
