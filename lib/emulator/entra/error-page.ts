import type { CallIds } from '#lib/emulator/call-ids.ts';
import type { Reply } from '#lib/emulator/http.ts';
import { describe, type EntraError } from './error.ts';
import { html, page } from './page.ts';

/** A refusal shown to the person, where there is no address it may be sent to. */
export function errorPage(error: EntraError, ids: CallIds, now: number): Reply {
  const [words = '', ...trail] = describe(error, ids, now).split('\r\n');
  const body = html`<h1>Sorry, but we’re having trouble signing you in.</h1>
<p class="bad">${words}</p>${trail.map((line) => html`<p><code>${line}</code></p>`)}`;
  return page('Sign-in error', body, { status: error.status });
}
