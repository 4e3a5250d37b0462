/**
 * One process owns a PGlite folder: two would lose each other's writes without a word. Node has no flock,
 * so a listening Unix socket named for the folder is the lock; it answers with its owner's pid.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes the folder for this process.
 * @throws Error naming the other process, when there is one.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const address = addressOf(realpathSync(folder));
  for (let tries = 0; tries < 5; tries++) {
    const server = await listen(address);
    if (server) return { release: () => close(server) };
    const owner = await askOwner(address);
    if (owner)
      throw new Error(
        `${folder} is in use by process ${owner}. Stop it, or set STINT_DATA to another folder.`,
      );
    // Nobody answers: the socket is what a killed process left behind.
    if (address.endsWith('.sock')) rmSync(address, { force: true });
  }
  throw new Error(`${folder} could not be locked.`);
}

function addressOf(folder: string): string {
  const name = `stint-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  // These two vanish with their owner. A socket file stays, and whoever clears it may clear another's fresh one.
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      // Whoever asked may have gone before this process got to answer.
      socket.on('error', () => {});
      socket.end(String(process.pid));
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

function askOwner(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(address);
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (data) => {
      answer += data;
    });
    socket.on('error', () => resolve(null));
    // An owner too busy to answer is still an owner.
    socket.on('close', (failed) => resolve(failed ? null : answer || '(unknown)'));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
