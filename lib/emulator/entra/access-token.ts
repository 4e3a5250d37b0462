import { entraRolesOf, groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { Registration, User } from '#lib/emulator/state.ts';
import { type Authority, issuerOf } from './authority.ts';
import { authTime, type Grant } from './grant.ts';
import { isConfidential } from './redirect-uri.ts';
import { audienceOf, type ResourceName } from './resources.ts';
import { pairwiseSubject, signToken } from './sign-token.ts';

/** A v1.0-style access token for a person, good at one resource. `scopes` is what `scp` says. */
export function userAccessToken(
  authority: Authority,
  registration: Registration,
  user: User,
  grant: Grant,
  resource: ResourceName,
  scopes: string[],
): Promise<string> {
  const { world } = authority;
  if (resource !== 'graph' && resource !== 'arm') {
    return signToken(authority, ownApiClaims(authority, registration, user, grant, resource, scopes));
  }
  return signToken(authority, {
    ...common(authority, registration, resource),
    acct: user.userType === 'Guest' ? 1 : 0,
    acr: '1',
    ...(grant.acrs.length > 0 ? { acrs: grant.acrs } : {}),
    amr: grant.mfa ? ['pwd', 'mfa'] : ['pwd'],
    ...authTime(grant),
    family_name: user.surname,
    given_name: user.givenName,
    ...(resource === 'arm' ? { groups: groupsOf(world, user.id) } : {}),
    idtyp: 'user',
    ipaddr: '127.0.0.1',
    name: user.displayName,
    oid: user.id,
    scp: scopes.join(' '),
    sid: grant.sid,
    sub: pairwiseSubject(audienceOf(resource), user.id),
    unique_name: user.userPrincipalName,
    upn: user.userPrincipalName,
    wids: entraRolesOf(world, user.id),
    ...(grant.continuousAccess ? { xms_cc: ['cp1'] } : {}),
  });
}

/** A v2.0 access token for an application of ours, named by its client id. */
function ownApiClaims(
  authority: Authority,
  registration: Registration,
  user: User,
  grant: Grant,
  resource: ResourceName,
  scopes: string[],
): Record<string, unknown> {
  return {
    aud: audienceOf(resource),
    iss: issuerOf(authority),
    ...(grant.acrs.length > 0 ? { acrs: grant.acrs } : {}),
    ...authTime(grant),
    azp: registration.appId,
    azpacr: isConfidential(registration) && (grant.platform ?? 'web') === 'web' ? '1' : '0',
    name: user.displayName,
    oid: user.id,
    preferred_username: user.userPrincipalName,
    scp: scopes.join(' '),
    sid: grant.sid,
    sub: pairwiseSubject(audienceOf(resource), user.id),
    tid: authority.world.state.tenantId,
    ver: '2.0',
    ...(grant.continuousAccess ? { xms_cc: ['cp1'] } : {}),
  };
}

/** An access token for an application on its own; its permissions are in `roles`. */
export function appAccessToken(
  authority: Authority,
  registration: Registration,
  resource: ResourceName,
): Promise<string> {
  const roles = registration.applicationPermissions
    .filter((permission) => permission.resource === resource)
    .flatMap((permission) => permission.names);
  return signToken(authority, {
    ...common(authority, registration, resource),
    idtyp: 'app',
    oid: registration.servicePrincipalId,
    ...(roles.length > 0 ? { roles } : {}),
    sub: registration.servicePrincipalId,
    wids: entraRolesOf(authority.world, registration.servicePrincipalId),
  });
}

function common(
  authority: Authority,
  registration: Registration,
  resource: ResourceName,
): Record<string, unknown> {
  const { tenantId } = authority.world.state;
  return {
    aud: audienceOf(resource),
    iss: `https://sts.windows.net/${tenantId}/`,
    idp: `https://sts.windows.net/${tenantId}/`,
    app_displayname: registration.displayName,
    appid: registration.appId,
    appidacr: isConfidential(registration) ? '1' : '0',
    tid: tenantId,
    ver: '1.0',
  };
}
