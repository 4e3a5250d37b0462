/** Error codes of MSAL (BrowserAuthErrorCodes) and of OAuth 2.0 that have a cause a person can do something about. */
const sentences: Record<string, string> = {
  popup_window_error:
    'Your browser did not open the window. Allow pop-ups for this page, then press Continue again.',
  empty_window_error:
    'Your browser did not open the window. Allow pop-ups for this page, then press Continue again.',
  user_cancelled: 'The sign-in was cancelled there. Press Continue to begin again.',
  access_denied: 'The sign-in was cancelled there, or Microsoft did not allow it.',
  timed_out: 'The window gave no answer for ten minutes. Press Continue to begin again.',
  network_error: 'Microsoft’s sign-in cannot be reached right now. Try again in a moment.',
};

export const silence = 'Stint did not answer. Nothing was sent; try again in a moment.';

/** Why no sign-in came of the window, and what to do; the code is for whoever has to look further. */
export function popupTrouble(code: string | null): string {
  const known = code ? sentences[code] : undefined;
  return known ?? `The sign-in did not come about${code ? ` (${code})` : ''}. Nothing was sent.`;
}

/** Another account answered than the page is for. */
export function somebodyElse(name: string | undefined, wanted: string): string {
  return `${name ?? 'Somebody else'} signed in there, and this page is ${wanted}’s. Press Continue and choose ${wanted}; or cancel, and sign in to Stint as ${name ?? 'the other one'}.`;
}
