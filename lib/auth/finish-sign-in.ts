import { transaction } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { record } from '#lib/audit/record.ts';
import { checkIn, failureOf, redeemCode } from './redeem-code.ts';
import { ownPath } from './return-to.ts';
import type { Session } from './session.ts';
import { signInScopes } from './sign-in.ts';
import { takeAttempt } from './sign-in-attempt.ts';
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
  if (!attempt || attempt.stepUp) throw new SignInFailure('lapsed', '/');
  const returnTo = ownPath(attempt.returnTo);
  try {
    const { person, tokens } = await redeemCode({ query, attempt, scopes: signInScopes(), cache: null });
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
    const reason = failureOf(error);
    if (!reason) throw error;
    await recordRefusal(attempt.id, reason, error, traceId);
    throw new SignInFailure(reason, returnTo, error);
  }
}

async function recordRefusal(
  id: string,
  reason: SignInFailureReason,
  error: unknown,
  traceId: string,
): Promise<void> {
  await transaction((tx) =>
    record(tx, {
      action: 'sign_in.refused',
      doer: { kind: 'stint', job: 'sign-in' },
      subject: { kind: 'session', id },
      details: { reason, check: checkIn(error) },
      traceId,
    }),
  );
}
