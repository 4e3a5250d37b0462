import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askToken, newPkce, portal, reader, redeem, signIn, tenant, tokensOf } from './testing/code-flow.ts';
import { type Running, startForTest } from './testing/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

const ada = 'ada.lind@contoso.example';
const graph = 'https://graph.microsoft.com';

async function code(fields: Record<string, string> = {}): Promise<{ back: URL; verifier: string }> {
  const { verifier, challenge } = newPkce();
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  return { back: await signIn(running, ada, { ...pkce, ...fields }), verifier };
}

test('a code brings an id token for the application, verifiable with the published keys', async () => {
  const { back, verifier } = await code({ nonce: 'n-1' });
  const { status, body } = await redeem(running, back, verifier);
  expect(status).toBe(200);
  const { httpsOrigin } = running.emulator;
  const keys = createRemoteJWKSet(new URL(`${httpsOrigin}/${tenant}/discovery/v2.0/keys`));
  const { payload } = await jwtVerify(body.id_token, keys, {
    issuer: `${httpsOrigin}/${tenant}/v2.0`,
    audience: portal,
  });
  const user = running.emulator.world.state.users.find((one) => one.userPrincipalName === ada);
  expect(payload).toMatchObject({
    nonce: 'n-1',
    oid: user?.id,
    tid: tenant,
    preferred_username: ada,
    name: 'Ada Lind',
  });
  expect(payload.sid).toBe(back.searchParams.get('session_state'));
  expect(payload.sub).not.toBe(user?.id);
});

test('app roles are in the id token of those who have them', async () => {
  const { body } = await tokensOf(running, 'auden.hale@contoso.example');
  expect(decodeJwt(body.id_token).roles).toEqual(['Stint.Auditor']);
});

test('the access token is for the resource of its scopes and says only what was asked', async () => {
  const { body } = await tokensOf(running, ada);
  expect(decodeJwt(body.access_token)).toMatchObject({
    aud: graph,
    appid: portal,
    scp: 'openid profile email User.Read',
    amr: ['pwd', 'mfa'],
    idtyp: 'user',
  });
  const arm = await askToken(running, {
    grant_type: 'refresh_token',
    refresh_token: body.refresh_token,
    scope: 'https://management.core.windows.net//user_impersonation openid',
  });
  const claims = decodeJwt(arm.body.access_token);
  expect(claims).toMatchObject({ aud: 'https://management.azure.com', scp: 'user_impersonation' });
  expect(claims.groups).toBeInstanceOf(Array);
});

test('an unticked box makes a session without MFA, and its refresh tokens cannot become more', async () => {
  const { body } = await tokensOf(running, ada, { mfa: undefined });
  expect(decodeJwt(body.access_token).amr).toEqual(['pwd']);
  const more = await askToken(running, {
    grant_type: 'refresh_token',
    refresh_token: body.refresh_token,
    claims: '{"access_token":{"amr":{"values":["mfa"]}}}',
  });
  expect(more.body).toMatchObject({ error: 'interaction_required', error_codes: [50076] });
});

test('cp1 is answered in the token', async () => {
  const claims = '{"access_token":{"xms_cc":{"values":["CP1"]}}}';
  const { body } = await tokensOf(running, ada, { claims });
  const token = decodeJwt(body.access_token);
  expect(token.xms_cc).toEqual(['cp1']);
  expect(token).not.toHaveProperty('acrs');
});

