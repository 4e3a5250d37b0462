import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeBrowser } from './testing/browser.ts';
import { askToken, authorizeUrl, newPkce, portal, redeem, signIn, tenant } from './testing/code-flow.ts';
import { type Running, startForTest } from './testing/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

const ada = 'ada.lind@contoso.example';
const graph = 'https://graph.microsoft.com';
const context = (value: string) => JSON.stringify({ access_token: { acrs: { essential: true, value } } });
const stepUp = '5717a000-0000-4000-8000-000000000005';
const bridge = 'http://localhost:4123/auth/step-up-bridge';
const page = 'http://localhost:4123';

async function tokens(browser = makeBrowser(), fields: Record<string, string | undefined> = {}) {
  const { verifier, challenge } = newPkce();
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  const back = await signIn(running, ada, { ...fields, ...pkce }, browser);
  return redeem(running, back, verifier);
}

test('an authentication context is met at the keyboard, with MFA, for the request that names it', async () => {
  const browser = makeBrowser();
  const plain = await tokens(browser);
  expect(decodeJwt(plain.body.access_token)).not.toHaveProperty('acrs');
  const silent = await browser.get(authorizeUrl(running, { claims: context('c1'), prompt: 'none' }));
  const refused = new URL(silent.headers.get('location') ?? '');
  expect(refused.searchParams.get('error')).toBe('interaction_required');
  const asked = await browser.get(authorizeUrl(running, { claims: context('c1') }));
  expect(asked.status).toBe(200);
  const without = await browser.submit(asked, { login: ada, mfa: undefined });
  expect(await without.text()).toContain('asks for multi-factor authentication');
  const { body } = await tokens(browser, { claims: context('c1') });
  expect(decodeJwt(body.access_token)).toMatchObject({ acrs: ['c1'], amr: ['pwd', 'mfa'] });
  expect(decodeJwt(body.id_token)).toMatchObject({ acrs: ['c1'] });
  expect((await browser.get(authorizeUrl(running, { claims: context('c1') }))).status).toBe(302);
  expect((await browser.get(authorizeUrl(running, { claims: context('c2') }))).status).toBe(200);
});

test('a refresh token keeps what was proven, and asks for the person when more is wanted', async () => {
  const { body } = await tokens(makeBrowser(), { claims: context('c1') });
  const refresh = {
    grant_type: 'refresh_token',
    refresh_token: body.refresh_token,
    scope: `${graph}/.default`,
  };
  const kept = await askToken(running, refresh);
  expect(decodeJwt(kept.body.access_token).acrs).toEqual(['c1']);
  expect((await askToken(running, { ...refresh, claims: context('c1') })).status).toBe(200);
  const more = await askToken(running, { ...refresh, claims: context('c2') });
  expect(more).toMatchObject({
    status: 400,
    body: { error: 'interaction_required', error_codes: [50076], claims: context('c2') },
  });
});

test('p1, Azure’s mandatory MFA, is met by a session that has it', async () => {
  const { body } = await tokens();
  const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
  const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
  const { body: more } = await askToken(running, { ...refresh, claims });
  expect(decodeJwt(more.access_token).acrs).toEqual(['p1']);
  const weak = await tokens(makeBrowser(), { mfa: undefined });
  const refused = await askToken(running, { ...refresh, refresh_token: weak.body.refresh_token, claims });
  expect(refused.body).toMatchObject({ error: 'interaction_required' });
});

test('prompt=login and max_age bring the person back to the keyboard, in the same session', async () => {
  const browser = makeBrowser();
  const first = await tokens(browser);
  running.clock.aheadMs = 600_000;
  try {
    expect((await browser.get(authorizeUrl(running, { max_age: '601' }))).status).toBe(302);
    expect((await browser.get(authorizeUrl(running, { max_age: '600' }))).status).toBe(200);
    const silent = await browser.get(authorizeUrl(running, { max_age: '0', prompt: 'none' }));
    expect(silent.headers.get('location')).toContain('error=login_required');
    const again = await tokens(browser, { prompt: 'login' });
    const [before, after] = [first, again].map(({ body }) => decodeJwt(body.id_token));
    expect(Number(after?.auth_time) - Number(before?.auth_time)).toBeGreaterThanOrEqual(600);
    expect(after?.sid).toBe(before?.sid);
    expect((await browser.get(authorizeUrl(running, { max_age: '10' }))).status).toBe(302);
  } finally {
    running.clock.aheadMs = 0;
  }
});

async function post(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const { httpOrigin } = running.emulator;
  const url = `${httpOrigin}/${tenant}/oauth2/v2.0/token`;
  const response = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) });
  return { response, body: (await response.json()) as Record<string, string> & { error_codes: number[] } };
}

