import { discovery } from './discovery.ts';
import { endSession } from './end-session.ts';
import { signedOutUrl } from './own-url.ts';

/**
 * Ends the session of this cookie and says where the browser goes to end Entra's too (RP-initiated logout),
 * with the id token's login_hint so that Entra knows whose. Without a session, or when the authority is away:
 * straight to our own page, for here the person is signed out either way.
 */
export async function signOut(secret: string | undefined, now: Date, traceId: string): Promise<string> {
  const ended = secret ? await endSession(secret, now, traceId) : null;
  const found = ended ? await discovery().catch(() => null) : null;
  if (!found) return signedOutUrl();
  const url = new URL(found.document.end_session_endpoint);
  url.searchParams.set('post_logout_redirect_uri', signedOutUrl());
  if (ended?.loginHint) url.searchParams.set('logout_hint', ended.loginHint);
  return url.href;
}
