/** Against the local tenant: what the inventory says is what the tenant counts. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { startQueue } from '#db/queue.ts';
import { assignments, inventoryParts, inventoryRuns, principals } from '#db/schema/inventory.ts';
import { testDatabase } from '#db/testing.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { config } from '#lib/config.ts';
import { asJob } from '#lib/operations/context.ts';
import { takeDueReading } from '#lib/operations/inventory/begin-reading.ts';
import { readParts } from '#lib/operations/inventory/read-parts.ts';
import { livePorts } from './roster.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-inventory-'));
let emulator: RunningEmulator;
let opened: Opened;
beforeAll(async () => {
  process.env.STINT_DATA = folder;
  emulator = await startEmulator(process.env);
  process.env.EMULATOR_HTTPS_PORT = emulator.httpsPort;
  process.env.EMULATOR_HTTP_PORT = emulator.httpPort;
  trustSandboxCa(config());
  opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  return () => boss.stop({ graceful: false });
});
afterAll(async () => {
  await opened?.close();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function control<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  });
  return answer.json() as Promise<T>;
}

async function reading() {
  await db().delete(inventoryRuns);
  expect(await takeDueReading(randomUUID)).toBe(true);
  const [run] = await db().select().from(inventoryRuns);
  const ctx = asJob('inventory', randomUUID());
  const { inventory } = livePorts();
  await Promise.all([1, 2].map(() => readParts(ctx, run?.id ?? '', inventory, (ms) => pause(ms / 10))));
  return (await db().select().from(inventoryRuns))[0];
}

test('every assignment of the tenant, once, as what it is', async () => {
  const run = await reading();
  const parts = await db().select().from(inventoryParts);
  expect(run?.finishedAt).toBeTruthy();
  const here = await db().select().from(assignments).where(isNull(assignments.goneAt));
  const flat =
    await control<
      {
        kind: string;
        assignmentType: string;
        plane: string;
        principalId: string;
        role?: string;
        roleName: string;
        scope: string;
        endAt?: unknown;
      }[]
    >('assignments');
  const key = (plane: string, p: string, role: string, scope: string, kind: string) =>
    `${plane} ${p} ${role} ${scope} ${kind}`.toLowerCase();
  const mine = here
    .map((a) =>
      key(a.plane, a.principalId, a.roleName, a.scopeId, a.kind === 'eligible' ? 'eligible' : 'active'),
    )
    .sort();
  const theirs = flat.map((a) => key(a.plane, a.principalId, a.roleName, a.scope, a.kind)).sort();
  expect(mine).toEqual(theirs);
});
