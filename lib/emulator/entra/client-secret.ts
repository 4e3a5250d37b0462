import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registration } from '#lib/emulator/state.ts';
import { EntraError } from './error.ts';
import { isConfidential } from './redirect-uri.ts';
import type { TokenAsk } from './token.ts';

/**
 * Proves that a confidential client is who it says. Public clients have no secret and pass; so does an assertion, which
 * was checked when the call came in. Throws invalid_client: 7000218 without a secret, 7000215 with a wrong one.
 */
export function checkClientSecret(registration: Registration, { form, isAsserted }: TokenAsk): void {
  if (isAsserted || !isConfidential(registration)) return;
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
