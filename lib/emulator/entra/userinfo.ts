import { apiError } from '#lib/emulator/api-error.ts';
import type { CallIds } from '#lib/emulator/call-ids.ts';
import type { Answer, Caller } from '#lib/emulator/wire.ts';
import type { Authority } from './authority.ts';
import { pairwiseSubject } from './sign-token.ts';

/** `/oidc/userinfo` on the Graph host: who the access token is about. Wants a person's token with `openid`. */
export function answerUserInfo(authority: Authority, caller: Caller | null, ids: CallIds): Answer {
  const user = authority.world.state.users.find((one) => one.id === caller?.objectId);
  if (!caller || !user) {
    return apiError('graph', ids, 401, 'InvalidAuthenticationToken', 'Access token is empty.');
  }
  if (!caller.scopes.includes('openid')) {
    return apiError('graph', ids, 403, 'AccessDenied', 'The access token has no openid scope.');
  }
  return {
    status: 200,
    body: {
      sub: pairwiseSubject(caller.appId, user.id),
      name: user.displayName,
      family_name: user.surname,
      given_name: user.givenName,
      ...(caller.scopes.includes('email') && user.mail ? { email: user.mail } : {}),
    },
  };
}
