import { decodeJwt, errors } from 'jose';
import { apiError } from './api-error.ts';
import { findById } from './by-id.ts';
import type { CallIds } from './call-ids.ts';
import type { Authority } from './entra/authority.ts';
import { audiences } from './entra/resources.ts';
import { verifiedToken } from './verified-token.ts';
import type { Answer, Caller } from './wire.ts';

/** Why a token was refused, in the words of the API that was called. */
export interface BadToken {
  refusal: Answer;
}

/**
 * Who calls. null: no bearer token at all, which each surface refuses in its own shape.
 * Checks signature, times, audience, tenant, and that the account is still there and enabled.
 */
export async function readCaller(
  authorization: string | undefined,
  api: 'graph' | 'arm',
  authority: Authority,
  ids: CallIds,
): Promise<Caller | BadToken | null> {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (authorization === undefined) return null;
  const refuse = (reason: Reason, detail = ''): BadToken => ({
    refusal: refusal(api, authority, ids, reason, detail),
  });
  if (!token) return refuse('malformed');
  try {
    const payload = await verifiedToken(token, authority);
    const tenantId = authority.world.state.tenantId;
    if (payload.aud !== audiences[api]) return refuse('audience', String(payload.aud));
    if (payload.tid !== tenantId || payload.iss !== `https://sts.windows.net/${tenantId}/`)
      return refuse('tenant');
    return callerOf(payload, api, authority) ?? refuse('account');
  } catch (error) {
    if (error instanceof errors.JWTExpired) return refuse('expired', expiryOf(token));
    if (error instanceof errors.JWSSignatureVerificationFailed) return refuse('signature');
    if (error instanceof errors.JOSEError) return refuse('malformed');
    throw error;
  }
}

function callerOf(
  claims: Record<string, unknown>,
  api: 'graph' | 'arm',
  authority: Authority,
): Caller | null {
  const { users, servicePrincipals } = authority.world.state;
  const kind = claims.idtyp === 'app' ? 'app' : 'user';
  const oid = typeof claims.oid === 'string' ? claims.oid : null;
  const known = kind === 'app' ? findById(servicePrincipals, oid) : findById(users, oid);
  const app = servicePrincipals.find(({ appId }) => appId === claims.appid);
  if (!known?.accountEnabled || !app?.accountEnabled) return null;
  return {
    kind,
    objectId: known.id,
    appId: app.appId,
    audience: api,
    scopes: typeof claims.scp === 'string' ? claims.scp.split(' ') : [],
    roles: strings(claims.roles),
    mfa: strings(claims.amr).includes('mfa'),
    acrs: strings(claims.acrs),
    displayName: known.displayName,
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function expiryOf(token: string): string {
  return new Date((decodeJwt(token).exp ?? 0) * 1000).toISOString();
}

type Reason = 'malformed' | 'signature' | 'expired' | 'audience' | 'tenant' | 'account';

const graphWords: Record<Reason, string> = {
  malformed: 'IDX14100: JWT is not well formed, there are no dots (.).',
  signature: 'Invalid x5t claim or signature validation failed.',
  expired: 'Lifetime validation failed, the token is expired.',
  audience: 'Access token validation failure. Invalid audience.',
  tenant: 'Access token validation failure. Invalid issuer.',
  account: 'The account of this token was not found or is disabled.',
};

const armWords: Record<Reason, { code: string; message: string }> = {
  malformed: { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' },
  signature: { code: 'InvalidAuthenticationToken', message: 'The access token signature is invalid.' },
  expired: { code: 'ExpiredAuthenticationToken', message: 'The access token expiry UTC time has passed.' },
  audience: {
    code: 'InvalidAuthenticationTokenAudience',
    message: `The access token has been obtained for the wrong audience or resource. It should exactly match '${audiences.arm}'.`,
  },
  tenant: { code: 'InvalidAuthenticationTokenTenant', message: 'The access token is from the wrong issuer.' },
  account: { code: 'AuthenticationFailed', message: 'Authentication failed.' },
};

function refusal(
  api: 'graph' | 'arm',
  authority: Authority,
  ids: CallIds,
  reason: Reason,
  detail: string,
): Answer {
  const { code, message } =
    api === 'arm' ? armWords[reason] : { code: 'InvalidAuthenticationToken', message: graphWords[reason] };
  const words = detail && api === 'arm' ? `${message} (${detail})` : message;
  const answer = apiError(api, ids, 401, code, words);
  const where = `${authority.httpOrigin}/${authority.world.state.tenantId}/oauth2/authorize`;
  const challenge = `Bearer realm="", authorization_uri="${where}", error="invalid_token", error_description="${message}"`;
  return { ...answer, headers: { 'www-authenticate': challenge } };
}
