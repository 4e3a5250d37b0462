import { randomBytes, randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { stepUpProofs } from '#db/schema/step-up.ts';
import { testDatabase } from '#db/testing.ts';
import { keepProof } from './show-proof.ts';
import { type Expected, verifyProof } from './step-up-proof.ts';
import { sweepSessions } from './sweep-sessions.ts';

const clientId = '5717a000-0000-4000-8000-000000000005';
const tenantId = 'c0470500-0000-4000-8000-000000000001';
const objectId = 'ada00000-0000-4000-8000-000000000001';
const issuer = `https://login.example/${tenantId}/v2.0`;
const now = new Date();
const seconds = Math.floor(now.getTime() / 1000);
const good: JWTPayload = {
  ...{ ver: '2.0', iss: issuer, aud: clientId, azp: clientId, tid: tenantId, oid: objectId },
  ...{ scp: 'step-up', uti: 'a-token-of-its-own', acrs: ['c1'], auth_time: seconds - 30 },
  ...{ iat: seconds, nbf: seconds, exp: seconds + 3600 },
};

let opened: Opened;
let expected: Expected;
let sign: (claims: JWTPayload) => Promise<string>;
beforeAll(async () => {
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
  opened = await testDatabase();
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', use: 'sig' }] });
  expected = { issuer, clientId, tenantId, objectId, keys, now };
  sign = (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey);
});
afterAll(() => opened.close());

test('a token for Stint’s step-up says when its person was at the keyboard, and what they met', async () => {
  expect(await verifyProof(await sign(good), expected)).toEqual({
    tokenId: 'a-token-of-its-own',
    signedInAt: new Date((seconds - 30) * 1000),
    contexts: ['c1'],
    expiresAt: new Date((seconds + 3660) * 1000),
  });
  const { acrs: _, ...plain } = good;
  expect(await verifyProof(await sign(plain), expected)).toMatchObject({ contexts: [] });
});

test('a new token that does not say when its person signed in proves nothing, and what to set up is said', async () => {
  const { auth_time: _, ...silent } = good;
  await expect(verifyProof(await sign(silent), expected)).rejects.toMatchObject({
    code: 'proof_refused',
    message: expect.stringContaining('optional claim auth_time'),
  });
});

const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
test.each<[string, JWTPayload]>([
  ['for another application', { ...good, aud: '5717a000-0000-4000-8000-000000000001' }],
  ['that another application asked for', { ...good, azp: '5717a000-0000-4000-8000-000000000001' }],
  ['of another issuer', { ...good, iss: 'https://login.example/other/v2.0' }],
  ['of another tenant', { ...good, tid: 'c0470500-0000-4000-8000-000000000002' }],
  ['of another person', { ...good, oid: 'b0000000-0000-4000-8000-000000000001' }],
  ['without a scope, as id tokens are', without('scp')],
  ['of another scope', { ...good, scp: 'step-up-not openid' }],
  ['that is over', { ...good, exp: seconds - 61 }],
  ['that is not yet', { ...good, nbf: seconds + 120 }],
  ['from a keyboard of the future', { ...good, auth_time: seconds + 3600 }],
  ['without a name of its own', without('uti')],
  ['of version 1', { ...good, ver: '1.0' }],
  ['of an application, without a person', { ...without('oid'), roles: ['step-up'] }],
])('refused is a token %s', async (_, claims) => {
  await expect(verifyProof(await sign(claims), expected)).rejects.toMatchObject({ code: 'proof_refused' });
});

test('a token is kept once, whoever shows it and for whatever, until it would be over anyway', async () => {
  const proof = await verifyProof(await sign(good), expected);
  const call = { sessionId: randomUUID(), act: 'this' };
  await keepProof(call, proof);
  const twice = [call, { ...call, act: 'that' }, { ...call, sessionId: randomUUID() }];
  for (const other of twice) {
    await expect(keepProof(other, proof)).rejects.toMatchObject({ code: 'proof_refused' });
  }
  const two = { ...proof, tokenId: 'another one' };
  const both = await Promise.allSettled([keepProof(call, two), keepProof(call, two)]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(JSON.stringify(await db().select().from(stepUpProofs))).not.toContain('a-token-of-its-own');
  await sweepSessions(new Date(proof.expiresAt.getTime() - 1), 'trace');
  expect(await db().$count(stepUpProofs)).toBe(2);
  await sweepSessions(proof.expiresAt, 'trace');
  expect(await db().$count(stepUpProofs)).toBe(0);
});
