import type { Registration } from '#lib/emulator/state.ts';
import { userAccessToken } from './access-token.ts';
import type { Authority } from './authority.ts';
import { type Grant, userOfGrant } from './grant.ts';
import { idToken } from './id-token.ts';
import { consentedNames, grantedText, onlyResource, parseScopes } from './scopes.ts';
import { seal } from './sealed.ts';
import { tokenSeconds } from './sign-token.ts';

const refreshSeconds = 24 * 60 * 60;

/**
 * The answer of the token endpoint for a person's grant: one access token for the one resource asked,
 * an id token when `openid` is asked, a refresh token when the grant has `offline_access`.
 * With only OpenID scopes the access token is Graph's, for the userinfo endpoint.
 */
export async function issueForUser(
  authority: Authority,
  registration: Registration,
  grant: Grant,
  scope: string,
): Promise<Record<string, unknown>> {
  const user = userOfGrant(authority, grant);
  const { registrations } = authority.world.state;
  const ask = parseScopes(scope, registrations);
  const resource = onlyResource(ask) ?? 'graph';
  const names = consentedNames(registration, ask, resource);
  const openIdClaims = resource === 'graph' ? ask.openId.filter((one) => one !== 'offline_access') : [];
  const offline = parseScopes(grant.scope, registrations).openId.includes('offline_access');
  const scopes = [...openIdClaims, ...names];
  const now = authority.machineNow();
  const refreshUntil = grant.refreshUntil ?? now + refreshSeconds * 1000;
  const kept = grant.platform === 'spa' ? { ...grant, refreshUntil } : grant;
  const left = grant.platform === 'spa' ? Math.floor((refreshUntil - now) / 1000) : refreshSeconds;
  const client = { uid: user.id, utid: authority.world.state.tenantId };
  return {
    token_type: 'Bearer',
    scope: grantedText(ask, resource, names),
    expires_in: tokenSeconds - 1,
    ext_expires_in: tokenSeconds - 1,
    access_token: await userAccessToken(authority, registration, user, grant, resource, scopes),
    ...(grant.platform === 'spa' && offline ? { refresh_token_expires_in: left } : {}),
    ...(offline ? { refresh_token: await seal(authority, 'refresh', kept, left) } : {}),
    ...(ask.openId.includes('openid')
      ? { id_token: await idToken(authority, registration, user, grant, ask.openId) }
      : {}),
    client_info: Buffer.from(JSON.stringify(client)).toString('base64url'),
  };
}