async function pageCode(fields: Record<string, string | undefined> = {}) {
  const { verifier, challenge } = newPkce();
  const back = await signIn(running, ada, {
    client_id: stepUp,
    redirect_uri: bridge,
    scope: `openid profile offline_access api://${stepUp}/step-up`,
    response_mode: 'fragment',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...fields,
  });
  const answer = new URLSearchParams(back.hash.slice(1));
  return {
    grant_type: 'authorization_code',
    client_id: stepUp,
    redirect_uri: bridge,
    code: answer.get('code') ?? answer.get('error_description') ?? '',
    code_verifier: verifier,
  };
}

test('the page that steps up gets a token of its own, on the HTTP port, and may read it', async () => {
  const { response, body } = await post(await pageCode({ claims: context('c1') }), { origin: page });
  expect(response.headers.get('access-control-allow-origin')).toBe(page);
  expect(body.scope).toContain(`api://${stepUp}/step-up`);
  const keys = await fetch(`${running.emulator.httpOrigin}/${tenant}/discovery/v2.0/keys`, {
    headers: { origin: page },
  });
  expect(keys.headers.get('access-control-allow-origin')).toBe('*');
  const verifying = createLocalJWKSet(await keys.json());
  const issuer = `${running.emulator.httpsOrigin}/${tenant}/v2.0`;
  const { payload } = await jwtVerify(body.access_token ?? '', verifying, { issuer, audience: stepUp });
  expect(payload).toMatchObject({
    acrs: ['c1'],
    azp: stepUp,
    azpacr: '0',
    scp: 'step-up',
    tid: tenant,
    ver: '2.0',
    auth_time: expect.any(Number),
  });
});

test('a page’s code wants its origin, a verifier and no secret; a server’s code wants no origin', async () => {
  const code = await pageCode();
  expect((await post(code)).body.error_codes).toEqual([9002327]);
  const stranger = await post(code, { origin: 'http://evil.example' });
  expect(stranger.body.error_codes).toEqual([9002326]);
  expect(stranger.response.headers.get('access-control-allow-origin')).toBeNull();
  const secret = await post({ ...code, client_secret: 'x' }, { origin: page });
  expect(secret.body.error_codes).toEqual([700025]);
  const { code_verifier: _, ...bare } = code;
  expect((await post(bare, { origin: page })).body.error_codes).toEqual([501481]);
  expect((await post(code, { origin: page })).response.status).toBe(200);
  const refused = await pageCode({ code_challenge: undefined, code_challenge_method: undefined });
  expect(refused.code).toContain('AADSTS9002325');
  const back = await signIn(running, ada);
  const server = {
    grant_type: 'authorization_code',
    client_id: portal,
    client_secret: 'sandbox-secret',
    redirect_uri: 'http://localhost:3999/auth/callback',
    code: back.searchParams.get('code') ?? '',
  };
  expect((await post(server, { origin: page })).body.error_codes).toEqual([9002326]);
});

test('a browser may ask first', async () => {
  const url = `${running.emulator.httpOrigin}/${tenant}/oauth2/v2.0/token`;
  const ask = (origin: string) => fetch(url, { method: 'OPTIONS', headers: { origin } });
  const allowed = await ask(page);
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, page]);
  expect((await ask('http://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
});

test('a page’s refresh tokens end together, 24 hours after the first', async () => {
  const { body } = await post(await pageCode(), { origin: page });
  const refresh = (token = '') =>
    post({ grant_type: 'refresh_token', client_id: stepUp, refresh_token: token }, { origin: page });
  try {
    running.clock.aheadMs = 23 * 3_600_000;
    const later = await refresh(body.refresh_token);
    expect(later.response.status).toBe(200);
    expect(Number(later.body.refresh_token_expires_in)).toBeLessThanOrEqual(3600);
    running.clock.aheadMs = 24 * 3_600_000 + 1000;
    expect((await refresh(later.body.refresh_token)).body.error_codes).toEqual([70008]);
  } finally {
    running.clock.aheadMs = 0;
  }
});

test('the page’s registration has one scope and no other resource', async () => {
  const refused = await pageCode({ scope: `${graph}/User.Read` });
  expect(refused.code).toContain('AADSTS65001');
});

test('an installed program redeems without a secret, and shows none', async () => {
  const registration = running.emulator.world.state.registrations.find(({ appId }) => appId === portal);
  if (registration) registration.nativeRedirectUris = ['http://localhost/native'];
  const { verifier, challenge } = newPkce();
  const redirect_uri = 'http://localhost:5123/native';
  const back = await signIn(running, ada, {
    redirect_uri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const fields = {
    grant_type: 'authorization_code',
    client_id: portal,
    redirect_uri,
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
  };
  expect((await post({ ...fields, client_secret: 'sandbox-secret' })).body.error_codes).toEqual([700025]);
  expect((await post(fields)).response.status).toBe(200);
});
