import { afterAll, beforeAll, expect, test } from 'vitest';
import { listedFields, makeBrowser } from './testing/browser.ts';
import { authorizeUrl, portal, redirectUri, signIn, tenant } from './testing/code-flow.ts';
import { type Running, startForTest } from './testing/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

const ada = 'ada.lind@contoso.example';
const bo = 'bo.okafor@contoso.example';

test('the page lists every enabled account and preselects the hinted one', async () => {
  const page = await makeBrowser().get(authorizeUrl(running, { login_hint: bo }));
  const text = await page.text();
  for (const user of running.emulator.world.state.users) {
    expect(text.includes(`value="${user.userPrincipalName}"`)).toBe(user.accountEnabled);
  }
  expect(listedFields(text)).toMatchObject({ login: bo, mfa: 'true' });
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('signing in sends a code and the state to the redirect URI, on any localhost port', async () => {
  const back = await signIn(running, ada);
  expect(back.origin + back.pathname).toBe(redirectUri);
  expect(back.searchParams.get('state')).toBe('some state');
  expect(back.searchParams.get('code')).toBeTruthy();
});

test('a browser that signed in gets its next code without the page, unless it asks for it', async () => {
  const browser = makeBrowser();
  await signIn(running, ada, {}, browser);
  expect((await browser.get(authorizeUrl(running))).status).toBe(302);
  expect((await browser.get(authorizeUrl(running, { login_hint: bo }))).status).toBe(200);
  for (const prompt of ['login', 'select_account']) {
    expect((await browser.get(authorizeUrl(running, { prompt }))).status).toBe(200);
  }
});

test('a session without MFA does not answer a request that asks for it', async () => {
  const browser = makeBrowser();
  const claims = '{"access_token":{"amr":{"values":["mfa"]}}}';
  await signIn(running, ada, { mfa: undefined }, browser);
  const page = await browser.get(authorizeUrl(running, { claims }));
  expect(page.status).toBe(200);
  const again = await browser.submit(page, { login: ada, mfa: undefined });
  expect(await again.text()).toContain('asks for multi-factor authentication');
});

test('a silent request without a session is told that sign-in is required', async () => {
  const answer = await makeBrowser().get(authorizeUrl(running, { prompt: 'none' }));
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.searchParams.get('error')).toBe('login_required');
  expect(back.searchParams.get('error_description')).toMatch(/^AADSTS50058: /);
});

test.each([
  [{ redirect_uri: 'http://localhost:3999/auth/other' }, 'AADSTS50011'],
  [{ redirect_uri: 'https://evil.example/auth/callback' }, 'AADSTS50011'],
  [{ redirect_uri: 'http://localhost:3999@evil.example/auth/callback' }, 'AADSTS50011'],
  [{ client_id: '5717a000-0000-4000-8000-00000000ffff' }, 'AADSTS700016'],
])('%o is shown to the person and never redirected', async (fields, code) => {
  const answer = await makeBrowser().get(authorizeUrl(running, fields));
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
  expect(await answer.text()).toContain(code);
});

test.each([
  [{ response_type: 'id_token' }, 'unsupported_response_type', 'AADSTS700054'],
  [{ scope: 'openid https://graph.microsoft.com/Directory.ReadWrite.All' }, 'invalid_grant', 'AADSTS65001'],
  [{ code_challenge: 'abc', code_challenge_method: 'plain' }, 'invalid_request', 'AADSTS501491'],
])('%o goes back to the application as an error', async (fields, error, code) => {
  const answer = await makeBrowser().get(authorizeUrl(running, fields));
  const back = new URL(answer.headers.get('location') ?? '');
  expect(back.searchParams.get('error')).toBe(error);
  expect(back.searchParams.get('error_description')).toContain(code);
});

test('an account that is unknown or disabled does not get in', async () => {
  const { users } = running.emulator.world.state;
  const victim = users.find((user) => user.userPrincipalName === 'lou.grant@contoso.example');
  const browser = makeBrowser();
  const page = await browser.get(authorizeUrl(running));
  const unknown = await browser.submit(page, { login: 'nobody@contoso.example' });
  expect(await unknown.text()).toContain('AADSTS50034');
  if (victim) victim.accountEnabled = false;
  const disabled = await browser.submit(await browser.get(authorizeUrl(running)), {
    login: 'lou.grant@contoso.example',
  });
  expect(await disabled.text()).toContain('AADSTS50057');
});

test('the hidden request cannot be made by hand', async () => {
  const answer = await fetch(`${running.emulator.httpOrigin}/${tenant}/login`, {
    method: 'POST',
    body: new URLSearchParams({ login: ada, request: JSON.stringify({ appId: portal, redirectUri }) }),
  });
  expect(answer.status).toBe(400);
});

test('form_post and fragment bring the code in the way that was asked', async () => {
  const browser = makeBrowser();
  const back = await signIn(running, ada, { response_mode: 'fragment' }, browser);
  expect(new URLSearchParams(back.hash.slice(1)).get('code')).toBeTruthy();
  const page = await browser.get(authorizeUrl(running, { response_mode: 'form_post', state: '"><script>' }));
  const text = await page.text();
  expect(listedFields(text).code).toBeTruthy();
  expect(text).not.toContain('"><script>');
});

test('signing out ends the session of this browser and goes only to a registered address', async () => {
  const registration = running.emulator.world.state.registrations.find(({ appId }) => appId === portal);
  if (registration) registration.logoutUrl = null;
  const browser = makeBrowser();
  await signIn(running, ada, {}, browser);
  const logout = `${running.emulator.httpOrigin}/${tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=`;
  const elsewhere = await browser.get(
    `${logout}${encodeURIComponent('https://evil.example/')}&logout_hint=${bo}`,
  );
  expect(elsewhere.status).toBe(200);
  expect((await browser.get(authorizeUrl(running))).status).toBe(302);
  const home = await browser.get(logout + encodeURIComponent(redirectUri));
  expect(home.headers.get('location')).toBe(redirectUri);
  expect((await browser.get(authorizeUrl(running))).status).toBe(200);
});

test('applications with a logout URL are told in frames who signed out', async () => {
  const registration = running.emulator.world.state.registrations.find(({ appId }) => appId === portal);
  if (registration) registration.logoutUrl = 'http://localhost/auth/front-channel';
  const browser = makeBrowser();
  const back = await signIn(running, ada, {}, browser);
  const sid = back.searchParams.get('session_state');
  const answer = await browser.get(`${running.emulator.httpOrigin}/${tenant}/oauth2/v2.0/logout`);
  const frame = /<iframe src="([^"]+)"/.exec(await answer.text())?.[1]?.replaceAll('&#38;', '&');
  const iss = encodeURIComponent(`${running.emulator.httpsOrigin}/${tenant}/v2.0`);
  expect(frame).toBe(`http://localhost:3999/auth/front-channel?iss=${iss}&sid=${sid}`);
  expect(answer.headers.get('content-security-policy')).toContain('frame-src http://localhost:3999');
});
