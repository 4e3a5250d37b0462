import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A socket's path may have 107 characters on Linux, fewer elsewhere. */
const longestPath = 100;

/**
 * Where the Applier of a data folder listens: a socket in it that only its owner may open; on Windows a pipe. Where the
 * path is too long, a socket in a folder of its own where temporary files are.
 */
export function applierAddress(dataFolder: string, platform = process.platform): string {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\stint-applier-${name}`;
  const near = join(dataFolder, 'applier.sock');
  return near.length <= longestPath ? near : join(tmpdir(), `stint-applier-${name}`, 'applier.sock');
}

/** Makes the folder the Applier listens in, where it is one of its own. @throws Error as `requireOwnFolder` does. */
export function makeOwnFolder(address: string): void {
  const folder = ownFolder(address);
  if (folder) mkdirSync(folder, { mode: 0o700, recursive: true });
  requireOwnFolder(address);
}

/**
 * Where temporary files are anybody may have made the folder first.
 * @throws Error when it is not this account's, or is open to others; also when there is none.
 */
export function requireOwnFolder(address: string): void {
  const folder = ownFolder(address);
  if (!folder) return;
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} is not a folder that only this account may open.`);
  }
}

function ownFolder(address: string): string | null {
  const folder = dirname(address);
  return dirname(folder) === tmpdir() && /\/stint-applier-[0-9a-f]{24}$/.test(folder) ? folder : null;
}
