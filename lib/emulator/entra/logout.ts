import type { Reply } from '#lib/emulator/http.ts';
import { type Authority, issuerOf } from './authority.ts';
import { redirect } from './authorize-answer.ts';
import { hintNames } from './id-token.ts';
import { html, page } from './page.ts';
import { isRegistered, redirectUrisOf } from './redirect-uri.ts';
import { type BrowserSession, endSession, sessionOf } from './session.ts';

/**
 * `/oauth2/v2.0/logout`: ends this browser's session, tells the applications it was signed in to
 * (OpenID Connect Front-Channel Logout), then goes to a registered `post_logout_redirect_uri`.
 * A `logout_hint` that names someone else ends nothing.
 */
export async function answerLogout(
  authority: Authority,
  params: Record<string, string>,
  cookies: string | undefined,
): Promise<Reply> {
  const session = await sessionOf(authority, cookies);
  const meant =
    session && (!params.logout_hint || hintNames(params.logout_hint, session.user)) ? session : null;
  const frames = meant ? frontChannelUrls(authority, meant) : [];
  const target = postLogoutTarget(authority, params);
  const cookie: Record<string, string> = meant ? { 'set-cookie': endSession(authority, meant) } : {};
  if (target && frames.length === 0) return redirect(target, cookie);
  const body = html`<h1>You signed out of your account</h1>
<p>It is a good idea to close all browser windows.</p>
${target ? html`<p>Taking you <a href="${target}">back to the application</a>.</p>` : html``}
${frames.map((url) => html`<iframe src="${url}" title="Signing out of an application"></iframe>`)}`;
  const reply = page('Signed out', body, {
    frames: frames.map((url) => new URL(url).origin),
    // Two seconds for the frames: without JavaScript nothing tells when they are done.
    ...(target ? { head: html`<meta http-equiv="refresh" content="2;url=${target}">` } : {}),
  });
  return { ...reply, headers: { ...reply.headers, ...cookie } };
}

function frontChannelUrls(authority: Authority, session: BrowserSession): string[] {
  const { registrations } = authority.world.state;
  return (session.signIn.apps ?? []).flatMap(({ appId, origin }) => {
    const logoutUrl = registrations.find((one) => one.appId === appId)?.logoutUrl;
    if (!logoutUrl) return [];
    const url = new URL(logoutUrl);
    // A loopback URL is registered without a port; the application answers where the browser was sent back to.
    const at = url.origin === 'http://localhost' ? new URL(url.pathname, origin) : url;
    at.searchParams.set('iss', issuerOf(authority));
    at.searchParams.set('sid', session.signIn.sid);
    return [at.toString()];
  });
}

function postLogoutTarget(authority: Authority, params: Record<string, string>): string | null {
  const uri = params.post_logout_redirect_uri;
  const registered = authority.world.state.registrations.flatMap(redirectUrisOf);
  if (!uri || !isRegistered(registered, uri)) return null;
  const target = new URL(uri);
  if (params.state) target.searchParams.set('state', params.state);
  return target.toString();
}
