import type { Registration } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import { contextsOf, isProven, parseClaims } from './claims-request.ts';
import { EntraError } from './error.ts';
import type { Grant } from './grant.ts';
import { issueForUser } from './issue.ts';
import { checkPlatform } from './platform-rules.ts';
import { recordSignIn } from './record-sign-in.ts';
import { firstResource } from './scopes.ts';
import { unseal } from './sealed.ts';
import type { TokenAsk } from './token.ts';

/**
 * grant_type=refresh_token: any number of times until it expires; each answer brings a fresh one. It keeps what the sign-in
 * proved: claims that ask for more are answered with interaction_required and the claims to sign in with.
 */
export async function redeemRefreshToken(
  authority: Authority,
  registration: Registration,
  ask: TokenAsk,
): Promise<Record<string, unknown>> {
  const { form } = ask;
  if (!form.refresh_token) throw EntraError.missing('refresh_token');
  const { value: grant } = await unseal<Grant>(authority, 'refresh', form.refresh_token);
  if (grant.appId !== registration.appId) {
    throw new EntraError(
      'invalid_grant',
      70000,
      'Provided grant is invalid or malformed: it belongs to another application.',
    );
  }
  checkPlatform(registration, grant.platform ?? 'web', ask);
  const claims = parseClaims(form.claims);
  if (!isProven(claims, grant)) throw EntraError.mfaWanted(form.claims);
  const kept = {
    ...grant,
    acrs: contextsOf(claims, grant.acrs),
    continuousAccess: grant.continuousAccess || claims.continuousAccess,
    nonce: null,
  };
  const scope = form.scope || firstResource(grant.scope, authority.world.state.registrations);
  const issued = await issueForUser(authority, registration, kept, scope);
  recordSignIn(authority.world, grant.userId, grant.appId, 'silent');
  return issued;
}
