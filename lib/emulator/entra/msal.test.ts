import { ConfidentialClientApplication, InteractionRequiredAuthError } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBrowser } from './testing/browser.ts';
import { newPkce, portal, reader, redirectUri, tenant } from './testing/code-flow.ts';
import { type Running, startForTest } from './testing/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

function client(
  clientId: string,
  clientSecret: string,
  clientCapabilities: string[] = [],
): ConfidentialClientApplication {
  const { host } = new URL(running.emulator.httpsOrigin);
  const authority = `https://${host}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: { clientId, clientSecret, authority, knownAuthorities: [host], clientCapabilities },
  });
}

const scopes = ['https://graph.microsoft.com/User.Read'];

async function signedIn(login: string, mfa: boolean) {
  const app = client(portal, 'sandbox-secret', ['cp1']);
  const { verifier, challenge } = newPkce();
  const browser = makeBrowser();
  const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' };
  const url = await app.getAuthCodeUrl({
    scopes,
    redirectUri,
    state: 's',
    nonce: 'n',
    loginHint: login,
    ...pkce,
  });
  expect(url.startsWith(running.emulator.httpOrigin)).toBe(true);
  const answer = await browser.submit(await browser.get(url), mfa ? {} : { mfa: undefined });
  const back = new URL(answer.headers.get('location') ?? '');
  const code = back.searchParams.get('code') ?? '';
  const result = await app.acquireTokenByCode({
    code,
    scopes,
    redirectUri,
    codeVerifier: verifier,
    nonce: 'n',
  });
  return { app, result };
}

test('MSAL signs in, then gets tokens for both resources silently, from its cache the second time', async () => {
  const { app, result } = await signedIn('ada.lind@contoso.example', true);
  expect(result.account).toMatchObject({ username: 'ada.lind@contoso.example', tenantId: tenant });
  expect(decodeJwt(result.accessToken)).toMatchObject({ xms_cc: ['cp1'], amr: ['pwd', 'mfa'] });
  const account = result.account;
  if (!account) throw new Error('MSAL made no account.');
  expect((await app.acquireTokenSilent({ account, scopes })).fromCache).toBe(true);
  const arm = { account, scopes: ['https://management.azure.com/.default'] };
  const first = await app.acquireTokenSilent(arm);
  expect(decodeJwt(first.accessToken)).toMatchObject({
    aud: 'https://management.azure.com',
    scp: 'user_impersonation',
  });
  expect(
    (await app.acquireTokenSilent({ ...arm, scopes: ['https://management.azure.com/user_impersonation'] }))
      .fromCache,
  ).toBe(true);
  const fresh = await app.acquireTokenSilent({ account, scopes, forceRefresh: true });
  expect(fresh.fromCache).toBe(false);
});

test('MSAL understands that MFA needs the person', async () => {
  const { app, result } = await signedIn('bo.okafor@contoso.example', false);
  const account = result.account;
  if (!account) throw new Error('MSAL made no account.');
  const claims = '{"access_token":{"amr":{"values":["mfa"]}}}';
  await expect(app.acquireTokenSilent({ account, scopes, claims })).rejects.toBeInstanceOf(
    InteractionRequiredAuthError,
  );
});

test('MSAL gets application tokens, and says which secret was wrong', async () => {
  const ask = { scopes: ['https://graph.microsoft.com/.default'] };
  const result = await client(reader, 'reader-secret').acquireTokenByClientCredential(ask);
  expect(decodeJwt(result?.accessToken ?? '')).toMatchObject({ appid: reader, idtyp: 'app' });
  await expect(client(reader, 'wrong').acquireTokenByClientCredential(ask)).rejects.toMatchObject({
    errorCode: 'invalid_client',
    errorMessage: expect.stringContaining('AADSTS7000215'),
  });
});
