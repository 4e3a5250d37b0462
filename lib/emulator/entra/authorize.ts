import { randomUUID } from 'node:crypto';
import type { CallIds } from '#lib/emulator/call-ids.ts';
import type { Reply } from '#lib/emulator/http.ts';
import { type Authority, registrationOf } from './authority.ts';
import { deliver } from './authorize-answer.ts';
import { type AuthorizeAsk, checkAuthorizeAsk, readAuthorizeAsk } from './authorize-ask.ts';
import { type ClaimsRequest, isProven, parseClaims } from './claims-request.ts';
import { describe, EntraError } from './error.ts';
import type { CodeGrant } from './grant.ts';
import { hintNames } from './id-token.ts';
import { recordSignIn } from './record-sign-in.ts';
import { platformOf } from './redirect-uri.ts';
import { seal } from './sealed.ts';
import { type BrowserSession, provedAt, sessionOf } from './session.ts';
import { signInPage } from './sign-in-page.ts';

export const codeSeconds = 10 * 60;

/**
 * `/oauth2/v2.0/authorize`: a code at once for a browser that is signed in, else the sign-in page.
 * What is wrong with client or redirect URI is thrown, and shown to the person; the rest goes back to the application.
 */
export async function answerAuthorize(
  authority: Authority,
  params: Record<string, string>,
  cookies: string | undefined,
  ids: CallIds,
): Promise<Reply> {
  const ask = readAuthorizeAsk(authority, params);
  try {
    const registrations = authority.world.state.registrations;
    checkAuthorizeAsk(registrationOf(authority, ask.appId), ask, registrations);
    const session = await sessionOf(authority, cookies);
    if (session && mayReuse(authority, ask, session)) return await sendCode(authority, ask, session);
    if (ask.prompt === 'none') throw session ? interactionWanted(authority, ask, session) : signInWanted();
    return await signInPage(authority, ask, { session });
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const description = describe(error, ids, authority.machineNow());
    return deliver(ask, { error: error.error, error_description: description });
  }
}

/** Whether a session answers the ask without showing the page. */
function mayReuse(authority: Authority, ask: AuthorizeAsk, session: BrowserSession): boolean {
  if (ask.prompt === 'login' || ask.prompt === 'select_account') return false;
  return (
    isMeant(ask, session) && !isStale(authority, ask, session) && isProven(claimsOf(ask), session.signIn)
  );
}

/** Whether the person was last at the keyboard longer ago than `max_age` allows (OpenID Connect Core 3.1.2.1). */
function isStale(authority: Authority, { maxAge }: AuthorizeAsk, { signIn }: BrowserSession): boolean {
  return maxAge !== null && authority.machineNow() - provedAt(signIn) >= maxAge * 1000;
}

function isMeant(ask: AuthorizeAsk, session: BrowserSession): boolean {
  return ask.loginHint === null || hintNames(ask.loginHint, session.user);
}

/** What the `claims` parameter asks for. */
export function claimsOf(ask: AuthorizeAsk): ClaimsRequest {
  return parseClaims(ask.claims ?? undefined);
}

function signInWanted(): EntraError {
  const words = 'A silent sign-in request was sent but no user is signed in.';
  return new EntraError('login_required', 50058, words);
}

function interactionWanted(authority: Authority, ask: AuthorizeAsk, session: BrowserSession): EntraError {
  if (!isMeant(ask, session) || isStale(authority, ask, session)) return signInWanted();
  return EntraError.mfaWanted(undefined);
}

/** Makes the code for this session and sends it to the application, which then counts as signed in. */
export async function sendCode(
  authority: Authority,
  ask: AuthorizeAsk,
  session: BrowserSession,
): Promise<Reply> {
  const { signIn, user } = session;
  const grant: CodeGrant = {
    id: randomUUID(),
    appId: ask.appId,
    userId: user.id,
    sid: signIn.sid,
    mfa: signIn.mfa,
    acrs: claimsOf(ask).acrs,
    continuousAccess: claimsOf(ask).continuousAccess,
    platform: platformOf(registrationOf(authority, ask.appId), ask.redirectUri),
    provedAt: provedAt(signIn),
    scope: ask.scope,
    nonce: ask.nonce,
    redirectUri: ask.redirectUri,
    challenge: ask.challenge,
    issuedAt: authority.machineNow(),
  };
  recordSignIn(authority.world, user.id, ask.appId, 'interactive');
  const { origin } = new URL(ask.redirectUri);
  const others = (signIn.apps ?? []).filter((app) => app.appId !== ask.appId || app.origin !== origin);
  signIn.apps = [...others, { appId: ask.appId, origin }];
  authority.world.changed();
  const client = { uid: user.id, utid: authority.world.state.tenantId };
  return deliver(ask, {
    code: await seal(authority, 'code', grant, codeSeconds),
    ...(ask.clientInfo ? { client_info: Buffer.from(JSON.stringify(client)).toString('base64url') } : {}),
    session_state: signIn.sid,
  });
}
