import type { Reply } from '#lib/emulator/http.ts';
import type { AuthorizeAsk } from './authorize-ask.ts';
import { html, page } from './page.ts';

/** Sends the outcome to the redirect URI, with `state`, in the query, the fragment, or a form that posts itself. */
export function deliver(ask: AuthorizeAsk, outcome: Record<string, string>): Reply {
  const fields = { ...outcome, ...(ask.state === null ? {} : { state: ask.state }) };
  if (ask.responseMode === 'form_post') return formPost(ask.redirectUri, fields);
  const target = new URL(ask.redirectUri);
  if (ask.responseMode === 'fragment') target.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) target.searchParams.set(name, value);
  return redirect(target.toString());
}

export function redirect(location: string, headers: Record<string, string> = {}): Reply {
  return { status: 302, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' };
}

function formPost(redirectUri: string, fields: Record<string, string>): Reply {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const body = html`<h1>Signing you in</h1><p>If nothing happens, press the button.</p>
<form method="post" action="${redirectUri}">${inputs}<button>Continue</button></form>`;
  return page('Signing you in', body, {
    formTargets: [new URL(redirectUri).origin],
    script: 'document.forms[0].submit()',
  });
}
