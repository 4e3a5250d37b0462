import { jsonReply, type Reply } from '#lib/emulator/http.ts';
import type { Registration } from '#lib/emulator/state.ts';
import { appAccessToken } from './access-token.ts';
import { type Authority, registrationOf } from './authority.ts';
import { checkClientSecret, withBasicCredentials } from './client-secret.ts';
import { EntraError } from './error.ts';
import { recordAppSignIn } from './record-sign-in.ts';
import { redeemCode } from './redeem-code.ts';
import { redeemRefreshToken } from './redeem-refresh-token.ts';
import { onlyResource, parseScopes } from './scopes.ts';
import { tokenSeconds } from './sign-token.ts';

export type Form = Record<string, string>;
type Answered = Promise<Record<string, unknown>>;

const grants: Record<string, (authority: Authority, registration: Registration, form: Form) => Answered> = {
  authorization_code: redeemCode,
  refresh_token: redeemRefreshToken,
  client_credentials: clientCredentials,
};

/** `POST /oauth2/v2.0/token`. Only `spa` redirects may send an Origin header, and none is registered. */
export async function answerToken(authority: Authority, posted: Form, headers: Form): Promise<Reply> {
  const form = withBasicCredentials(posted, headers.authorization);
  const { origin } = headers;
  if (!form.grant_type) throw EntraError.missing('grant_type');
  const grant = Object.entries(grants).find(([name]) => name === form.grant_type)?.[1];
  if (!grant) {
    const words = `The app requested an unsupported grant type '${form.grant_type}'.`;
    throw new EntraError('unsupported_grant_type', 70003, words);
  }
  const registration = registrationOf(authority, form.client_id);
  if (origin !== undefined) {
    const words = `Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${origin}'.`;
    throw new EntraError('invalid_request', 9002326, words);
  }
  checkClientSecret(registration, form);
  return jsonReply(200, await grant(authority, registration, form), { pragma: 'no-cache' });
}

async function clientCredentials(authority: Authority, registration: Registration, form: Form): Answered {
  if (registration.secrets.length === 0) {
    const words =
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    throw new EntraError('invalid_client', 7000218, words);
  }
  if (!form.scope) throw EntraError.missing('scope');
  const ask = parseScopes(form.scope);
  const resource = onlyResource(ask);
  if (resource === null || ask.permissions.some(({ name }) => name !== '.default')) {
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
