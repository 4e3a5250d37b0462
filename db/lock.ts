/**
 * One process owns a PGlite folder: two would lose each other's writes without a word. Node has no flock,
 * so a listening socket named for the folder is the lock; it answers with its owner's pid.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface FolderLock {
  release(): Promise<void>;
}

/** What an owner says of itself: its pid; what one says who does not know yet whether it will be one. */
const asking = '?';

/**
 * Takes the folder for this process.
 * @throws Error naming the other process, when there is one.
 */
export async function lockFolder(folder: string, platform = process.platform): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const path = realpathSync(folder);
  const name = `stint-${createHash('sha256').update(path).digest('hex').slice(0, 24)}`;
  for (let tries = 0; tries < 100; tries++) {
    const taken =
      platform === 'linux'
        ? await takeName(`\0${name}`)
        : platform === 'win32'
          ? await takeName(`\\\\.\\pipe\\${name}`)
          : await takeFile(join(tmpdir(), name));
    if (typeof taken !== 'string') return taken;
    if (taken !== asking)
      throw new Error(
        `${folder} is in use by process ${taken}. Stop it, or set STINT_DATA to another folder.`,
      );
    await pause(Math.random() * 50);
  }
  throw new Error(`${folder} could not be locked.`);
}

/** A name that goes with its owner (Linux's abstract sockets, Windows' pipes): to listen is to own. */
async function takeName(address: string): Promise<FolderLock | string> {
  const server = await listen(address, () => String(process.pid));
  if (server) return { release: () => close(server) };
  return (await askOwner(address)) ?? asking;
}

/**
 * A socket file stays when its owner is killed, and whoever clears one that many use may clear another's fresh one.
 * So each has a file of its own, never used again: first mine is there for all to see, then I ask all others. Of two
 * at least the later one sees the other. Who meets an owner gives up; who meets one that asks too withdraws.
 */
async function takeFile(folder: string): Promise<FolderLock | string> {
  mkdirSync(folder, { recursive: true });
  const own = randomBytes(4).toString('hex');
  let says = asking;
  // Seen only once it answers: a file that does not is cleared.
  const server = await listen(join(folder, own), () => says);
  if (!server) return asking;
  const file = `${own}.sock`;
  renameSync(join(folder, own), join(folder, file));
  const release = async () => {
    rmSync(join(folder, file), { force: true });
    await close(server);
  };
  for (const other of readdirSync(folder)) {
    if (other === file || !other.endsWith('.sock')) continue;
    const answer = await askOwner(join(folder, other));
    if (answer) {
      await release();
      return answer;
    }
    rmSync(join(folder, other), { force: true });
  }
  says = String(process.pid);
  return { release };
}

function listen(address: string, says: () => string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      // Whoever asked may have gone before this process got to answer.
      socket.on('error', () => {});
      socket.end(says());
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

/** What the owner says; null: nobody is there. */
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
