import { randomUUID } from 'node:crypto';
import { CryptoProvider, ResponseMode } from '@azure/msal-node';
import { config } from '#lib/config/config.ts';
import { ConfigError } from '#lib/config/config-error.ts';
import { scopeOf } from './audience.ts';
import { authorityClient } from './authority-client.ts';
import { secretShape } from './cookie.ts';
import { callbackUrl } from './own-url.ts';
import { ownPath } from './return-to.ts';
import { newSecret } from './secret.ts';
import { keepAttempt } from './sign-in-attempt.ts';
import { SignInFailure } from './sign-in-failure.ts';

/** What sign-in asks for: who it is, a refresh token, and Graph. ARM's token is fetched with the refresh token later. */
export function signInScopes(): string[] {
  return ['openid', 'profile', 'offline_access', scopeOf('graph')];
}

export interface Begun {
  /** Where the browser goes now. */
  location: string;
  /** For the attempt cookie. One per browser, so that two tabs can sign in side by side. */
  browser: string;
}

/**
 * Begins a sign-in: authorization code flow with PKCE (RFC 7636), state and nonce.
 * @throws SignInFailure unavailable when the authority cannot be reached.
 */
export async function beginSignIn(asked: {
  returnTo: unknown;
  /** Whom the authority is to offer first; a hint, no more. */
  as?: string | null;
  browser: string | undefined;
  now: Date;
}): Promise<Begun> {
  const returnTo = ownPath(asked.returnTo);
  const browser = asked.browser && secretShape.test(asked.browser) ? asked.browser : newSecret();
  const state = newSecret();
  const nonce = newSecret();
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const client = await authorityClient(config().signIn).catch((cause) => {
    if (cause instanceof ConfigError) throw cause;
    throw new SignInFailure('unavailable', returnTo, cause);
  });
  await keepAttempt({ state, browser }, { id: randomUUID(), nonce, verifier, returnTo }, asked.now);
  const location = await client.getAuthCodeUrl({
    scopes: signInScopes(),
    redirectUri: callbackUrl(),
    responseMode: ResponseMode.QUERY,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    state,
    nonce,
    ...(asked.as ? { loginHint: asked.as.slice(0, 200) } : {}),
  });
  return { location, browser };
}
