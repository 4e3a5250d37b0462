import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';

const claims = z.object({
  ver: z.literal('2.0'),
  aud: z.string(),
  azp: z.string().toLowerCase(),
  tid: z.string(),
  oid: z.guid().toLowerCase(),
  scp: z.string(),
  uti: z.string().min(8),
  iat: z.number(),
  exp: z.number(),
  /** When the person was at the keyboard: an optional claim, which the registration has to ask for. */
  auth_time: z.number().optional(),
  acrs: z.array(z.string()).default([]),
});

/** The one scope of the step-up registration. */
export const stepUpScope = 'step-up';
const skewSeconds = 60;

export interface Expected {
  issuer: string;
  /** The step-up registration: whom the token is for, and who asked for it. */
  clientId: string;
  tenantId: string;
  /** Object id of the session's person. */
  objectId: string;
  keys: JWTVerifyGetKey;
  now: Date;
}

/** A fresh sign-in of the session's person. */
export interface Proof {
  /** The token's own id. */
  tokenId: string;
  signedInAt: Date;
  contexts: string[];
  expiresAt: Date;
}

/**
 * Verifies an access token for Stint's own step-up scope: RS256 by one of the authority's keys; issuer, audience,
 * client, tenant, scope and person exactly; within its time. Whether it is fresh and strong enough is asked when it is
 * taken. A new token alone proves no new sign-in, so that one without `auth_time` does not count.
 * @throws Refusal proof_refused, which says what does not fit and holds nothing of the token.
 */
export async function verifyProof(token: string, expected: Expected): Promise<Proof> {
  const { payload, protectedHeader } = await jwtVerify(token, expected.keys, {
    algorithms: ['RS256'],
    issuer: expected.issuer,
    audience: expected.clientId,
    requiredClaims: ['exp', 'nbf', 'iat'],
    clockTolerance: skewSeconds,
    currentDate: expected.now,
  }).catch(refuse);
  const parsed = claims.safeParse(payload);
  if (!parsed.success || !protectedHeader.kid) return refuse();
  const found = parsed.data;
  const isOurs =
    found.aud === expected.clientId &&
    found.azp === expected.clientId &&
    found.tid === expected.tenantId &&
    found.scp.split(' ').includes(stepUpScope);
  if (!isOurs) return refuse();
  if (found.oid !== expected.objectId) {
    throw new Refusal(
      'proof_refused',
      'Somebody else signed in there. Sign in as the person this page is for.',
    );
  }
  if (found.auth_time === undefined) {
    throw new Refusal(
      'proof_refused',
      'Microsoft did not say when you signed in. An administrator has to add the optional claim auth_time to access tokens of the step-up registration.',
    );
  }
  const signedInAt = new Date(found.auth_time * 1000);
  if (signedInAt.getTime() > expected.now.getTime() + skewSeconds * 1000) return refuse();
  const expiresAt = new Date(found.exp * 1000 + skewSeconds * 1000);
  return { tokenId: found.uti, signedInAt, contexts: found.acrs, expiresAt };
}

function refuse(): never {
  throw new Refusal('proof_refused');
}
