import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from '#db/lock.ts';
import { openDatabase } from '#db/open.ts';
import { openEmbedded } from '#db/testing.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stint-boot-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a program that must end by itself, and what it said. */
async function started(...args: string[]): Promise<{ status: number | null; said: string }> {
  const env = { ...process.env, STINT_DATA: folder, DATABASE_URL: '', LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, args, { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const [status] = await once(child, 'close');
  return { status, said };
}

test('a portal on a folder that another process owns does not start, and says whose it is', async () => {
  const lock = await lockFolder(folder);
  const portal = await started('--input-type=module', '-e', `await (await import('#lib/boot.ts')).boot();`);
  expect(portal.said).toContain(
    `${folder} is in use by process ${process.pid}. Stop it, or set STINT_DATA to another folder.`,
  );
  expect(portal.status).toBe(1);
  await lock.release();
});

test('a worker of its own on PGlite does not start, and says what it needs', async () => {
  const worker = await started('scripts/worker.ts');
  expect(worker.said).toContain('DATABASE_URL: a worker of its own needs PostgreSQL; PGlite has one owner.');
  expect(worker.status).toBe(1);
});

test('a database folder that is damaged, or cannot be made, is named with what to do', async () => {
  const place = (dataFolder: string) => ({ databaseUrl: null, dataFolder, tenantId: 'one' });
  await (await openEmbedded(folder)).close();
  writeFileSync(join(folder, 'database', 'global', 'pg_control'), 'not any more');
  await expect(openDatabase(place(folder))).rejects.toThrow(
    `The database in ${join(folder, 'database')} cannot be opened`,
  );
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(openDatabase(place(file))).rejects.toThrow(
    /cannot be opened \(ENOTDIR.*put a backup in its place/s,
  );
});

test('a PostgreSQL that is not there is named, and why', async () => {
  const nowhere = openDatabase({
    databaseUrl: 'postgres://stint@127.0.0.1:1/stint',
    dataFolder: null,
    tenantId: 'one',
  });
  await expect(nowhere).rejects.toThrow(
    'DATABASE_URL: no database can be reached at 127.0.0.1:1 (connect ECONNREFUSED 127.0.0.1:1).',
  );
});
