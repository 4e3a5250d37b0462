import type { Registration } from '#lib/emulator/state.ts';
import { EntraError } from './error.ts';

/** What kind of program waits at a redirect URI, and so how its code may be redeemed. */
export type Platform = 'web' | 'spa' | 'native';

/** Whether a URI is registered: to the letter, but `http://localhost/…` on any port (RFC 8252 section 7.3). */
export function isRegistered(registered: string[], uri: string): boolean {
  return (
    registered.includes(uri) ||
    registered.includes(uri.replace(/^http:\/\/localhost:\d+\//, 'http://localhost/'))
  );
}

/** Every redirect URI of a registration. */
export function redirectUrisOf(registration: Registration): string[] {
  const { redirectUris, spaRedirectUris = [], nativeRedirectUris = [] } = registration;
  return [...redirectUris, ...spaRedirectUris, ...nativeRedirectUris];
}

/** The platform a redirect URI is registered for; `spa` where it is registered twice. */
export function platformOf(registration: Registration, uri: string): Platform {
  if (isRegistered(registration.spaRedirectUris ?? [], uri)) return 'spa';
  return isRegistered(registration.nativeRedirectUris ?? [], uri) ? 'native' : 'web';
}

/** Whether an Origin header comes from where a single-page redirect URI of the registration is. */
export function isSpaOrigin({ spaRedirectUris = [] }: Registration, origin: string): boolean {
  const plain = origin.replace(/^http:\/\/localhost:\d+$/, 'http://localhost');
  return spaRedirectUris.some((uri) => [origin, plain].includes(new URL(uri).origin));
}

/** Whether the registration has something to prove itself with. */
export function isConfidential({ secrets, assertionKeys = [] }: Registration): boolean {
  return secrets.length + assertionKeys.length > 0;
}

/** Throws AADSTS50011, which is shown to the person and never sent to the address in question. */
export function checkRedirectUri(registration: Registration, uri: string | undefined): string {
  if (!uri) throw EntraError.missing('redirect_uri');
  if (isRegistered(redirectUrisOf(registration), uri)) return uri;
  throw new EntraError(
    'invalid_request',
    50011,
    `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${registration.appId}'. Make sure the redirect URI sent in the request matches one added to your application.`,
  );
}
