import type { Answer, Caller, World } from '#lib/emulator/wire.ts';

/** ARM's 401 for a call without a token, or with one for another API. */
export function unauthenticated(caller: Caller | null, world: World): Answer {
  if (caller === null) {
    return refusal(
      world,
      'AuthenticationFailed',
      "Authentication failed. The 'Authorization' header is missing.",
    );
  }
  return refusal(
    world,
    'InvalidAuthenticationTokenAudience',
    "The access token has been obtained for wrong audience or resource 'https://graph.microsoft.com'. It should exactly match with one of the allowed audiences 'https://management.core.windows.net/','https://management.azure.com/'.",
  );
}

function refusal(world: World, code: string, message: string): Answer {
  const authority = `https://login.microsoftonline.com/${world.state.tenantId}`;
  return {
    status: 401,
    headers: {
      'WWW-Authenticate': `Bearer authorization_uri="${authority}", error="invalid_token", error_description="${message}"`,
    },
    body: { error: { code, message } },
  };
}
