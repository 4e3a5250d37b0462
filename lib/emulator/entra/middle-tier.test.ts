import { ConfidentialClientApplication, InteractionRequiredAuthError } from '@azure/msal-node';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBrowser } from './testing/browser.ts';
import { askToken, newPkce, portal, reader, redirectUri, tenant, tokensOf } from './testing/code-flow.ts';
import { type Running, startForTest } from './testing/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

const ada = 'ada.lind@contoso.example';
const graph = 'https://graph.microsoft.com';
const own = `api://${portal}/access_as_user`;
const context = (value: string) => JSON.stringify({ access_token: { acrs: { essential: true, value } } });

function client(auth: { clientSecret: string } | { clientAssertion: string }): ConfidentialClientApplication {
  const { host } = new URL(running.emulator.httpsOrigin);
  const authority = `https://${host}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: { clientId: portal, authority, knownAuthorities: [host], clientCapabilities: ['cp1'], ...auth },
  });
}

/** A token a page of the portal would bring: for the portal itself. */
async function brought(fields: Record<string, string | undefined> = {}): Promise<string> {
  return (await tokensOf(running, ada, { scope: `openid ${own}`, ...fields })).body.access_token;
}

test('MSAL trades a token for the middle tier for one of Graph, for the same person', async () => {
  const app = client({ clientSecret: 'sandbox-secret' });
  const oboAssertion = await brought();
  const result = await app.acquireTokenOnBehalfOf({ oboAssertion, scopes: [`${graph}/User.Read`] });
  expect(decodeJwt(result?.accessToken ?? '')).toMatchObject({
    aud: graph,
    scp: expect.stringContaining('User.Read'),
    upn: ada,
    amr: ['pwd', 'mfa'],
    xms_cc: ['cp1'],
  });
});

test('what the person has not proven is asked for, with the claims', async () => {
  const app = client({ clientSecret: 'sandbox-secret' });
  const ask = async (oboAssertion: string) =>
    app.acquireTokenOnBehalfOf({ oboAssertion, scopes: [`${graph}/User.Read`], claims: context('c1') });
  const refused = await ask(await brought()).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InteractionRequiredAuthError);
  expect(refused).toMatchObject({ claims: expect.stringContaining('"c1"') });
  const met = await ask(await brought({ claims: context('c1') }));
  expect(decodeJwt(met?.accessToken ?? '').acrs).toEqual(['c1']);
});

test.each([
  ['a token for Graph', () => tokensOf(running, ada).then(({ body }) => body.access_token), 50013],
  ['text', async () => 'abc', 50013],
  [
    'a token of the same authority for another application',
    async () => {
      const { registrations } = running.emulator.world.state;
      const other = '5717a000-0000-4000-8000-000000000005';
      const stint = registrations.find(({ appId }) => appId === portal);
      if (stint) stint.apiPermissions = [{ appId: other, names: ['step-up'] }];
      return (await tokensOf(running, ada, { scope: `api://${other}/step-up` })).body.access_token;
    },
    500131,
  ],
])('%s is not traded', async (_name, make, code) => {
  const answer = await askToken(running, {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await make(),
    scope: `${graph}/User.Read`,
    requested_token_use: 'on_behalf_of',
  });
  expect(answer.body).toMatchObject({ error: 'invalid_grant', error_codes: [code] });
});

test('a server’s code brings one for its page, which redeems it without redirect URI, once', async () => {
  const app = client({ clientSecret: 'sandbox-secret' });
  const { verifier, challenge } = newPkce();
  const scopes = [`${graph}/User.Read`];
  const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' };
  const url = await app.getAuthCodeUrl({ scopes, redirectUri, loginHint: ada, ...pkce });
  const browser = makeBrowser();
  const back = new URL((await browser.submit(await browser.get(url), {})).headers.get('location') ?? '');
  const result = await app.acquireTokenByCode({
    code: back.searchParams.get('code') ?? '',
    scopes,
    redirectUri,
    codeVerifier: verifier,
    enableSpaAuthorizationCode: true,
  });
  expect(result.code).toMatch(/^ey/);
  const redeemed = (origin: string) =>
    fetch(`${running.emulator.httpOrigin}/${tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: portal,
        code: result.code ?? '',
        scope: `openid ${own}`,
      }),
    }).then((answer) => answer.status);
  expect(await redeemed('http://evil.example')).toBe(400);
  expect(await redeemed('http://localhost:3999')).toBe(200);
  expect(await redeemed('http://localhost:3999')).toBe(400);
});

test('a client proves itself by an assertion its key signed, for this endpoint and this hour', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const { kty = '', n = '', e = '' } = await exportJWK(publicKey);
  const registration = running.emulator.world.state.registrations.find(({ appId }) => appId === reader);
  const endpoint = `${running.emulator.httpsOrigin}/${tenant}/oauth2/v2.0/token`;
  const trusted = {
    issuer: 'https://issuer.example',
    subject: 'pod-7',
    audience: 'api://AzureADTokenExchange',
  };
  const ask = async (claims: Record<string, unknown>, alg = 'RS256') => {
    const now = Math.floor(Date.now() / 1000);
    const assertion = new SignJWT({ iat: now, exp: now + 600, ...claims }).setProtectedHeader({ alg });
    const answer = await askToken(running, {
      grant_type: 'client_credentials',
      client_id: reader,
      client_secret: '',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion.sign(privateKey),
      scope: `${graph}/.default`,
    });
    return answer.status === 200 ? 200 : answer.body.error_codes;
  };
  const right = { iss: reader, sub: reader, aud: endpoint };
  expect(await ask(right)).toEqual([700027]);
  if (registration) registration.assertionKeys = [{ jwk: { kty, n, e }, federated: null }];
  expect(await ask(right)).toBe(200);
  expect(await ask({ ...right, aud: 'https://elsewhere.example' })).toEqual([700021]);
  expect(await ask({ ...right, sub: portal })).toEqual([700021]);
  expect(await ask({ ...right, exp: 1 })).toEqual([700024]);
  if (registration) registration.assertionKeys = [{ jwk: { kty, n, e }, federated: trusted }];
  expect(await ask({ iss: trusted.issuer, sub: trusted.subject, aud: trusted.audience })).toBe(200);
  expect(await ask({ iss: trusted.issuer, sub: 'pod-8', aud: trusted.audience })).toEqual([700021]);
});
