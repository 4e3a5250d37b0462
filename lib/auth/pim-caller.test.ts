import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  createLocalJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { type Expected, verifyPimCaller } from './pim-caller.ts';

const clientId = '5717a000-0000-4000-8000-000000000006';
const audience = `api://stint.example/${clientId}`;
const tenantId = 'c0470500-0000-4000-8000-000000000001';
const pim = '1c67c054-65c8-4f7f-92a1-eb7ba6e48627';
const issuer = `https://login.example/${tenantId}/v2.0`;
const now = new Date();
const seconds = Math.floor(now.getTime() / 1000);
const times = { iat: seconds, nbf: seconds, exp: seconds + 3600 };
const v2: JWTPayload = {
  ver: '2.0',
  iss: issuer,
  aud: clientId,
  azp: pim,
  tid: tenantId,
  idtyp: 'app',
  ...times,
};
const v1: JWTPayload = {
  ...{ ver: '1.0', iss: `https://sts.windows.net/${tenantId}/`, aud: audience, appid: pim, tid: tenantId },
  ...times,
};

let expected: Expected;
let publicPem: string;
let signWith: (key: 'own' | 'foreign', claims: JWTPayload, kid?: string) => Promise<string>;
const sign = (claims: JWTPayload) => signWith('own', claims, 'k');
beforeAll(async () => {
  const own = await generateKeyPair('RS256', { extractable: true });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k', use: 'sig' }] });
  expected = { issuer, clientId, audience, tenantId, keys, now };
  publicPem = JSON.stringify(await exportJWK(own.publicKey));
  const signers: Record<'own' | 'foreign', CryptoKey | KeyObject> = { own: own.privateKey, foreign };
  signWith = (key, claims, kid) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', ...(kid && { kid }) }).sign(signers[key]);
});

test.each([
  ['v2.0, for the client id', v2],
  ['v1.0, for the Application ID URI', v1],
  ['v2.0, for the Application ID URI', { ...v2, aud: audience }],
])('PIM calls with a token of %s', async (_, claims) => {
  await expect(verifyPimCaller(await sign(claims), expected)).resolves.toBeUndefined();
});

const without = (claims: JWTPayload, name: string) =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));
test.each<[string, JWTPayload]>([
  ['for another application', { ...v2, aud: '5717a000-0000-4000-8000-000000000001' }],
  ['for several', { ...v2, aud: [clientId, 'https://graph.microsoft.com'] }],
  ['for nobody', without(v2, 'aud')],
  ['of another issuer', { ...v2, iss: 'https://login.example/other/v2.0' }],
  ['of another tenant that names ours', { ...v2, iss: issuer.replace(/1\/v2/, '2/v2') }],
  ['of another tenant', { ...v2, tid: 'c0470500-0000-4000-8000-000000000002' }],
  ['of v2.0 with the issuer of v1.0', { ...v2, iss: String(v1.iss) }],
  ['of v1.0 with the issuer of v2.0', { ...v1, iss: issuer }],
  ['of no version', without(v2, 'ver')],
  ['from another application', { ...v2, azp: clientId }],
  ['from the placeholder of the documentation', { ...v2, azp: '00001111-aaaa-2222-bbbb-3333cccc4444' }],
  ['from the placeholder, in v1.0', { ...v1, appid: '00001111-aaaa-2222-bbbb-3333cccc4444' }],
  ['of v2.0 that names its caller as v1.0 does', { ...without(v2, 'azp'), appid: pim }],
  ['of nobody: an id token', { ...without(v2, 'azp'), nonce: 'n', name: 'Ada' }],
  ['of a person', { ...v2, scp: 'user_impersonation' }],
  ['of a user, by its own word', { ...v2, idtyp: 'user' }],
  ['that has expired', { ...v2, exp: seconds - 61 }],
  ['that is not valid yet', { ...v2, nbf: seconds + 61 }],
  ['without an end', without(v2, 'exp')],
  ['without a beginning', without(v2, 'nbf')],
])('a token is refused %s', async (_, claims) => {
  await expect(verifyPimCaller(await sign(claims), expected)).rejects.toThrow('The caller was refused');
});

test('a token is refused that nobody signed, that another key signed, or that the public key “signed”', async () => {
  const parts = [{ alg: 'HS256', kid: 'k' }, v2].map((one) =>
    Buffer.from(JSON.stringify(one)).toString('base64url'),
  );
  const hmac = createHmac('sha256', publicPem).update(parts.join('.')).digest('base64url');
  const forged = [
    new UnsecuredJWT(v2).encode(),
    `${parts.join('.')}.${hmac}`,
    await signWith('foreign', v2, 'k'),
    await signWith('foreign', v2, 'another'),
    await signWith('own', v2),
    (await sign(v2)).replace(/.{8}$/, 'AAAAAAAA'),
    'not a token',
    '',
  ];
  for (const token of forged)
    await expect(verifyPimCaller(token, expected), token).rejects.toThrow('The caller was refused');
});

test('keys that do not come are no refusal', async () => {
  const keys = async () => {
    throw new errors.JWKSTimeout();
  };
  await expect(verifyPimCaller(await sign(v2), { ...expected, keys })).rejects.not.toThrow(
    'The caller was refused',
  );
});
