import { decodeJwt, errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
import type { AssertionKey } from '#lib/emulator/arm-state.ts';
import type { Registration } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import { EntraError } from './error.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Proves a client by an assertion it, or an issuer it trusts, signed (RFC 7523). Throws 700021 for one that names another
 * client, audience or subject, 700027 for one no key of the registration signed, 700024 for one out of its time.
 */
export async function checkClientAssertion(
  authority: Authority,
  registration: Registration,
  form: Record<string, string>,
): Promise<void> {
  const assertion = form.client_assertion ?? '';
  if (form.client_assertion_type !== TYPE) throw EntraError.missing('client_assertion_type');
  const now = new Date(authority.machineNow());
  let isLate = false;
  for (const key of registration.assertionKeys ?? []) {
    try {
      const jwk = await importJWK({ ...key.jwk }, 'RS256');
      const { payload } = await jwtVerify(assertion, jwk, {
        algorithms: ['RS256', 'PS256'],
        currentDate: now,
      });
      if (isMeant(authority, registration, key, payload)) return;
      throw mismatch(assertion);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      isLate ||= error instanceof errors.JWTExpired;
    }
  }
  if (isLate) {
    const words = 'Client assertion is not within its valid time range.';
    throw new EntraError('invalid_client', 700024, words);
  }
  const words =
    'The certificate with identifier used to sign the client assertion is not registered on application.';
  throw new EntraError('invalid_client', 700027, words);
}

function isMeant(
  authority: Authority,
  { appId }: Registration,
  { federated }: AssertionKey,
  { iss, sub, aud }: JWTPayload,
): boolean {
  const audiences = [aud ?? []].flat();
  if (federated) {
    return iss === federated.issuer && sub === federated.subject && audiences.includes(federated.audience);
  }
  const { tenantId, domain } = authority.world.state;
  const endpoints = [authority.httpsOrigin, authority.httpOrigin].flatMap((origin) =>
    [tenantId, domain].flatMap((tenant) => [
      `${origin}/${tenant}/oauth2/v2.0/token`,
      `${origin}/${tenant}/v2.0`,
    ]),
  );
  return iss === appId && sub === appId && audiences.some((one) => endpoints.includes(one));
}

function mismatch(assertion: string): EntraError {
  const { iss, sub } = decodeJwt(assertion);
  const words = `Client assertion application identifier doesn't match 'client_id' parameter, or its audience is not this endpoint. Issuer: '${iss}', subject: '${sub}'.`;
  return new EntraError('invalid_client', 700021, words);
}
