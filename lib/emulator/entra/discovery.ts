import { jsonReply, type Reply } from '#lib/emulator/http.ts';
import { type Authority, issuerOf } from './authority.ts';

/**
 * The OpenID Connect discovery document. Browsers are always sent to the plain HTTP origin, where they meet no
 * certificate warning; programs stay on the origin (`door`) where they asked.
 */
export function discoveryReply(authority: Authority, tenant: string, door: string): Reply {
  const base = (origin: string) => `${origin}/${tenant}`;
  const many = tenant === 'common' || tenant === 'organizations';
  return jsonReply(200, {
    token_endpoint: `${base(door)}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base(door)}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: many ? `${authority.httpsOrigin}/{tenantid}/v2.0` : issuerOf(authority),
    request_uri_parameter_supported: false,
    userinfo_endpoint: `${authority.httpsOrigin}/oidc/userinfo`,
    authorization_endpoint: `${base(authority.httpOrigin)}/oauth2/v2.0/authorize`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    end_session_endpoint: `${base(authority.httpOrigin)}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'name',
      'preferred_username',
      'tid',
      'email',
      'ver',
      'auth_time',
      'acrs',
    ],
    tenant_region_scope: null,
    msgraph_host: new URL(authority.httpsOrigin).host,
  });
}

/** `/common/discovery/instance`: which hosts are this cloud, and where a tenant's discovery document is. */
export function instanceReply(authority: Authority): Reply {
  const { host } = new URL(authority.httpsOrigin);
  return jsonReply(200, {
    tenant_discovery_endpoint: `${authority.httpsOrigin}/${authority.world.state.tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

export function keySetReply(authority: Authority): Reply {
  return jsonReply(200, { keys: [{ ...authority.keys.publicJwk, issuer: issuerOf(authority) }] });
}
