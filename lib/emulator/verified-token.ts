import { type JWTPayload, jwtVerify } from 'jose';
import type { Authority } from './entra/authority.ts';

/** A caller sends the same token for an hour; the arithmetic of its signature is done once. */
const known = new WeakMap<object, Map<string, JWTPayload>>();
const mostKnown = 1_000;

/** The claims of an access token of ours whose time it is. @throws jose's errors for any other. */
export async function verifiedToken(token: string, authority: Authority): Promise<JWTPayload> {
  const { verifying } = authority.keys;
  const now = authority.machineNow();
  const before = known.get(verifying) ?? new Map<string, JWTPayload>();
  known.set(verifying, before);
  const claims = before.get(token);
  if (claims && isItsTime(claims, now)) return claims;
  const { payload } = await jwtVerify(token, verifying, {
    algorithms: ['RS256'],
    currentDate: new Date(now),
    requiredClaims: ['exp', 'nbf', 'oid', 'appid', 'tid'],
  });
  if (before.size >= mostKnown) before.clear();
  before.set(token, payload);
  return payload;
}

function isItsTime({ exp = 0, nbf = Number.POSITIVE_INFINITY }: JWTPayload, now: number): boolean {
  return nbf * 1000 <= now && now < exp * 1000;
}
