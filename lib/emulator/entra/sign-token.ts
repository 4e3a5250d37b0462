import { createHash, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Authority } from './authority.ts';

export const tokenSeconds = 3600;

/** Signs claims as an RS256 JWT, good for one hour from now. */
export function signToken(authority: Authority, claims: Record<string, unknown>): Promise<string> {
  const now = Math.floor(authority.machineNow() / 1000);
  return new SignJWT({ ...claims, uti: randomBytes(16).toString('base64url') })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: authority.keys.kid })
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + tokenSeconds)
    .sign(authority.keys.signing);
}

/** The `sub` of a person: stable, and different for every application (pairwise). */
export function pairwiseSubject(appId: string, objectId: string): string {
  return createHash('sha256').update(`${appId}/${objectId}`).digest('base64url');
}
