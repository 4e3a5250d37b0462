import { ClientAuthError, InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { config } from '#lib/config/config.ts';
import { ConfigError } from '#lib/config/config-error.ts';
import { authorityClient } from './authority-client.ts';
import { discovery, expectedIssuer } from './discovery.ts';
import { IdTokenRefused, type Person, verifyIdToken } from './id-token.ts';
import { callbackUrl } from './own-url.ts';
import type { SignInAttempt } from './sign-in-attempt.ts';

/** What a code is redeemed with, beside its attempt. */
export interface Redemption {
  /** The callback's query. */
  query: URLSearchParams;
  attempt: SignInAttempt;
  scopes: string[];
  claims?: string;
  /** MSAL's cache so far, to which the answer is added; null: an empty one. */
  cache: string | null;
}

export interface Redeemed {
  person: Person;
  /** As the authority wrote it; verified. */
  idToken: string;
  accessToken: string;
  /** MSAL's serialised cache. */
  tokens: string;
}

/** Redeems the code that came back and verifies who it is for. @throws what `failureOf` knows. */
export async function redeemCode(redemption: Redemption): Promise<Redeemed> {
  const { query, attempt, scopes, claims, cache } = redemption;
  const { signIn, tenantId } = config();
  const code = query.get('code');
  if (!code) throw new AuthorityRefused(query.get('error'), query.get('error_description'));
  const { nonce, verifier } = attempt;
  const { keys, client } = await reach(async () => ({
    ...(await discovery()),
    client: await authorityClient(signIn),
  }));
  if (cache) client.getTokenCache().deserialize(cache);
  const request = { code, nonce, codeVerifier: verifier, scopes, redirectUri: callbackUrl() };
  const result = await reach(() => client.acquireTokenByCode({ ...request, ...(claims && { claims }) }));
  const expected = { issuer: expectedIssuer(), clientId: signIn.clientId, tenantId, nonce, keys };
  const person = await verifyIdToken(result.idToken, expected);
  const { idToken, accessToken } = result;
  return { person, idToken, accessToken, tokens: client.getTokenCache().serialize() };
}

/** The authority answered with an error instead of a code. */
class AuthorityRefused extends Error {
  readonly error: string | null;
  constructor(error: string | null, description: string | null) {
    super(description ?? '');
    this.error = error;
  }
}

class Unreachable extends Error {}

/** Marks what is the network's fault; what the authority says, and a setting that is wrong, pass through. */
async function reach<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (fromAuthority(cause) || cause instanceof ConfigError) throw cause;
    throw new Unreachable('The authority cannot be reached.', { cause });
  }
}

/** What the authority itself answered, as MSAL tells it; the nonce MSAL looks at before we do. */
function fromAuthority(error: unknown): boolean {
  if (error instanceof ClientAuthError) return error.errorCode === 'nonce_mismatch';
  return error instanceof ServerError || error instanceof InteractionRequiredAuthError;
}

/** Why a redemption came to nothing; null: a bug or a database that is away, for the error page. */
export function failureOf(error: unknown): 'cancelled' | 'refused' | 'other_tenant' | 'unavailable' | null {
  if (error instanceof AuthorityRefused) return error.error === 'access_denied' ? 'cancelled' : 'refused';
  if (error instanceof IdTokenRefused)
    return error.message.endsWith('claim tid') ? 'other_tenant' : 'refused';
  if (fromAuthority(error)) return 'refused';
  return error instanceof Unreachable ? 'unavailable' : null;
}

/** For the record: our own check that failed, or Entra's AADSTS code. Its text may name the person and is left out. */
export function checkIn(error: unknown): string | null {
  const { message } = error as Error;
  return error instanceof IdTokenRefused ? message : (/AADSTS\d+/.exec(message)?.[0] ?? null);
}
