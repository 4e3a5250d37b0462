import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { openForAct, sealForAct } from './act-seal.ts';
import { type Binding, SealBroken, seal, unseal } from './seal.ts';
import { newSecret } from './secret.ts';
import { openTokenCache, sealTokenCache } from './token-cache.ts';

beforeAll(() => {
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
});

const binding: Binding = { material: randomBytes(32), purpose: 'test', context: 'one' };

describe('a seal', () => {
  test('opens with what it was made with, for any text', () => {
    for (const plain of ['', 'token', 'é✓\u0000', 'x'.repeat(100_000)]) {
      expect(unseal(binding, seal(binding, plain))).toBe(plain);
    }
  });

  test('stays shut when any byte is changed, cut or added', () => {
    const sealed = seal(binding, 'token');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => unseal(binding, changed)).toThrow(SealBroken);
      expect(() => unseal(binding, sealed.subarray(0, at))).toThrow(SealBroken);
    }
    expect(() => unseal(binding, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(SealBroken);
  });

  test.each([
    ['another key', { material: randomBytes(32) }],
    ['another purpose', { purpose: 'other' }],
    ['another context', { context: 'two' }],
    ['the same words cut elsewhere', { purpose: 'test","one', context: '' }],
  ])('stays shut for %s', (_, other) => {
    expect(() => unseal({ ...binding, ...other }, seal(binding, 'token'))).toThrow(SealBroken);
  });

  test('never looks the same twice and does not show the text', () => {
    const [first, second] = [seal(binding, 'token'), seal(binding, 'token')];
    expect(first.equals(second)).toBe(false);
    expect(first.includes('token')).toBe(false);
  });
});

test('a token sealed for one act opens for no other act and no other audience', () => {
  const sealed = sealForAct('act-1', 'graph', 'token');
  expect(openForAct('act-1', 'graph', sealed)).toBe('token');
  expect(() => openForAct('act-2', 'graph', sealed)).toThrow(SealBroken);
  expect(() => openForAct('act-1', 'arm', sealed)).toThrow(SealBroken);
});

test('server key and database together do not open a session’s tokens: it takes the cookie', () => {
  const owner = { id: 'session-1', secret: newSecret() };
  const sealed = sealTokenCache(owner, '{}');
  expect(openTokenCache(owner, sealed)).toBe('{}');
  expect(() => openTokenCache({ ...owner, secret: newSecret() }, sealed)).toThrow(SealBroken);
  expect(() => openTokenCache({ ...owner, secret: '' }, sealed)).toThrow(SealBroken);
  expect(() => openTokenCache({ ...owner, id: 'session-2' }, sealed)).toThrow(SealBroken);
});
