import { createHash } from 'node:crypto';
import { redeemOnce } from '#lib/emulator/ledger.ts';
import type { Registration } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import { parseClaims } from './claims-request.ts';
import { EntraError } from './error.ts';
import type { CodeGrant } from './grant.ts';
import { issueForUser } from './issue.ts';
import { firstResource } from './scopes.ts';
import { unseal } from './sealed.ts';

/** grant_type=authorization_code: once, by the client it was made for, to the same address, with the verifier (RFC 7636). */
export async function redeemCode(
  authority: Authority,
  registration: Registration,
  form: Record<string, string>,
): Promise<Record<string, unknown>> {
  if (!form.code) throw EntraError.missing('code');
  if (!form.redirect_uri) throw EntraError.missing('redirect_uri');
  const { value, expiresAt } = await unseal<CodeGrant>(authority, 'code', form.code);
  const { id, redirectUri, challenge, ...grant } = value;
  if (grant.appId !== registration.appId) {
    throw new EntraError(
      'invalid_grant',
      70000,
      'Provided grant is invalid or malformed: it belongs to another application.',
    );
  }
  if (redirectUri !== form.redirect_uri) {
    const words = `The reply address '${form.redirect_uri}' does not match the reply address '${redirectUri}' provided when requesting Authorization code.`;
    throw new EntraError('invalid_grant', 500112, words);
  }
  if (!verifierFits(challenge, form.code_verifier)) {
    const words =
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.';
    throw new EntraError('invalid_grant', 501481, words);
  }
  const continuousAccess = grant.continuousAccess || parseClaims(form.claims).continuousAccess;
  const scope = form.scope || firstResource(grant.scope);
  const answer = await issueForUser(authority, registration, { ...grant, continuousAccess }, scope);
  if (!redeemOnce(authority.ledger, id, expiresAt, authority.machineNow())) throw redeemedBefore();
  authority.world.changed();
  return answer;
}

function redeemedBefore(): EntraError {
  const words =
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.';
  return new EntraError('invalid_grant', 54005, words);
}

function verifierFits(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null) return verifier === undefined;
  return verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === challenge;
}
