import { randomUUID } from 'node:crypto';
import {
  AuthError,
  type AuthenticationResult,
  InteractionRequiredAuthError,
  ServerError,
} from '@azure/msal-node';
import { and, eq, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { config } from '#lib/config/config.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { applicationTokens } from './application-tokens.ts';
import { scopeOf } from './audience.ts';
import { authorityClient } from './authority-client.ts';
import { endSessionsOfDisabled } from './end-sessions-of.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Session } from './session.ts';
import { StepUpAsked } from './step-up-asked.ts';
import { openTokenCache, sealTokenCache } from './token-cache.ts';

/**
 * An access token of the signed-in person, from the session's sealed cache, else by its refresh token. One call
 * per session at a time: the second would write back a cache without the first's token. Not inside a transaction.
 * @throws Refusal sign_in_again when Entra wants the person themselves, StepUpAsked when it says for what; authority_away when it does not answer;
 * not_signed_in when the session has ended, as all of the person's do when Entra says that the account is disabled.
 */
export async function tokenFor(session: Session, audience: Audience): Promise<string> {
  const key = `${session.id} ${audience}`;
  const flight = flights.get(key) ?? silently(session, audience).finally(() => flights.delete(key));
  flights.set(key, flight);
  return (await flight).accessToken;
}

/** On their way now: who asks meanwhile for the same session gets the same token. */
const flights = new Map<string, Promise<AuthenticationResult>>();

/** What Entra answers without the person: from the cache while it holds, or asked anew. @throws Refusal as `tokenFor`. */
export function silently(
  session: Session,
  audience: Audience,
  { anew = false } = {},
): Promise<AuthenticationResult> {
  return oneAtATime(session.id, () => ask(session, audience, anew));
}

async function ask(session: Session, audience: Audience, anew: boolean): Promise<AuthenticationResult> {
  const live = and(eq(sessions.id, session.id), isNull(sessions.endedAt));
  const [row] = await db().select({ sealed: sessions.sealedTokens }).from(sessions).where(live);
  if (!row?.sealed) throw new Refusal('not_signed_in');
  const client = await authorityClient(config().signIn);
  const cache = client.getTokenCache();
  cache.deserialize(openTokenCache(session, row.sealed));
  const [account] = await cache.getAllAccounts();
  if (!account) throw new Refusal('sign_in_again');
  try {
    const scopes = [scopeOf(audience)];
    const result = await client.acquireTokenSilent({ account, scopes, forceRefresh: anew });
    if (!result.fromCache) {
      await db()
        .update(sessions)
        .set({ sealedTokens: sealTokenCache(session, cache.serialize()) })
        .where(live);
    }
    return result;
  } catch (error) {
    if (isDisabled(error)) {
      await endSessionsOfDisabled(session.actor.objectId, { now: new Date(), traceId: randomUUID() });
      throw new Refusal(
        'not_signed_in',
        'Microsoft says this account is disabled. Your sessions have ended.',
      );
    }
    const claims = error instanceof InteractionRequiredAuthError ? error.claims : '';
    if (claims) throw new StepUpAsked(audience, claims);
    if (wantsThePerson(error)) throw new Refusal('sign_in_again');
    if (error instanceof AuthError) throw new Refusal('authority_away');
    throw error;
  }
}

/** AADSTS50057: the account is disabled, and not only this refresh token over. */
function isDisabled(error: unknown): boolean {
  return wantsThePerson(error) && /\bAADSTS50057\b/.test((error as Error).message);
}

/** Refresh token expired or revoked, password changed, account disabled, consent or MFA missing. */
function wantsThePerson(error: unknown): boolean {
  return (
    error instanceof InteractionRequiredAuthError ||
    (error instanceof ServerError && error.errorCode === 'invalid_grant')
  );
}

/** An application token of the Reader registration. It reads, and can change nothing. */
export const appToken = applicationTokens('Reader', () => config().reader);
