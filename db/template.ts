/**
 * What every test database begins as: migrated, with its queues, and empty. To make one takes seconds, to load or copy
 * what was made a fraction of one, so it is kept for as long as nothing changes of what it is made from.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { hold, type Opened } from './client.ts';
import { lockFolder } from './lock.ts';
import { openDatabase } from './open.ts';
import { startQueue } from './queue.ts';

const folder = join('node_modules', '.cache', 'stint-template');
const madeFrom = ['db/{open,queue,template}.ts', 'db/migrations/**/*.{sql,json}', 'package-lock.json'];
/** Forty megabytes each: those of earlier days go when another is made. */
const keptMs = 86_400_000;

/** The template for PGlite; of several processes that want it at once, one makes it. */
export async function template(tenantId: string): Promise<Blob> {
  const file = join(folder, `${fingerprint(tenantId).slice(0, 24)}.tar`);
  while (!existsSync(file)) {
    const lock = await lockFolder(folder).catch(() => pause(100));
    if (!lock) continue;
    if (!existsSync(file)) await make(file, tenantId);
    await lock.release();
  }
  return new Blob([readFileSync(file)]);
}

/** The same on a server: the name of a database to copy, which begins with that of the server's own database. */
export async function templateOn(server: string, tenantId: string): Promise<string> {
  const url = new URL(server);
  const name = `${url.pathname.slice(1)}_begins_${fingerprint(tenantId).slice(0, 8)}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`set lock_timeout = 0; select pg_advisory_lock(hashtext('stint template'))`);
    const { rows } = await client.query('select from pg_database where datname = $1', [name]);
    if (rows.length > 0) return name;
    const part = `${name}_part`;
    await client.query(`drop database if exists ${part} with (force)`);
    await client.query(`create database ${part}`);
    url.pathname = part;
    const opened = await openDatabase({ databaseUrl: url.href, dataFolder: null, tenantId });
    await addQueues(opened);
    await opened.close();
    await client.query(`alter database ${part} rename to ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

function fingerprint(tenantId: string): string {
  const hash = createHash('sha256').update(tenantId);
  for (const path of madeFrom.flatMap((pattern) => globSync(pattern).toSorted()))
    hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

async function addQueues(opened: Opened): Promise<void> {
  hold(opened);
  const boss = await startQueue(false, () => {});
  await boss.stop({ graceful: false });
}

async function make(file: string, tenantId: string): Promise<void> {
  const opened = await openDatabase({ databaseUrl: null, dataFolder: null, tenantId });
  await addQueues(opened);
  const dump = await (opened.raw as PGlite).dumpDataDir('none');
  await opened.close();
  for (const old of readdirSync(folder).map((name) => join(folder, name)))
    if (Date.now() - statSync(old).mtimeMs > keptMs) rmSync(old);
  const part = `${file}.${randomUUID()}`;
  writeFileSync(part, Buffer.from(await dump.arrayBuffer()));
  renameSync(part, file);
}
