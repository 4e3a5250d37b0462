import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { Identity } from '#lib/config/credential.ts';
import type { Audience } from '#lib/domain/plane.ts';
import { scopeOf } from './audience.ts';
import { authorityClient } from './authority-client.ts';
import { oneAtATime } from './one-at-a-time.ts';

/**
 * Tokens of one of Stint's own registrations (client credentials), by one client for the process, whose cache keeps them
 * until they near their end. One call per resource at a time: the others find the first one's token in the cache.
 */
export function applicationTokens(
  name: string,
  identity: () => Identity,
): (audience: Audience) => Promise<string> {
  let client: Promise<ConfidentialClientApplication> | undefined;
  return (audience) =>
    oneAtATime(`${name} ${audience}`, async () => {
      client ??= authorityClient(identity()).catch((error) => {
        client = undefined;
        throw error;
      });
      const result = await (await client).acquireTokenByClientCredential({ scopes: [scopeOf(audience)] });
      if (!result) throw new Error(`The authority gave the ${name} no token.`);
      return result.accessToken;
    });
}
