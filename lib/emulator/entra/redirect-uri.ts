import type { Registration } from '#lib/emulator/state.ts';
import { EntraError } from './error.ts';

/** Whether a URI is registered: to the letter, but `http://localhost/…` on any port (RFC 8252 section 7.3). */
export function isRegistered(registered: string[], uri: string): boolean {
  return (
    registered.includes(uri) ||
    registered.includes(uri.replace(/^http:\/\/localhost:\d+\//, 'http://localhost/'))
  );
}

/** Throws AADSTS50011, which is shown to the person and never sent to the address in question. */
export function checkRedirectUri(registration: Registration, uri: string | undefined): string {
  if (!uri) throw EntraError.missing('redirect_uri');
  if (isRegistered(registration.redirectUris, uri)) return uri;
  throw new EntraError(
    'invalid_request',
    50011,
    `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${registration.appId}'. Make sure the redirect URI sent in the request matches one added to your application.`,
  );
}
