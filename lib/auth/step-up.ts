import { randomUUID } from 'node:crypto';
import { CryptoProvider, ResponseMode } from '@azure/msal-node';
import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { config } from '#lib/config/config.ts';
import { ConfigError } from '#lib/config/config-error.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { scopeOf } from './audience.ts';
import { authorityClient } from './authority-client.ts';
import { secretShape } from './cookie.ts';
import { callbackUrl } from './own-url.ts';
import { newSecret } from './secret.ts';
import type { Session } from './session.ts';
import type { Begun } from './sign-in.ts';
import { keepAttempt, type StepUp } from './sign-in-attempt.ts';
import { StepUpFailure } from './step-up-failure.ts';

const statePrefix = 'step-up.';

/** Which of the two kinds of sign-in a callback says it is of, so that each is told in its own words. */
export function isStepUpState(state: string | null): boolean {
  return state?.startsWith(statePrefix) ?? false;
}

/** What a stronger sign-in asks for: who it is, and a token for the one audience that wants it. */
export function stepUpScopes(audience: Audience): string[] {
  return ['openid', 'profile', 'offline_access', scopeOf(audience)];
}

/**
 * Begins a stronger sign-in with exactly the claims asked for: the server's own code flow with PKCE, state and nonce,
 * kept for ten minutes, and good only in this browser, for this session and for this request.
 * @throws StepUpFailure unavailable when the authority cannot be reached.
 */
export async function beginStepUp(
  session: Session,
  { browser: kept, now, ...asked }: Omit<StepUp, 'sessionId'> & { browser: string | undefined; now: Date },
): Promise<Begun> {
  const stepUp: StepUp = { ...asked, sessionId: session.id };
  const browser = kept && secretShape.test(kept) ? kept : newSecret();
  const state = statePrefix + newSecret();
  const nonce = newSecret();
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const client = await authorityClient(config().signIn).catch((cause) => {
    if (cause instanceof ConfigError) throw cause;
    throw new StepUpFailure('unavailable', stepUp);
  });
  const returnTo = `/requests/${stepUp.requestId}`;
  await keepAttempt({ state, browser }, { id: randomUUID(), nonce, verifier, returnTo, stepUp }, now);
  const location = await client.getAuthCodeUrl({
    scopes: stepUpScopes(stepUp.audience),
    redirectUri: callbackUrl(),
    responseMode: ResponseMode.QUERY,
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
    claims: stepUp.claims,
    loginHint: await hintOf(session),
    state,
    nonce,
  });
  return { location, browser };
}

/** Entra's own name for the account, so that it asks no other person; else the name people know. */
async function hintOf({ id, actor }: Session): Promise<string> {
  const [row] = await db().select({ hint: sessions.loginHint }).from(sessions).where(eq(sessions.id, id));
  return row?.hint ?? actor.upn;
}
