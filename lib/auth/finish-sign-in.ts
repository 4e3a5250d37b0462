import { InteractionRequiredAuthError, ServerError } from '@azure/msal-node';
import { transaction } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { record } from '#lib/audit/record.ts';
import { ConfigError, config } from '#lib/config.ts';
import { authorityClient } from './authority-client.ts';
import { discovery, expectedIssuer } from './discovery.ts';
import { IdTokenRefused, type Person, verifyIdToken } from './id-token.ts';
import { callbackUrl } from './own-url.ts';
import { ownPath } from './return-to.ts';
import type { Session } from './session.ts';
import { signInScopes } from './sign-in.ts';
import { type SignInAttempt, takeAttempt } from './sign-in-attempt.ts';
import { SignInFailure, type SignInFailureReason } from './sign-in-failure.ts';
import { startSession } from './start-session.ts';

/** What the browser brought back from the authority. */
export interface Callback {
  /** The callback's query. */
  query: URLSearchParams;
  /** The attempt cookie. */
  browser: string | undefined;
  /** The session cookie, if this browser had one. */
  session: string | undefined;
  userAgent: string | null;
  now: Date;
  traceId: string;
}

/**
 * Finishes a sign-in: redeems the code, verifies the id token, starts a session.
 * @throws SignInFailure; unless it lapsed, that is on the record.
 */
export async function finishSignIn(callback: Callback): Promise<{ session: Session; returnTo: string }> {
  const { query, browser, now, traceId } = callback;
  const state = query.get('state');
  const attempt = state && browser ? await takeAttempt({ state, browser }, now) : null;
  if (!attempt) throw new SignInFailure('lapsed', '/');
  const returnTo = ownPath(attempt.returnTo);
  try {
    const { person, tokens } = await redeem(query, attempt);
    failPoint('sign-in:after-code');
    const replaces = callback.session ?? null;
    const session = await startSession({
      person,
      tokens,
      replaces,
      userAgent: callback.userAgent,
      now,
      traceId,
    });
    failPoint('sign-in:after-session');
    return { session, returnTo };
  } catch (error) {
    const reason = reasonOf(error);
    if (!reason) throw error;
    await recordRefusal(attempt.id, reason, error, traceId);
    throw new SignInFailure(reason, returnTo, error);
  }
}

async function redeem(
  query: URLSearchParams,
  attempt: SignInAttempt,
): Promise<{ person: Person; tokens: string }> {
  const { signIn, tenantId } = config();
  const code = query.get('code');
  if (!code) throw new AuthorityRefused(query.get('error'), query.get('error_description'));
  const { nonce, verifier } = attempt;
  const { keys, client } = await reach(async () => ({
    ...(await discovery()),
    client: await authorityClient(signIn),
  }));
  const request = { code, nonce, codeVerifier: verifier, scopes: signInScopes(), redirectUri: callbackUrl() };
  const result = await reach(() => client.acquireTokenByCode(request));
  const expected = { issuer: expectedIssuer(), clientId: signIn.clientId, tenantId, nonce, keys };
  const person = await verifyIdToken(result.idToken, expected);
  return { person, tokens: client.getTokenCache().serialize() };
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

/** What the authority itself answered, as MSAL tells it. */
function fromAuthority(error: unknown): boolean {
  return error instanceof ServerError || error instanceof InteractionRequiredAuthError;
}

/** null: not a failed sign-in but a bug or a database that is away, for the error page. */
function reasonOf(error: unknown): SignInFailureReason | null {
  if (error instanceof AuthorityRefused) return error.error === 'access_denied' ? 'cancelled' : 'refused';
  if (error instanceof IdTokenRefused)
    return error.message.endsWith('claim tid') ? 'other_tenant' : 'refused';
  if (fromAuthority(error)) return 'refused';
  return error instanceof Unreachable ? 'unavailable' : null;
}

/** Entra's AADSTS code says why to whoever may read the record; its text may name the person and is left out. */
async function recordRefusal(
  id: string,
  reason: SignInFailureReason,
  error: unknown,
  traceId: string,
): Promise<void> {
  const { message } = error as Error;
  const check = error instanceof IdTokenRefused ? message : (/AADSTS\d+/.exec(message)?.[0] ?? null);
  await transaction((tx) =>
    record(tx, {
      action: 'sign_in.refused',
      doer: { kind: 'stint', job: 'sign-in' },
      subject: { kind: 'session', id },
      details: { reason, check },
      traceId,
    }),
  );
}
