import { config } from '#lib/config/config.ts';

/** An address of Stint's own, from its configuration: a request's Host header is the client's word. */
export function ownUrl(path: string): string {
  return `${config().appOrigin}${path}`;
}

/** Entra sends browsers back here; registered there as a redirect URI. */
export const callbackUrl = () => ownUrl('/auth/callback');

/** Where Entra sends people after signing out; registered there as a redirect URI. */
export const signedOutUrl = () => ownUrl('/auth/signed-out');
