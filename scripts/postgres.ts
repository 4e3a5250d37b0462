/** A PostgreSQL for one test run, from what the machine has, or from Debian's packages. */
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { installOnDebian } from './install-on-debian.ts';
import { freePort } from './ports.ts';

export interface Postgres {
  /** An empty database of this run, owned by a user who may create more of them. */
  url: string;
  where: string;
  stop(): Promise<void>;
}

/**
 * Uses DATABASE_URL when it is set, else starts a local installation on a temporary folder, else installs one
 * on Debian as root. null, with the reason printed, where none of it is possible. `durable`: our own waits for the
 * disk as a server for production does; tests do not need it to.
 */
export async function ensurePostgres(
  say: (line: string) => void,
  { durable = false } = {},
): Promise<Postgres | null> {
  if (process.env.DATABASE_URL) return scratchDatabase(process.env.DATABASE_URL);
  const programs = installed() ?? (installOnDebian('postgresql', say) ? installed() : null);
  if (programs) return startCluster(programs, durable);
  say(
    'PostgreSQL: there is none here, and it can be installed only on Debian as root. Set DATABASE_URL to use another.',
  );
  return null;
}

/** An empty database of its own on a server; `stop` drops it. */
export async function scratchDatabase(server: string): Promise<Postgres> {
  const name = `stint_test_${randomUUID().slice(0, 8)}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const stop = () => run(server, `drop database if exists ${name} with (force)`);
  return { url: url.href, where: `${url.host}, database ${name}`, stop };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The folder that has initdb and postgres: the newest of Debian's, or one of PATH. */
function installed(): string | null {
  const numeric = { numeric: true };
  const debian = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => b.localeCompare(a, undefined, numeric));
  const folders = [...debian, ...(process.env.PATH ?? '').split(delimiter)];
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null
  );
}

async function startCluster(programs: string, durable: boolean): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'stint-postgres-'));
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } };
  const initdb = ['-D', data, '-U', 'stint', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), initdb, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  const quick = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const settings = Object.entries({
    ...(durable ? {} : quick),
    max_connections: '200',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
  });
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const server = spawn(join(programs, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.on('data', (text: Buffer) => {
    log = (log + text.toString('utf8')).slice(-10_000);
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const endWithScript = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', endWithScript);
  const stop = async () => {
    process.off('exit', endWithScript);
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };

  const maintenance = `postgres://stint@127.0.0.1:${port}/postgres`;
  for (let tries = 0; !(await answers(maintenance)); tries++) {
    if (tries > 150 || server.exitCode !== null) {
      await stop();
      throw new Error(`PostgreSQL did not start:\n\n${log}`);
    }
    await pause(100);
  }
  const scratch = await scratchDatabase(maintenance);
  return { url: scratch.url, where: `${programs} on port ${port}`, stop };
}

function answers(url: string): Promise<boolean> {
  return run(url, 'select 1').then(
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
