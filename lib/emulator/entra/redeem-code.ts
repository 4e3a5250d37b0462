import { createHash, randomUUID } from 'node:crypto';
import { redeemOnce } from '#lib/emulator/ledger.ts';
import type { Registration } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import { codeSeconds } from './authorize.ts';
import { parseClaims } from './claims-request.ts';
import { EntraError } from './error.ts';
import type { CodeGrant, Grant } from './grant.ts';
import { issueForUser } from './issue.ts';
import { checkPlatform } from './platform-rules.ts';
import { firstResource } from './scopes.ts';
import { seal, unseal } from './sealed.ts';
import type { TokenAsk } from './token.ts';

/**
 * grant_type=authorization_code: once, by the client it was made for, to the same address, with the verifier (RFC 7636), and
 * as the platform of that address wants it. `return_spa_code=1` adds a code for the page of the same application.
 */
export async function redeemCode(
  authority: Authority,
  registration: Registration,
  ask: TokenAsk,
): Promise<Record<string, unknown>> {
  const { form } = ask;
  if (!form.code) throw EntraError.missing('code');
  const { value, expiresAt } = await unseal<CodeGrant>(authority, 'code', form.code);
  const { id, redirectUri, challenge, ...grant } = value;
  if (grant.appId !== registration.appId) {
    throw new EntraError(
      'invalid_grant',
      70000,
      'Provided grant is invalid or malformed: it belongs to another application.',
    );
  }
  checkPlatform(registration, grant.platform ?? 'web', ask);
  if (redirectUri !== null && !form.redirect_uri) throw EntraError.missing('redirect_uri');
  if (redirectUri !== null && redirectUri !== form.redirect_uri) {
    const words = `The reply address '${form.redirect_uri}' does not match the reply address '${redirectUri}' provided when requesting Authorization code.`;
    throw new EntraError('invalid_grant', 500112, words);
  }
  if (redirectUri !== null && !verifierFits(challenge, form.code_verifier)) {
    const words =
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.';
    throw new EntraError('invalid_grant', 501481, words);
  }
  const continuousAccess = grant.continuousAccess || parseClaims(form.claims).continuousAccess;
  const scope = form.scope || firstResource(grant.scope, authority.world.state.registrations);
  const redeemed = { ...grant, continuousAccess };
  const answer = await issueForUser(authority, registration, redeemed, scope);
  const extra = form.return_spa_code === '1' ? await spaCode(authority, registration, redeemed) : {};
  if (!redeemOnce(authority.ledger, id, expiresAt, authority.machineNow())) throw redeemedBefore();
  authority.world.changed();
  return { ...answer, ...extra };
}

/** Only where the application has a page to redeem it. */
async function spaCode(
  authority: Authority,
  { spaRedirectUris = [] }: Registration,
  grant: Grant,
): Promise<{ spa_code?: string }> {
  if (spaRedirectUris.length === 0) return {};
  const code: CodeGrant = { ...grant, id: randomUUID(), platform: 'spa', redirectUri: null, challenge: null };
  return { spa_code: await seal(authority, 'code', code, codeSeconds) };
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
