import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, exportJWK, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Expected, IdTokenRefused, verifyIdToken } from './id-token.ts';

interface Pair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const tenantId = 'c0470500-0000-4000-8000-000000000001';
const issuer = `https://login.example/${tenantId}/v2.0`;
const clientId = '5717a000-0000-4000-8000-000000000001';
const seconds = Math.floor(Date.now() / 1000);
const good: JWTPayload = {
  ver: '2.0',
  iss: issuer,
  aud: clientId,
  tid: tenantId,
  oid: 'ADA00000-0000-4000-8000-000000000001',
  sub: 'pairwise',
  nonce: 'the-nonce',
  name: 'Ada Lind',
  preferred_username: 'ada.lind@contoso.example',
  roles: ['Stint.Auditor', 'Other.Role'],
  sid: 'sid-1',
  login_hint: 'hint-1',
  iat: seconds,
  nbf: seconds,
  exp: seconds + 3600,
};

let server: Server;
let expected: Expected;
const [ours, theirs] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 })) as [Pair, Pair];

beforeAll(async () => {
  // As Entra publishes them: without `alg`, so only the verifier says which one counts.
  const keys = [{ ...(await exportJWK(ours.publicKey)), kid: 'key-1', use: 'sig' }];
  server = createServer((_, answer) => answer.end(JSON.stringify({ keys })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
  expected = { issuer, clientId, tenantId, nonce: 'the-nonce', keys: createRemoteJWKSet(url) };
});
afterAll(() => server.close());

function signed(
  claims: JWTPayload = good,
  { kid = 'key-1', key = ours.privateKey, ...header }: Record<string, unknown> & { key?: KeyObject } = {},
) {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: kid as string, ...header }).sign(key);
}

test('a good token says who signed in, with Stint’s own roles only', async () => {
  expect(await verifyIdToken(await signed(), expected)).toEqual({
    objectId: 'ada00000-0000-4000-8000-000000000001',
    tenantId,
    name: 'Ada Lind',
    upn: 'ada.lind@contoso.example',
    kind: 'member',
    roles: ['Stint.Auditor'],
    sid: 'sid-1',
    loginHint: 'hint-1',
  });
});

test('a guest is known by the optional claim, or by the name Entra gives guests', async () => {
  expect((await verifyIdToken(await signed({ ...good, acct: 1 }), expected)).kind).toBe('guest');
  const upn = 'vic_partner.example#EXT#@contoso.example';
  expect((await verifyIdToken(await signed({ ...good, preferred_username: upn }), expected)).kind).toBe(
    'guest',
  );
});

describe('refused is a token', () => {
  const other = 'c0470500-0000-4000-8000-000000000002';
  const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  test.each<[string, () => Promise<string> | string]>([
    ['of algorithm none', () => new UnsecuredJWT(good).encode()],
    [
      'of algorithm none that keeps a signature',
      async () => withHeader(await signed(), { alg: 'none', kid: 'key-1' }),
    ],
    ['HMACed with the public key', hmacedWithPublicKey],
    ['of RS512', () => signed(good, { alg: 'RS512' })],
    ['of PS256', () => signed(good, { alg: 'PS256' })],
    ['with an unknown kid', () => signed(good, { kid: 'key-2' })],
    [
      'without a kid',
      async () => new SignJWT(good).setProtectedHeader({ alg: 'RS256' }).sign(ours.privateKey),
    ],
    ['of another key under our kid', () => signed(good, { key: theirs.privateKey })],
    [
      'that brings its own key',
      async () => signed(good, { key: theirs.privateKey, jwk: await exportJWK(theirs.publicKey) }),
    ],
    [
      'that says where its key is',
      () => signed(good, { key: theirs.privateKey, jku: 'https://evil.example/keys' }),
    ],
    [
      'with an unknown critical header',
      async () => withHeader(await signed(), { alg: 'RS256', kid: 'key-1', crit: ['x'], x: 1 }),
    ],
    [
      'with a changed payload',
      async () => withPayload(await signed(), { ...good, roles: ['Stint.Administrator'] }),
    ],
    ['without a signature', async () => `${(await signed()).split('.').slice(0, 2).join('.')}.`],
    ['that is expired', () => signed({ ...good, exp: seconds - 61 })],
    ['without exp', () => signed(without('exp'))],
    ['not valid yet', () => signed({ ...good, nbf: seconds + 120 })],
    ['without nbf', () => signed(without('nbf'))],
    ['for another application', () => signed({ ...good, aud: '00000003-0000-0000-c000-000000000000' })],
    ['for several applications', () => signed({ ...good, aud: [clientId, 'other'] })],
    ['without aud', () => signed(without('aud'))],
    ['of another issuer', () => signed({ ...good, iss: `https://login.example/${other}/v2.0` })],
    ['of the issuer’s v1 name', () => signed({ ...good, iss: `https://sts.windows.net/${tenantId}/` })],
    ['of an issuer that begins like ours', () => signed({ ...good, iss: `${issuer}/` })],
    ['of a foreign tenant under our issuer', () => signed({ ...good, tid: other })],
    ['without tid', () => signed(without('tid'))],
    ['with another nonce', () => signed({ ...good, nonce: 'other' })],
    ['without nonce', () => signed(without('nonce'))],
    ['without oid', () => signed(without('oid'))],
    ['with an oid that is no GUID', () => signed({ ...good, oid: 'ada' })],
    ['of version 1', () => signed({ ...good, ver: '1.0' })],
    ['with roles that are no list', () => signed({ ...good, roles: 'Stint.Administrator' })],
    [
      'that is an access token',
      () =>
        signed({
          aud: 'https://graph.microsoft.com',
          iss: issuer,
          tid: tenantId,
          exp: seconds + 60,
          nbf: seconds,
          iat: seconds,
        }),
    ],
    ['that is no token', () => 'not.a.token'],
    ['that is empty', () => ''],
  ])('%s', async (_, make) => {
    await expect(verifyIdToken(await make(), expected)).rejects.toThrow(IdTokenRefused);
  });

  test('and the refusal says which check, but nothing of the token', async () => {
    const refusal = verifyIdToken(await signed({ ...good, nonce: 'secret-nonce' }), expected);
    await expect(refusal).rejects.toThrow(/^The id token was refused: claim nonce$/);
  });
});

function hmacedWithPublicKey(): string {
  const secret = ours.publicKey.export({ type: 'spki', format: 'pem' });
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'HS256', kid: 'key-1' })}.${part(good)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

function withHeader(token: string, header: unknown): string {
  return [Buffer.from(JSON.stringify(header)).toString('base64url'), ...token.split('.').slice(1)].join('.');
}

function withPayload(token: string, payload: unknown): string {
  const [header, , signature] = token.split('.');
  return [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
}
