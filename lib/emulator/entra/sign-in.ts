import type { Reply } from '#lib/emulator/http.ts';
import type { Authority } from './authority.ts';
import { claimsOf, sendCode } from './authorize.ts';
import type { AuthorizeAsk } from './authorize-ask.ts';
import { EntraError } from './error.ts';
import { hintNames } from './id-token.ts';
import { unseal } from './sealed.ts';
import { beginSession, sessionOf } from './session.ts';
import { signInPage } from './sign-in-page.ts';

/**
 * `POST /{tenant}/login`, the form of the sign-in page: `login` (a user name), `mfa`, and the hidden fields.
 * Throws malformed for a `request` we did not seal. An unknown or disabled account shows the page again, saying so.
 */
export async function answerSignIn(
  authority: Authority,
  form: Record<string, string>,
  cookies: string | undefined,
): Promise<Reply> {
  const { value: ask } = await unseal<AuthorizeAsk>(authority, 'sign-in', form.request ?? '');
  const session = await sessionOf(authority, cookies);
  const login = (form.login ?? '').trim();
  const { users, displayName } = authority.world.state;
  const user = users.find((one) => login !== '' && hintNames(login, one));
  const mfa = saysMfa(form);
  const asked = claimsOf(ask);
  // Every authentication context of this tenant is met by MFA, at the keyboard and for that request.
  const wantsMfa = asked.mfa || asked.acrs.length > 0;
  const problem = (): string | null => {
    if (login === '') return 'Choose an account.';
    if (!user) return EntraError.unknownUser(login, displayName).message;
    if (!user.accountEnabled) return EntraError.disabledUser().message;
    return wantsMfa && !mfa ? 'This sign-in asks for multi-factor authentication.' : null;
  };
  const found = problem();
  if (found !== null || !user) return signInPage(authority, ask, { session, problem: found ?? '' });
  const begun = await beginSession(authority, session, user, mfa, asked.acrs);
  const reply = await sendCode(authority, ask, begun.session);
  return { ...reply, headers: { ...reply.headers, 'set-cookie': begun.cookie } };
}

/** A box that is not ticked is not sent: once the form has offered it, its absence is a no. */
function saysMfa(form: Record<string, string>): boolean {
  if (form.mfa === undefined) return form.mfa_offered === undefined;
  return !['', '0', 'false', 'off', 'no'].includes(form.mfa.toLowerCase());
}
