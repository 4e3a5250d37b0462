import { jsonReply, type Reply } from '#lib/emulator/http.ts';
import type { Registration } from '#lib/emulator/state.ts';
import { appAccessToken } from './access-token.ts';
import { type Authority, registrationOf } from './authority.ts';
import { checkClientAssertion } from './client-assertion.ts';
import { withBasicCredentials } from './client-secret.ts';
import { EntraError } from './error.ts';
import { onBehalfOf } from './on-behalf-of.ts';
import { checkPlatform } from './platform-rules.ts';
import { recordAppSignIn } from './record-sign-in.ts';
import { redeemCode } from './redeem-code.ts';
import { redeemRefreshToken } from './redeem-refresh-token.ts';
import { isConfidential } from './redirect-uri.ts';
import { onlyResource, parseScopes } from './scopes.ts';
import { tokenSeconds } from './sign-token.ts';

export type Form = Record<string, string>;
type Answered = Promise<Record<string, unknown>>;

/** A call of the token endpoint, as far as it is the same for every grant. */
export interface TokenAsk {
  form: Form;
  /** Of the page that asks; undefined: no browser. */
  origin: string | undefined;
  /** A client assertion came along, and was right. */
  isAsserted: boolean;
}

type Redeem = (authority: Authority, registration: Registration, ask: TokenAsk) => Answered;
const grants: Record<string, Redeem> = {
  authorization_code: redeemCode,
  refresh_token: redeemRefreshToken,
  client_credentials: clientCredentials,
  'urn:ietf:params:oauth:grant-type:jwt-bearer': onBehalfOf,
};

/** `POST /oauth2/v2.0/token`. What the redirect URI's platform asks of client and origin is checked per grant. */
export async function answerToken(authority: Authority, posted: Form, headers: Form): Promise<Reply> {
  const form = withBasicCredentials(posted, headers.authorization);
  if (!form.grant_type) throw EntraError.missing('grant_type');
  const grant = Object.entries(grants).find(([name]) => name === form.grant_type)?.[1];
  if (!grant) {
    const words = `The app requested an unsupported grant type '${form.grant_type}'.`;
    throw new EntraError('unsupported_grant_type', 70003, words);
  }
  const registration = registrationOf(authority, form.client_id);
  const isAsserted = form.client_assertion !== undefined && isConfidential(registration);
  if (isAsserted) await checkClientAssertion(authority, registration, form);
  const ask: TokenAsk = { form, origin: headers.origin, isAsserted };
  return jsonReply(200, await grant(authority, registration, ask), { pragma: 'no-cache' });
}

async function clientCredentials(authority: Authority, registration: Registration, ask: TokenAsk): Answered {
  const { form } = ask;
  checkPlatform(registration, 'web', ask);
  if (!isConfidential(registration)) {
    const words =
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    throw new EntraError('invalid_client', 7000218, words);
  }
  if (!form.scope) throw EntraError.missing('scope');
  const scopes = parseScopes(form.scope, authority.world.state.registrations);
  const resource = onlyResource(scopes);
  if (resource === null || scopes.permissions.some(({ name }) => name !== '.default')) {
    const words = `The provided value for scope ${form.scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`;
    throw new EntraError('invalid_scope', 1002012, words);
  }
  const principals = authority.world.state.servicePrincipals;
  if (!principals.find((one) => one.appId === registration.appId)?.accountEnabled) {
    const words = `Application '${registration.appId}' is disabled.`;
    throw new EntraError('unauthorized_client', 7000112, words);
  }
  recordAppSignIn(authority.world, registration.appId, resource);
  return {
    token_type: 'Bearer',
    expires_in: tokenSeconds - 1,
    ext_expires_in: tokenSeconds - 1,
    access_token: await appAccessToken(authority, registration, resource),
  };
}
