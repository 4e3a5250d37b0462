import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { Registration, User } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { type Authority, issuerOf } from './authority.ts';
import { authTime, type Grant } from './grant.ts';
import { pairwiseSubject, signToken } from './sign-token.ts';

/** A v2.0 id token for the application (claims as in the Microsoft identity platform's reference). */
export function idToken(
  authority: Authority,
  registration: Registration,
  user: User,
  grant: Grant,
  openId: string[],
): Promise<string> {
  const roles = appRolesOf(authority.world, registration, user);
  const profile = { name: user.displayName, preferred_username: user.userPrincipalName };
  return signToken(authority, {
    aud: registration.appId,
    iss: issuerOf(authority),
    ...(openId.includes('profile') ? profile : {}),
    ...(openId.includes('email') && user.mail ? { email: user.mail } : {}),
    ...(grant.nonce ? { nonce: grant.nonce } : {}),
    ...(grant.acrs.length > 0 ? { acrs: grant.acrs } : {}),
    ...authTime(grant),
    ...(roles.length > 0 ? { roles } : {}),
    login_hint: loginHintOf(user),
    oid: user.id,
    sid: grant.sid,
    sub: pairwiseSubject(registration.appId, user.id),
    tid: authority.world.state.tenantId,
    ver: '2.0',
  });
}

/** App roles given to the person, directly or through a group. */
function appRolesOf(world: World, registration: Registration, user: User): string[] {
  const holders = new Set([user.id, ...groupsOf(world, user.id)]);
  const given = registration.appRoleAssignments.filter(({ principalId }) => holders.has(principalId));
  return [...new Set(given.map(({ value }) => value))];
}

/** An opaque name for the account, for `login_hint` and `logout_hint`. */
function loginHintOf(user: User): string {
  return Buffer.from(`O.${user.id}`).toString('base64url');
}

/** Whether a `login_hint` or `logout_hint` means this person: their user name or the claim of the id token. */
export function hintNames(hint: string, user: User): boolean {
  return hint === loginHintOf(user) || hint.toLowerCase() === user.userPrincipalName.toLowerCase();
}
