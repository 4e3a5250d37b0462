import type { Reply } from '#lib/emulator/http.ts';
import type { User } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import type { AuthorizeAsk } from './authorize-ask.ts';
import { hintNames } from './id-token.ts';
import { type Html, html, page } from './page.ts';
import { seal } from './sealed.ts';
import type { BrowserSession } from './session.ts';

/** A tenant of another size would fill the page; whoever is not on it is named by `login_hint`. */
const MOST_ACCOUNTS = 200;
const patienceSeconds = 60 * 60;

export interface SignInView {
  session: BrowserSession | null;
  /** What was wrong with the last try. */
  problem?: string;
}

/** The page where a person picks an account. The hidden field `request` carries the whole authorize request, sealed. */
export async function signInPage(authority: Authority, ask: AuthorizeAsk, view: SignInView): Promise<Reply> {
  const { state } = authority.world;
  const application = state.registrations.find(({ appId }) => appId === ask.appId)?.displayName ?? '';
  const enabled = state.users.filter((user) => user.accountEnabled);
  const chosen = enabled.find((user) => hintNames(ask.loginHint ?? '', user)) ?? view.session?.user;
  const first = enabled.slice(0, MOST_ACCOUNTS);
  const accounts = chosen && !first.includes(chosen) ? [chosen, ...first] : first;
  const request = await seal(authority, 'sign-in', ask, patienceSeconds);
  const body = html`<h1>Sign in to ${application}</h1>
<p>${state.displayName} · local tenant. Pick who you are; no password is asked here.</p>
${view.problem ? html`<p class="bad" role="alert">${view.problem}</p>` : html``}
<form method="post" action="/${state.tenantId}/login">
<input type="hidden" name="request" value="${request}">
<input type="hidden" name="mfa_offered" value="1">
<fieldset><legend>Account</legend><div class="accounts">${accounts.map((user) => accountRow(user, user === chosen))}</div></fieldset>
<label><input type="checkbox" name="mfa" value="true" checked> Signed in with multi-factor authentication</label>
<button type="submit">Sign in</button>
</form>`;
  return page(`Sign in to ${application}`, body, { formTargets: [new URL(ask.redirectUri).origin] });
}

function accountRow(user: User, chosen: boolean): Html {
  const facts = [user.jobTitle, user.userType === 'Guest' ? 'Guest' : null].filter(Boolean).join(' · ');
  const picked = chosen ? html` checked autofocus` : html``;
  return html`<label><input type="radio" name="login" value="${user.userPrincipalName}" required${picked}>
<span><strong>${user.displayName}</strong><small>${user.userPrincipalName}</small><small>${facts}</small></span></label>`;
}
