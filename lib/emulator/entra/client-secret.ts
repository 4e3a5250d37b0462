import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registration } from '#lib/emulator/state.ts';
import { EntraError } from './error.ts';

/**
 * Proves that a confidential client is who it says. Public clients have no secret and pass.
 * Throws invalid_client: 7000218 without a secret, 7000215 with a wrong one, 700027 with an assertion (not emulated).
 */
export function checkClientSecret(registration: Registration, form: Record<string, string>): void {
  if (registration.secrets.length === 0) return;
  if (form.client_assertion) {
    const words = 'Client assertions are not emulated: use the client secret of the sandbox.';
    throw new EntraError('invalid_client', 700027, words);
  }
  if (!form.client_secret) {
    const words =
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    throw new EntraError('invalid_client', 7000218, words);
  }
  const given = digest(form.client_secret);
  let right = false;
  for (const secret of registration.secrets) right = timingSafeEqual(digest(secret), given) || right;
  if (right) return;
  throw new EntraError(
    'invalid_client',
    7000215,
    `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${registration.appId}'.`,
  );
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Client id and secret from a Basic header (RFC 6749 section 2.3.1) join the form, where the form has none. */
export function withBasicCredentials(
  form: Record<string, string>,
  authorization: string | undefined,
): Record<string, string> {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return form;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':').map(unescapeForm);
  return { client_id: id, client_secret: secret, ...form };
}

function unescapeForm(text: string): string {
  return new URLSearchParams(`x=${text}`).get('x') ?? '';
}
