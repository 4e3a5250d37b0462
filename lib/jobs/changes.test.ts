/** Against the local tenant: between two readings of everything, looks at changes find what changed, and ask for little. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eq, inArray, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { startQueue } from '#db/queue.ts';
import { rounds } from '#db/rounds.ts';
import { assignments, inventoryParts, inventoryRuns, memberships, principals } from '#db/schema/inventory.ts';
import { testDatabase } from '#db/testing.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { config } from '#lib/config/config.ts';
import { asJob } from '#lib/operations/context.ts';
import { takeDueReading } from '#lib/operations/inventory/begin-reading.ts';
import { readParts } from '#lib/operations/inventory/read-parts.ts';
import { livePorts } from './roster.ts';
import { followSandboxClock } from './sandbox-clock.ts';
import { adminTools, azurePerson } from './testing/azure-person.ts';
import { type TenantMoves, tenantMoves } from './testing/tenant-moves.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-changes-'));
let emulator: RunningEmulator;
let opened: Opened;
let tenant: TenantMoves;
/** The same moves at every run. */
let seed = 20_261_122;
const random = () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

beforeAll(async () => {
  process.env.STINT_DATA = folder;
  emulator = await startEmulator(process.env);
  process.env.EMULATOR_HTTPS_PORT = emulator.httpsPort;
  process.env.EMULATOR_HTTP_PORT = emulator.httpPort;
  trustSandboxCa(config());
  opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  tenant = await tenantMoves(emulator, folder, random);
  await followSandboxClock();
  expect(await reads()).toMatchObject({ kind: 'full', finishedAt: expect.any(Date) });
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

async function passes(minutes: number): Promise<void> {
  await control('clock', { advanceSeconds: minutes * 60 });
  await followSandboxClock();
}

/** Whatever reading is due, to its end. */
async function reads() {
  expect(await takeDueReading(randomUUID)).toBe(true);
  const [run] = await db().select().from(inventoryRuns).where(isNull(inventoryRuns.finishedAt));
  const ctx = asJob('inventory', randomUUID());
  const { inventory } = livePorts();
  await Promise.all([1, 2].map(() => readParts(ctx, run?.id ?? '', inventory, (ms) => pause(ms / 10))));
  const [ended] = await db()
    .select()
    .from(inventoryRuns)
    .where(eq(inventoryRuns.id, run?.id ?? ''));
  return ended;
}

async function looks() {
  await passes(6);
  const run = await reads();
  expect(run).toMatchObject({ kind: 'changes', finishedAt: expect.any(Date) });
  return db()
    .select()
    .from(inventoryParts)
    .where(eq(inventoryParts.runId, run?.id ?? ''));
}

/** The record against the tenant's own count. */
async function expectTheSame(): Promise<void> {
  const told = (await tenant.counted()).map((one) => {
    const active = one.assignmentType === 'activated' ? 'activated' : one.endAt ? 'time_bound' : 'standing';
    const kind = one.kind === 'eligible' ? 'eligible' : active;
    return [one.plane, one.principalId, one.roleName, one.scope, kind].join(' ').toLowerCase();
  });
  const rows = await db().select().from(assignments).where(isNull(assignments.goneAt));
  const known = rows.map((row) =>
    [row.plane, row.principalId, row.roleName, row.scopeId, row.kind].join(' ').toLowerCase(),
  );
  expect(known.toSorted()).toEqual(told.toSorted());
}

const remembered = async () => ({
  members: (await db().select().from(memberships).where(isNull(memberships.goneAt)))
    .map(({ groupId, memberId }) => `${groupId} ${memberId}`)
    .toSorted(),
  people: (await db().select().from(principals).where(isNull(principals.goneAt)))
    .map(({ id, name, enabled }) => `${id} ${name} ${enabled}`)
    .toSorted(),
});

test('where nothing has changed, the logs are asked, and little else', async () => {
  // Once more, for what was told while everything was read.
  await looks();
  await passes(15);
  await looks();
  const parts = await looks();
  expect(parts.filter(({ told }) => told)).toEqual([]);
  const lists = new Set(parts.map(({ list }) => list));
  expect(lists).toEqual(
    new Set([
      ...['activation_log', 'directory_changes', 'azure_changes', 'azure_scopes'],
      // Of management groups there is no log.
      ...['azure_tree', 'azure_eligible', 'azure_active'],
    ]),
  );
  expect(parts.filter(({ failure }) => failure)).toEqual([]);
  await expectTheSame();
});

test('a person who is disabled, and one who is deleted, are so at the next look, with all they held', async () => {
  const path = (id: string) => `/v1.0/users/${id}`;
  const person = await azurePerson(emulator, folder, 'breakglass.one', adminTools);
  const held = await db()
    .selectDistinct({ id: principals.id })
    .from(principals)
    .innerJoin(assignments, eq(assignments.principalId, principals.id))
    .where(sql`principals.kind = 'member' and principals.enabled and assignments.gone_at is null
      and assignments.plane = 'azure' and principals.name not like '%reak%'`)
    .orderBy(principals.id);
  const [disabled = '', deleted = ''] = held.map(({ id }) => id);
  await person.call('graph', 'PATCH', path(disabled), { accountEnabled: false });
  await person.call('graph', 'DELETE', path(deleted));
  await looks();
  const known = await db()
    .select()
    .from(principals)
    .where(inArray(principals.id, [disabled, deleted]));
  expect(known.find(({ id }) => id === disabled)).toMatchObject({ enabled: false, goneAt: null });
  expect(known.find(({ id }) => id === deleted)?.goneAt).toEqual(expect.any(Date));
  await expectTheSame();
});

test('whatever is changed in the tenant itself is found, and nothing that is not there: random changes', {
  timeout: 600_000,
}, async () => {
  const names = Object.keys(tenant.moves) as (keyof TenantMoves['moves'])[];
  const done = new Map<string, number>();
  for (let round = 0; round < rounds({ quick: 12, full: 60 }); round++) {
    for (let n = 0; n < 3; n++) {
      // All of them in turn, each somewhere else.
      const name = names[(round * 3 + n) % names.length] ?? 'joined';
      const status = await tenant.moves[name]();
      if (status < 300) done.set(name, (done.get(name) ?? 0) + 1);
    }
    // In every second round one call in ten is refused for a second, or fails.
    if (round % 2 === 1) {
      const reads = { match: '^/(v1\\.0|beta|subscriptions|providers)', method: 'GET' };
      await control('faults', { ...reads, rate: 0.05, status: 429, retryAfter: 1 });
      await control('faults', { ...reads, rate: 0.05, status: 503 });
    }
    if (random() < 0.3) await passes(Math.floor(random() * 180));
    await looks();
    await fetch(`http://localhost:${emulator.httpPort}/_emulator/faults`, { method: 'DELETE' });
    await expectTheSame();
  }
  // Every kind of change was made at least once, and believed.
  expect([...done.keys()].toSorted()).toEqual(names.toSorted());
  await passes(20);
  await looks();
  const before = await remembered();
  await db().update(inventoryRuns).set({ startedAt: sql`started_at - interval '2 days'` });
  expect(await reads()).toMatchObject({ kind: 'full', gone: 0, appeared: 0 });
  expect(await remembered()).toEqual(before);
});
