/** Against the local tenant: what the inventory says is what the tenant counts. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { eq, isNotNull, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { startQueue } from '#db/queue.ts';
import {
  assignments,
  inventoryParts,
  inventoryRuns,
  principals,
  responsibles,
} from '#db/schema/inventory.ts';
import { effectiveMembers, useCoverage, uses } from '#db/schema/posture.ts';
import { testTenant as tenantId, testDatabase } from '#db/testing.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { config } from '#lib/config/config.ts';
import { asJob, asPerson } from '#lib/operations/context.ts';
import { takeDueReading } from '#lib/operations/inventory/begin-reading.ts';
import { readParts } from '#lib/operations/inventory/read-parts.ts';
import { assess } from '#lib/operations/posture/assess.ts';
import { importArchive } from '#lib/operations/posture/import-archive.ts';
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

interface Counted {
  kind: string;
  assignmentType: string;
  plane: string;
  principalId: string;
  roleName: string;
  scope: string;
  endAt: string | null;
}

test('every assignment of the tenant, once, as what it is: an activation is never standing', async () => {
  expect(await reading()).toMatchObject({ finishedAt: expect.any(Date) });
  const gaps = await db().select().from(inventoryParts).where(isNotNull(inventoryParts.failure));
  expect(gaps).toEqual([]);
  const rows = await db().select().from(assignments).where(isNull(assignments.goneAt));
  const told = (await control<Counted[]>('assignments')).map((one) => {
    const active = one.assignmentType === 'activated' ? 'activated' : one.endAt ? 'time_bound' : 'standing';
    const kind = one.kind === 'eligible' ? 'eligible' : active;
    return [one.plane, one.principalId, one.roleName, one.scope, kind].join(' ').toLowerCase();
  });
  const known = rows.map((row) =>
    [row.plane, row.principalId, row.roleName, row.scopeId, row.kind].join(' ').toLowerCase(),
  );
  expect(known.toSorted()).toEqual(told.toSorted());
});

interface Event {
  activityDisplayName: string;
  targetResources: { id: string; type: string }[];
}

test('activations the tenant’s log tells of are uses, and an archive adds those it has forgotten', async () => {
  const archive = await fetch(`http://localhost:${emulator.httpPort}/_emulator/audit-archive`);
  const lines = (await archive.text()).trim().split('\n');
  const forgotten = lines.map((line) => JSON.parse(line).properties as Event);
  const isBegun = ({ activityDisplayName: said }: Event) => said.includes('completed (PIM activation)');
  const counted = async () => {
    await assess(asJob('assess', randomUUID()), [], []);
    const rows = await db().select().from(uses);
    // A group's is the sum of its members'.
    const groups = await db().selectDistinct({ id: effectiveMembers.groupId }).from(effectiveMembers);
    const ofPeople = rows.filter(({ principalId }) => !groups.some(({ id }) => id === principalId));
    return ofPeople.reduce((sum, { count }) => sum + count, 0);
  };
  const before = await counted();
  // As many as the tenant of the demo remembers of the last thirty days.
  expect(before).toBe(16);
  const mira = asPerson(
    { tenantId, objectId: 'mira', name: 'Mira', upn: '', roles: ['Stint.Administrator'] },
    randomUUID(),
  );
  const told = await importArchive(mira, Readable.from([Buffer.from(lines.join('\n'))]));
  expect(told).toMatchObject({ lines: lines.length, notUnderstood: 0 });
  expect(await counted()).toBe(before + forgotten.filter(isBegun).length);
  const covered = await db().select().from(useCoverage);
  expect(new Set(covered.map(({ source }) => source))).toEqual(new Set(['archive', 'azure_audit']));
});

test('who answers for guests and agents is known, and who is in a group that does', async () => {
  const named = async (id: string) =>
    (await db().select({ name: principals.name }).from(principals).where(eq(principals.id, id)))[0]?.name;
  const rows = await db().select().from(responsibles).where(eq(responsibles.as, 'sponsor'));
  const told = await Promise.all(
    rows.map(async (row) => `${await named(row.principalId)}: ${await named(row.responsibleId)}`),
  );
  expect(told).toEqual(
    expect.arrayContaining([
      'Vic Partner: Tess Arnold',
      expect.stringMatching(/^Vic Partner: sg-payments-team$/),
    ]),
  );
  const payments = (await db().select().from(principals).where(eq(principals.name, 'sg-payments-team')))[0];
  expect(
    await db().$count(effectiveMembers, eq(effectiveMembers.groupId, payments?.id ?? '')),
  ).toBeGreaterThan(0);
});

test('every holder is known by name and kind', async () => {
  const holders = await db()
    .selectDistinct({ id: assignments.principalId, kind: principals.kind, name: principals.name })
    .from(assignments)
    .leftJoin(principals, eq(principals.id, assignments.principalId));
  expect(holders.filter(({ kind, name }) => !kind || !name)).toEqual([]);
  expect(new Set(holders.map(({ kind }) => kind))).toEqual(
    new Set(['member', 'guest', 'group', 'service_principal', 'managed_identity']),
  );
});
