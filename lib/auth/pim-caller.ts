import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';

/**
 * The application as which PIM calls custom extensions, the same in every tenant. Microsoft's English page prints a
 * placeholder in its place: that one is nobody. Source: the page's source text and two live testers.
 */
export const pimAppId = '1c67c054-65c8-4f7f-92a1-eb7ba6e48627';

const common = { tid: z.string(), idtyp: z.literal('app').optional(), scp: z.never().optional() };
const claims = z.discriminatedUnion('ver', [
  z.object({ ver: z.literal('2.0'), azp: z.string(), ...common }),
  z.object({ ver: z.literal('1.0'), appid: z.string(), ...common }),
]);
const skewSeconds = 60;

export interface Expected {
  /** Of v2.0 tokens; those of v1.0 have a name of their own. */
  issuer: string;
  tenantId: string;
  /** The registration the token is for, by client id and by Application ID URI. */
  clientId: string;
  audience: string;
  keys: JWTVerifyGetKey;
  now: Date;
}

/** The token is not PIM's for us; the message says which check failed and holds nothing of the token. */
export class CallerRefused extends Error {
  constructor(check: string, cause?: unknown) {
    super(`The caller was refused: ${check}`, { cause });
    this.name = 'CallerRefused';
  }
}

/**
 * Verifies that PIM calls, from the configured tenant: RS256 by one of the authority's keys, named; issuer, audience,
 * tenant and calling application exactly, in the shape of the token's own version; within its time; no person's.
 * @throws CallerRefused; Error when the authority's keys cannot be had.
 */
export async function verifyPimCaller(token: string, expected: Expected): Promise<void> {
  const { clientId, audience, keys, now, tenantId } = expected;
  const issuers = { '2.0': expected.issuer, '1.0': `https://sts.windows.net/${tenantId}/` };
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    algorithms: ['RS256'],
    issuer: Object.values(issuers),
    audience: [clientId, audience],
    requiredClaims: ['exp', 'nbf', 'iat'],
    clockTolerance: skewSeconds,
    currentDate: now,
  }).catch((cause) => {
    const code = String((cause as { code?: string }).code ?? '');
    // Keys that did not come say nothing about the token.
    if (!/^ERR_(JWT|JWS|JOSE_ALG|JWKS_NO_MATCHING|JWKS_MULTIPLE)/.test(code)) throw cause;
    throw new CallerRefused(code, cause);
  });
  if (!protectedHeader.kid) throw new CallerRefused('no kid');
  if (Array.isArray(payload.aud)) throw new CallerRefused('claim aud');
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new CallerRefused(`claim ${String(parsed.error.issues[0]?.path[0])}`);
  const found = parsed.data;
  if (payload.iss !== issuers[found.ver]) throw new CallerRefused('claim iss');
  if (found.tid !== tenantId) throw new CallerRefused('claim tid');
  if ((found.ver === '2.0' ? found.azp : found.appid) !== pimAppId) throw new CallerRefused('claim azp');
}
