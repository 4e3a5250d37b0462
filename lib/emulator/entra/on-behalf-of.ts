import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { Registration } from '#lib/emulator/state.ts';
import { type Authority, issuerOf } from './authority.ts';
import { contextsOf, isProven, parseClaims } from './claims-request.ts';
import { EntraError } from './error.ts';
import type { Grant } from './grant.ts';
import { issueForUser } from './issue.ts';
import { checkPlatform } from './platform-rules.ts';
import type { TokenAsk } from './token.ts';

/**
 * grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer: a middle tier trades the token a person was given for it for one
 * to call on with. Of a person only, for this very application. Claims that ask for more than that person's sign-in proved
 * are answered with interaction_required, 50079, and the claims.
 */
export async function onBehalfOf(
  authority: Authority,
  registration: Registration,
  ask: TokenAsk,
): Promise<Record<string, unknown>> {
  const { form } = ask;
  checkPlatform(registration, 'web', ask);
  if (form.requested_token_use !== 'on_behalf_of') throw EntraError.missing('requested_token_use');
  if (!form.assertion) throw EntraError.missing('assertion');
  if (!form.scope) throw EntraError.missing('scope');
  const token = await verified(authority, registration, form.assertion);
  if (typeof token.scp !== 'string' || typeof token.oid !== 'string') {
    const words = `Application '${registration.appId}' is not allowed to make application on-behalf-of calls.`;
    throw new EntraError('invalid_grant', 7000114, words);
  }
  const sid = typeof token.sid === 'string' ? token.sid : '';
  const signIn = authority.world.state.signIns.find((one) => one.sid === sid);
  const shown = { mfa: signIn?.mfa ?? false, acrs: texts(token.acrs) };
  const claims = parseClaims(form.claims);
  if (!isProven(claims, shown)) throw interactionRequired(form.claims);
  const grant: Grant = {
    appId: registration.appId,
    userId: token.oid,
    sid,
    mfa: shown.mfa,
    acrs: contextsOf(claims, shown.acrs),
    continuousAccess: claims.continuousAccess,
    scope: form.scope,
    nonce: null,
    platform: 'web',
    ...(typeof token.auth_time === 'number' ? { provedAt: token.auth_time * 1000 } : {}),
  };
  return issueForUser(authority, registration, grant, form.scope);
}

async function verified(
  authority: Authority,
  { appId }: Registration,
  assertion: string,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(assertion, authority.keys.verifying, {
      algorithms: ['RS256'],
      issuer: issuerOf(authority),
      currentDate: new Date(authority.machineNow()),
    });
    if (payload.aud === appId) return payload;
    const words = `Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was '${payload.aud}' and the expected audience is '${appId}' or one of the Application Uris of this application.`;
    throw new EntraError('invalid_grant', 500131, words);
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    if (error instanceof errors.JWTExpired) {
      throw new EntraError('invalid_grant', 500133, 'Assertion is not within its valid time range.');
    }
    const words = 'Assertion failed signature validation.';
    throw new EntraError('invalid_grant', 50013, words);
  }
}

function interactionRequired(claims: string | undefined): EntraError {
  const words =
    'Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.';
  return new EntraError('interaction_required', 50079, words, {
    suberror: 'basic_action',
    ...(claims ? { claims } : {}),
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
