import type { User } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import { EntraError } from './error.ts';
import type { Platform } from './redirect-uri.ts';

/** What one sign-in allows one application: the content of a code and of a refresh token. */
export interface Grant {
  appId: string;
  userId: string;
  sid: string;
  mfa: boolean;
  /** Authentication contexts met. */
  acrs: string[];
  continuousAccess: boolean;
  /** As the authorize request asked. */
  scope: string;
  nonce: string | null;
  // Later additions: absent in what was sealed before.
  platform?: Platform;
  /** When the person was at the keyboard, in milliseconds of the machine's clock. */
  provedAt?: number;
  /** Single-page: no refresh token outlives the first. Milliseconds. */
  refreshUntil?: number;
  /** When the person signed in for it, on the machine's clock: what was given before a revocation is void. */
  issuedAt?: number;
}

/** A code also remembers where it may be redeemed, and with which verifier. */
export interface CodeGrant extends Grant {
  id: string;
  /** null: a code for the page of the same application, made with the server's own tokens. */
  redirectUri: string | null;
  challenge: string | null;
}

/** The person of a grant. Throws 50034 when the account is gone, 50057 when it is disabled, 50173 when its sessions were revoked since. */
export function userOfGrant(authority: Authority, grant: Grant): User {
  const { users, displayName, graph } = authority.world.state;
  const user = users.find((one) => one.id === grant.userId);
  if (!user) throw EntraError.unknownUser(grant.userId, displayName);
  if (!user.accountEnabled) throw EntraError.disabledUser();
  const revokedAt = graph.sessionsRevokedAt[user.id];
  if (revokedAt !== undefined && (grant.issuedAt ?? 0) <= revokedAt) throw EntraError.revoked();
  return user;
}

/** The claim that says when the person was last at the keyboard, in seconds. */
export function authTime({ provedAt }: Grant): { auth_time?: number } {
  return provedAt === undefined ? {} : { auth_time: Math.floor(provedAt / 1000) };
}
