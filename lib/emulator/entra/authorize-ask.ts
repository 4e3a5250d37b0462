import type { Registration } from '#lib/emulator/state.ts';
import { type Authority, registrationOf } from './authority.ts';
import { parseClaims } from './claims-request.ts';
import { EntraError } from './error.ts';
import { checkRedirectUri, isConfidential, platformOf } from './redirect-uri.ts';
import { consentedNames, parseScopes } from './scopes.ts';

/** An authorize request whose client and redirect URI are known to be right. */
export interface AuthorizeAsk {
  appId: string;
  redirectUri: string;
  responseMode: string;
  state: string | null;
  nonce: string | null;
  scope: string;
  challenge: string | null;
  challengeMethod: string | null;
  responseType: string;
  prompt: string;
  loginHint: string | null;
  claims: string | null;
  clientInfo: boolean;
  /** Seconds since the person was last at the keyboard; null: any. */
  maxAge: number | null;
}

/** Throws what must be shown to the person, since the address to answer cannot be trusted: 700016, 50011. */
export function readAuthorizeAsk(authority: Authority, params: Record<string, string>): AuthorizeAsk {
  const registration = registrationOf(authority, params.client_id);
  return {
    appId: registration.appId,
    redirectUri: checkRedirectUri(registration, params.redirect_uri),
    responseMode: params.response_mode ?? 'query',
    state: params.state ?? null,
    nonce: params.nonce ?? null,
    scope: params.scope ?? '',
    challenge: params.code_challenge ?? null,
    challengeMethod: params.code_challenge_method ?? null,
    responseType: params.response_type ?? '',
    prompt: params.prompt ?? '',
    loginHint: params.login_hint || null,
    claims: params.claims || null,
    clientInfo: params.client_info === '1',
    maxAge: /^\d{1,9}$/.test(params.max_age ?? '') ? Number(params.max_age) : null,
  };
}

const prompts = ['', 'none', 'login', 'select_account', 'consent'];

/** Throws what is sent back to the application as `error`. */
export function checkAuthorizeAsk(
  registration: Registration,
  ask: AuthorizeAsk,
  registrations: Registration[],
): void {
  if (!ask.responseType) throw EntraError.missing('response_type');
  if (ask.responseType !== 'code') {
    const words = `The response_type '${ask.responseType}' is not enabled for the application.`;
    throw new EntraError('unsupported_response_type', 700054, words);
  }
  if (!['query', 'fragment', 'form_post'].includes(ask.responseMode)) {
    const words = `The response_mode '${ask.responseMode}' is not supported.`;
    throw new EntraError('invalid_request', 70007, words);
  }
  if (!ask.scope.trim()) throw EntraError.missing('scope');
  if (!prompts.includes(ask.prompt)) {
    const words = `The value '${ask.prompt}' of the 'prompt' parameter is not supported.`;
    throw new EntraError('invalid_request', 90023, words);
  }
  checkChallenge(registration, ask);
  parseClaims(ask.claims ?? undefined);
  const scopes = parseScopes(ask.scope, registrations);
  for (const { resource } of scopes.permissions) consentedNames(registration, scopes, resource);
}

/** Proof key for code exchange (RFC 7636): wanted from public clients, S256 only. */
function checkChallenge(registration: Registration, ask: AuthorizeAsk): void {
  if (ask.challenge === null) {
    const isWeb = platformOf(registration, ask.redirectUri) === 'web';
    if (isWeb && isConfidential(registration)) return;
    const words = 'Proof Key for Code Exchange is required for cross-origin or public clients.';
    throw new EntraError('invalid_request', 9002325, words);
  }
  if (ask.challengeMethod === 'S256' && /^[\w-]{43}$/.test(ask.challenge)) return;
  throw new EntraError(
    'invalid_request',
    501491,
    'Invalid size of code_challenge, or a method other than S256.',
  );
}
