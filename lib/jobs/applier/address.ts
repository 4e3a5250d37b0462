import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A socket's path may have 107 characters on Linux, fewer elsewhere. */
const longestPath = 100;

/** Where the Applier of a data folder listens: a socket in it that only its owner may open; on Windows a pipe. */
export function applierAddress(dataFolder: string, platform = process.platform): string {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\stint-applier-${name}`;
  const near = join(dataFolder, 'applier.sock');
  return near.length <= longestPath ? near : join(tmpdir(), `stint-applier-${name}.sock`);
}
