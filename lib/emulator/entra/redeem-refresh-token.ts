import type { Registration } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import { parseClaims } from './claims-request.ts';
import { EntraError } from './error.ts';
import type { Grant } from './grant.ts';
import { issueForUser } from './issue.ts';
import { recordSignIn } from './record-sign-in.ts';
import { firstResource } from './scopes.ts';
import { unseal } from './sealed.ts';

/** grant_type=refresh_token: any number of times until it expires; each answer brings a fresh one. */
export async function redeemRefreshToken(
  authority: Authority,
  registration: Registration,
  form: Record<string, string>,
): Promise<Record<string, unknown>> {
  if (!form.refresh_token) throw EntraError.missing('refresh_token');
  const { value: grant } = await unseal<Grant>(authority, 'refresh', form.refresh_token);
  if (grant.appId !== registration.appId) {
    throw new EntraError(
      'invalid_grant',
      70000,
      'Provided grant is invalid or malformed: it belongs to another application.',
    );
  }
  const claims = parseClaims(form.claims);
  if (claims.mfa && !grant.mfa) throw EntraError.mfaWanted(form.claims);
  const continuousAccess = grant.continuousAccess || claims.continuousAccess;
  const scope = form.scope || firstResource(grant.scope);
  const issued = await issueForUser(
    authority,
    registration,
    { ...grant, continuousAccess, nonce: null },
    scope,
  );
  recordSignIn(authority.world, grant.userId, grant.appId, 'silent');
  return issued;
}
