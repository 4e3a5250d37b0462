/** A PostgreSQL server of one's own, from the programs this machine has: in a temporary folder, gone with its owner. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './ports.ts';

export interface Cluster {
  /** Its maintenance database, as a user who may create others. */
  url: string;
  port: number;
  /** Stops it at once, as `pg_ctl stop -m immediate` does: every connection breaks, the next start recovers. */
  crash(): Promise<void>;
  /** Starts it again, where it was. */
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

/** The folder that has initdb and postgres: the newest of Debian's, or one of PATH. */
export function postgresPrograms(): string | null {
  const numeric = { numeric: true };
  const debian = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => b.localeCompare(a, undefined, numeric));
  const folders = [...debian, ...(process.env.PATH ?? '').split(delimiter)];
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null
  );
}

/** Makes and starts a cluster; `settings` are PostgreSQL's, beside those that spare the disk. */
export async function startCluster(
  programs: string,
  settings: Record<string, string> = {},
): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'stint-postgres-'));
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } };
  const initdb = ['-D', data, '-U', 'stint', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initdb, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  const all = {
    ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
    ...settings,
    ...{ listen_addresses: '127.0.0.1', unix_socket_directories: folder },
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = `postgres://stint@127.0.0.1:${port}/postgres`;
  let log = '';
  let server: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();

  const end = async (signal: NodeJS.Signals) => {
    server?.kill(signal);
    await ended;
  };
  const endWithScript = () => {
    server?.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', endWithScript);
  const stop = async () => {
    process.off('exit', endWithScript);
    await end('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  };
  const start = async () => {
    const args = ['-D', data, '-p', String(port), ...flags];
    const child = spawn(join(programs, 'postgres'), args, {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = child;
    ended = new Promise((resolve) => child.once('close', () => resolve()));
    child.stderr.on('data', (text: Buffer) => {
      log = (log + text.toString('utf8')).slice(-10_000);
    });
    for (let tries = 0; !(await answers(url)); tries++) {
      if (tries > 150 || child.exitCode !== null) {
        await stop();
        throw new Error(`PostgreSQL did not start:\n\n${log}`);
      }
      await pause(100);
    }
  };
  await start();
  return { url, port, start, stop, crash: () => end('SIGQUIT') };
}

/** Runs one statement on a connection of its own. */
export async function runOnce(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  // A server that goes while it answers is told by the statement.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function answers(url: string): Promise<boolean> {
  return runOnce(url, 'select 1').then(
    () => true,
    () => false,
  );
}

/** PostgreSQL refuses to run as root; null when we are not. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
