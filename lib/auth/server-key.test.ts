import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError } from '#lib/config/config-error.ts';
import { readServerKey } from './server-key.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stint-key-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a configured key is used as it is, and nothing is written', () => {
  const key = Buffer.alloc(32, 7);
  expect(readServerKey({ serverKey: key.toString('base64'), dataFolder: '/nowhere' })).toEqual(key);
});

test('in the sandbox a key is made once, for its owner’s eyes only, and stays the same', () => {
  const from = { serverKey: null, dataFolder: join(folder, 'new', 'data') };
  const key = readServerKey(from);
  const file = join(from.dataFolder, 'server-key');
  expect(key).toHaveLength(32);
  expect(readServerKey(from)).toEqual(key);
  expect(readFileSync(file)).toEqual(key);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a kept key that is not 32 bytes is refused with the file’s name', () => {
  writeFileSync(join(folder, 'server-key'), 'short');
  expect(() => readServerKey({ serverKey: null, dataFolder: folder })).toThrow(ConfigError);
  expect(() => readServerKey({ serverKey: null, dataFolder: folder })).toThrow(/server-key/);
});
