import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { type AppRole, appRoles } from '#lib/domain/actor.ts';

const claims = z.object({
  ver: z.literal('2.0'),
  oid: z.guid().toLowerCase(),
  tid: z.string(),
  nonce: z.string().optional(),
  aud: z.string(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  roles: z.array(z.string()).default([]),
  sid: z.string().optional(),
  login_hint: z.string().optional(),
  /** 1 for a guest, where the registration asks for this optional claim. */
  acct: z.number().optional(),
});

export interface Expected {
  issuer: string;
  clientId: string;
  tenantId: string;
  /** null: of a token that came of a refresh, which carries none. */
  nonce: string | null;
  keys: JWTVerifyGetKey;
}

/** Who Entra says signed in. */
export interface Person {
  objectId: string;
  tenantId: string;
  name: string;
  upn: string;
  kind: 'member' | 'guest';
  roles: AppRole[];
  sid: string | null;
  loginHint: string | null;
}

/** The token is not what we asked for; the message says which check failed and holds nothing of the token. */
export class IdTokenRefused extends Error {
  constructor(check: string, cause?: unknown) {
    super(`The id token was refused: ${check}`, { cause });
    this.name = 'IdTokenRefused';
  }
}

/**
 * Verifies an id token as OpenID Connect Core 3.1.3.7 asks, because msal-node does not look at signatures:
 * RS256 by one of the authority's keys, named; issuer, audience, tenant and nonce exactly; exp and nbf within a minute.
 * @throws IdTokenRefused
 */
export async function verifyIdToken(token: string, expected: Expected): Promise<Person> {
  const { payload, protectedHeader } = await jwtVerify(token, expected.keys, {
    algorithms: ['RS256'],
    issuer: expected.issuer,
    audience: expected.clientId,
    requiredClaims: ['exp', 'nbf', 'iat'],
    clockTolerance: 60,
  }).catch((cause) => {
    throw new IdTokenRefused(String((cause as { code?: string }).code ?? 'keys not available'), cause);
  });
  if (!protectedHeader.kid) throw new IdTokenRefused('no kid');
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new IdTokenRefused(`claim ${String(parsed.error.issues[0]?.path[0])}`);
  const found = parsed.data;
  if (found.tid !== expected.tenantId) throw new IdTokenRefused('claim tid');
  if (expected.nonce !== null && found.nonce !== expected.nonce) throw new IdTokenRefused('claim nonce');
  const upn = found.preferred_username ?? found.oid;
  return {
    objectId: found.oid,
    tenantId: found.tid,
    name: found.name ?? upn,
    upn,
    kind: found.acct === 1 || upn.includes('#EXT#') ? 'guest' : 'member',
    roles: appRoles.filter((role) => found.roles.includes(role)),
    sid: found.sid ?? null,
    loginHint: found.login_hint ?? null,
  };
}
