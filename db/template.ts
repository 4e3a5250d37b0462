/**
 * What every test database on PGlite begins as: migrated, with its queues, and empty. To make one takes seconds, to
 * load what was made a fraction of one, so it is kept for as long as nothing changes of what it is made from.
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
import { hold } from './client.ts';
import { lockFolder } from './lock.ts';
import { openDatabase } from './open.ts';
import { startQueue } from './queue.ts';

const folder = join('node_modules', '.cache', 'stint-template');
const madeFrom = ['db/{open,queue,template}.ts', 'db/migrations/**/*.{sql,json}', 'package-lock.json'];
/** Forty megabytes each: those of earlier days go when another is made. */
const keptMs = 86_400_000;

/** The template of this tenant's database; of several processes that want it at once, one makes it. */
export async function template(tenantId: string): Promise<Blob> {
  const hash = createHash('sha256').update(tenantId);
  for (const path of madeFrom.flatMap((pattern) => globSync(pattern).toSorted()))
    hash.update(path).update(readFileSync(path));
  const file = join(folder, `${hash.digest('hex').slice(0, 24)}.tar`);
  while (!existsSync(file)) {
    const lock = await lockFolder(folder).catch(() => pause(100));
    if (!lock) continue;
    if (!existsSync(file)) await make(file, tenantId);
    await lock.release();
  }
  return new Blob([readFileSync(file)]);
}

async function make(file: string, tenantId: string): Promise<void> {
  const opened = await openDatabase({ databaseUrl: null, dataFolder: null, tenantId });
  hold(opened);
  const boss = await startQueue(false, () => {});
  await boss.stop({ graceful: false });
  const dump = await (opened.raw as PGlite).dumpDataDir('none');
  await opened.close();
  for (const old of readdirSync(folder).map((name) => join(folder, name)))
    if (Date.now() - statSync(old).mtimeMs > keptMs) rmSync(old);
  const part = `${file}.${randomUUID()}`;
  writeFileSync(part, Buffer.from(await dump.arrayBuffer()));
  renameSync(part, file);
}