test('a code is good once, even for two at the same moment', async () => {
  const { back, verifier } = await code();
  const answers = await Promise.all([redeem(running, back, verifier), redeem(running, back, verifier)]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
  const third = await redeem(running, back, verifier);
  expect(third.body).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
});

test.each([
  ['another verifier', { code_verifier: newPkce().verifier }, 'invalid_grant', 501481],
  ['another redirect URI', { redirect_uri: 'http://localhost:4000/auth/callback' }, 'invalid_grant', 500112],
  ['another client', { client_id: reader, client_secret: 'reader-secret' }, 'invalid_grant', 70000],
  ['a wrong secret', { client_secret: 'guess' }, 'invalid_client', 7000215],
  ['an empty secret', { client_secret: '' }, 'invalid_client', 7000218],
  ['no code of ours', { code: 'abc' }, 'invalid_grant', 9002313],
  ['an unknown client', { client_id: 'f'.repeat(8) }, 'unauthorized_client', 700016],
  ['two resources', { scope: 'User.Read https://management.azure.com/.default' }, 'invalid_request', 28000],
  ['a permission nobody consented to', { scope: `${graph}/Mail.Read` }, 'invalid_grant', 65001],
  ['an address nobody has', { scope: 'https://foo.example/x' }, 'invalid_scope', 70011],
  ['a resource that is not here', { scope: 'api://foo/x' }, 'invalid_resource', 500011],
  ['a grant that does not exist', { grant_type: 'password' }, 'unsupported_grant_type', 70003],
])('a code with %s is refused', async (_what, fields, error, number) => {
  const { back, verifier } = await code();
  const { status, body } = await redeem(running, back, verifier, fields);
  expect(body).toMatchObject({ error, error_codes: [number] });
  expect(body.error_description).toMatch(new RegExp(`^AADSTS${number}: .*\\r\\nTrace ID: `));
  expect(status).toBe(error === 'invalid_client' ? 401 : 400);
});

test('a code is over after ten minutes, a refresh token after a day', async () => {
  const { back, verifier } = await code();
  const { body } = await tokensOf(running, ada);
  const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
  try {
    running.clock.aheadMs = 10 * 60_000 + 1000;
    expect((await redeem(running, back, verifier)).body).toMatchObject({ error_codes: [70008] });
    expect((await askToken(running, refresh)).status).toBe(200);
    expect((await askToken(running, refresh)).status).toBe(200);
    running.clock.aheadMs = 24 * 3_600_000 + 1000;
    expect((await askToken(running, refresh)).body).toMatchObject({
      error: 'invalid_grant',
      error_codes: [70008],
    });
  } finally {
    running.clock.aheadMs = 0;
  }
});

test('a refresh token belongs to its client and its person', async () => {
  const { body } = await tokensOf(running, 'vic.partner@contoso.example');
  const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
  const stolen = await askToken(running, { ...refresh, client_id: reader, client_secret: 'reader-secret' });
  expect(stolen.body).toMatchObject({ error_codes: [70000] });
  expect((await askToken(running, { ...refresh, refresh_token: body.access_token })).body).toMatchObject({
    error: 'invalid_grant',
  });
  const vic = running.emulator.world.state.users.find((one) => one.userPrincipalName.startsWith('vic.'));
  if (vic) vic.accountEnabled = false;
  expect((await askToken(running, refresh)).body).toMatchObject({ error_codes: [50057] });
});

test('a code is no refresh token, and a refresh token is no code', async () => {
  const { back, verifier } = await code();
  const { body } = await tokensOf(running, ada);
  const asRefresh = { grant_type: 'refresh_token', refresh_token: back.searchParams.get('code') ?? '' };
  expect((await askToken(running, asRefresh)).body).toMatchObject({
    error: 'invalid_grant',
    error_codes: [9002313],
  });
  const asCode = await redeem(running, back, verifier, { code: body.refresh_token });
  expect(asCode.body).toMatchObject({ error: 'invalid_grant', error_codes: [9002313] });
});

test('a program gets its application permissions with .default and nothing else', async () => {
  const asReader = { grant_type: 'client_credentials', client_id: reader, client_secret: 'reader-secret' };
  const { body } = await askToken(running, { ...asReader, scope: `${graph}/.default` });
  const claims = decodeJwt(body.access_token);
  expect(claims).toMatchObject({ aud: graph, appid: reader, idtyp: 'app' });
  expect(claims.roles).toContain('RoleManagement.Read.Directory');
  expect(body).not.toHaveProperty('refresh_token');
  expect((await askToken(running, { ...asReader, scope: `${graph}/User.Read` })).body).toMatchObject({
    error: 'invalid_scope',
    error_codes: [1002012],
  });
});

test('another tenant is not found, and common is not for a single-tenant application', async () => {
  const at = async (name: string) => {
    const response = await fetch(`${running.emulator.httpsOrigin}/${name}/oauth2/v2.0/token`, {
      method: 'POST',
    });
    return (await response.json()) as { error_codes: number[] };
  };
  expect((await at('11111111-1111-4111-8111-111111111111')).error_codes).toEqual([90002]);
  expect((await at('common')).error_codes).toEqual([50194]);
});

test('a page of another origin cannot redeem anything', async () => {
  const response = await fetch(`${running.emulator.httpsOrigin}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { origin: 'http://localhost:3999' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: reader,
      client_secret: 'reader-secret',
    }),
  });
  expect(await response.json()).toMatchObject({ error_codes: [9002326] });
});
