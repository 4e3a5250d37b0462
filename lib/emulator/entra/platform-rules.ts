import type { Registration } from '#lib/emulator/state.ts';
import { checkClientSecret } from './client-secret.ts';
import { EntraError } from './error.ts';
import { isSpaOrigin, type Platform } from './redirect-uri.ts';
import type { TokenAsk } from './token.ts';

/**
 * Who may redeem what was made for a platform: `spa` a page of its own origin, without a secret; `native` a program, without
 * one; `web` a server that proves itself. Throws 9002326 and 9002327 for the wrong side of an origin, 700025 for a secret
 * where none may be, and what checkClientSecret throws.
 */
export function checkPlatform(registration: Registration, platform: Platform, ask: TokenAsk): void {
  const { form, origin } = ask;
  if (platform === 'spa') {
    if (origin === undefined) {
      const words =
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.";
      throw new EntraError('invalid_request', 9002327, words);
    }
    if (!isSpaOrigin(registration, origin)) throw crossOrigin(origin);
  } else if (origin !== undefined) throw crossOrigin(origin);
  if (platform === 'web') checkClientSecret(registration, ask);
  else if (form.client_secret !== undefined || form.client_assertion !== undefined) {
    const words = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
    throw new EntraError('invalid_client', 700025, words);
  }
}

/** A page asks for what is not a page's. */
export function crossOrigin(origin: string): EntraError {
  const words = `Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${origin}'.`;
  return new EntraError('invalid_request', 9002326, words);
}
