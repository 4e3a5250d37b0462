import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, config } from '#lib/config/config.ts';
import { ConfigError } from '#lib/config/config-error.ts';

let current: Buffer | undefined;

/** The key of this installation: 32 bytes that sealing keys are derived from. */
export function serverKey(): Buffer {
  current ??= readServerKey(config());
  return current;
}

/**
 * STINT_SECRET, or in the sandbox a key made once and kept in the data folder, readable by its owner only.
 * @throws ConfigError when the kept key is not 32 bytes.
 */
export function readServerKey(from: Pick<Config, 'serverKey' | 'dataFolder'>): Buffer {
  if (from.serverKey !== null) return Buffer.from(from.serverKey, 'base64');
  const file = join(from.dataFolder, 'server-key');
  const key = read(file) ?? make(from.dataFolder, file);
  if (key.length !== 32)
    throw new ConfigError(`STINT_DATA: ${file} is not a key of 32 bytes. Remove it; people sign in again.`);
  return key;
}

function read(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A hard link appears whole or not at all, and only the first of two processes makes it. */
function make(folder: string, file: string): Buffer {
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, randomBytes(32), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file);
}
