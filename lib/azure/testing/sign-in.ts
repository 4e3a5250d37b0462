import type { Audience } from '#lib/domain/plane.ts';
import { type AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';

const tenant = 'c0470500-0000-4000-8000-000000000001';
const redirectUri = 'http://localhost:3000/auth/callback';
const scopes: Record<Audience, string[]> = {
  graph: ['https://graph.microsoft.com/.default'],
  arm: ['https://management.azure.com/.default'],
};

function clientOf(
  httpsOrigin: string,
  clientId: string,
  clientSecret: string,
): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret,
      authority: `${httpsOrigin}/${tenant}`,
      knownAuthorities: [new URL(httpsOrigin).host],
    },
  });
}

/** Signs a person in by the real code flow, through the local tenant's form, and gives their tokens. */
export async function signIn(
  httpsOrigin: string,
  login: string,
  { mfa }: { mfa: boolean },
): Promise<(audience: Audience) => Promise<string>> {
  const client = clientOf(httpsOrigin, '5717a000-0000-4000-8000-000000000001', 'sandbox-secret');
  const page = await fetch(await client.getAuthCodeUrl({ scopes: scopes.graph, redirectUri }));
  const form = await page.text();
  const action = /action="([^"]+)"/.exec(form)?.[1] ?? '';
  const fields = new URLSearchParams({ login, ...(mfa ? { mfa: 'true' } : {}) });
  for (const [, name = '', value = ''] of form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    fields.set(name, value);
  }
  const answer = await fetch(new URL(action, page.url), { method: 'POST', body: fields, redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const { account } = await client.acquireTokenByCode({ code, scopes: scopes.graph, redirectUri });
  if (!account) throw new Error(`No account came back for ${login}.`);
  return async (audience) => {
    const result: AuthenticationResult = await client.acquireTokenSilent({
      account,
      scopes: scopes[audience],
    });
    return result.accessToken;
  };
}

/** The Reader's application tokens, by client credentials. */
export function readerTokens(httpsOrigin: string): (audience: Audience) => Promise<string> {
  const client = clientOf(httpsOrigin, '5717a000-0000-4000-8000-000000000003', 'reader-secret');
  return async (audience) => {
    const result = await client.acquireTokenByClientCredential({ scopes: scopes[audience] });
    if (!result) throw new Error('The Reader got no token.');
    return result.accessToken;
  };
}
