/** Against the local tenant: privilege outside roles, policies and sign-ins, and a tenant that answers badly. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { startQueue } from '#db/queue.ts';
import { assignments, inventoryParts, inventoryRuns, principals } from '#db/schema/inventory.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { accessPolicies, outsideRoles } from '#db/schema/posture.ts';
import { testDatabase } from '#db/testing.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { config } from '#lib/config/config.ts';
import type { OutsideKind } from '#lib/domain/outside-role.ts';
import { asJob } from '#lib/operations/context.ts';
import { takeDueReading } from '#lib/operations/inventory/begin-reading.ts';
import { readParts } from '#lib/operations/inventory/read-parts.ts';
import { livePorts } from './roster.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-outside-'));
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
  await reads();
  return () => boss.stop({ graceful: false });
});
afterAll(async () => {
  await opened?.close();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
  const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  });
  return answer.json() as Promise<T>;
}

async function reads() {
  await db().delete(inventoryRuns);
  expect(await takeDueReading(randomUUID)).toBe(true);
  const [run] = await db().select().from(inventoryRuns);
  const ctx = asJob('inventory', randomUUID());
  const { inventory } = livePorts();
  await Promise.all([1, 2].map(() => readParts(ctx, run?.id ?? '', inventory, (ms) => pause(ms / 10))));
  return (await db().select().from(inventoryRuns))[0];
}

const inForce = () => db().select().from(outsideRoles).where(isNull(outsideRoles.goneAt));

/** What is held of a kind, as `who: what, where`. */
async function held(kind: OutsideKind): Promise<string[]> {
  const rows = (await inForce()).filter((row) => row.kind === kind);
  return rows.map((row) => `${row.principalName}: ${row.what}, ${row.targetName}`).toSorted();
}

test('every place answered', async () => {
  const gaps = await db().select().from(inventoryParts).where(isNotNull(inventoryParts.failure));
  expect(gaps).toEqual([]);
});

test('an application permission has its name, and whoever holds it has one, too', async () => {
  const all = await held('application_permission');
  expect(all.filter((one) => !/^Stint /.test(one))).toEqual([
    'Auden Hale: Stint.Auditor, Stint',
    'Contoso agents: Mail.Read, Microsoft Graph',
    'Mira Novak: Stint.Administrator, Stint',
    'Nadia Karim: Stint.Administrator, Stint',
    'Northwind Scanner: Directory.ReadWrite.All, Microsoft Graph',
    'Rhea Silva: Stint.Reviewer, Stint',
    'invoice-agent: Mail.Read, Microsoft Graph',
    'invoice-export: Application.ReadWrite.All, Microsoft Graph',
    'payments-api: Mail.Read, Microsoft Graph',
    'triage-agent: Mail.Read, Microsoft Graph',
  ]);
  expect(all).toContain('Stint Reader: Policy.Read.All, Microsoft Graph');
});

test('an agent has what its blueprint has, and says from whom', async () => {
  const agents = (await inForce()).filter(({ details }) => details.inherited === true);
  expect(
    agents.map(({ principalName, what, targetName }) => [principalName, what, targetName]).toSorted(),
  ).toEqual([
    ['invoice-agent', 'Mail.Read', 'Microsoft Graph'],
    ['triage-agent', 'Mail.Read', 'Microsoft Graph'],
  ]);
  expect(agents[0]?.details).toMatchObject({ inheritedFrom: 'Contoso agents' });
});

test('a consent is for everybody or for one person', async () => {
  const rows = (await inForce()).filter(({ kind }) => kind === 'consent');
  expect(rows.find(({ principalName }) => principalName === 'Northwind Scanner')).toMatchObject({
    what: 'User.Read Files.Read.All',
    targetName: 'Microsoft Graph',
    details: { forEverybody: true, forId: null },
  });
  expect(rows.find(({ principalName }) => principalName === 'grafana')).toMatchObject({
    details: { forEverybody: false, forId: expect.stringMatching(/^aaaaaaaa-/) },
  });
});

test('owners are those of the application, not of its service principal', async () => {
  const owners = await held('application_owner');
  for (const one of ['Stint Step-up', 'Stint PIM extension'])
    for (const who of ['Mira Novak', 'Nadia Karim']) expect(owners).toContain(`${who}: Owner, ${one}`);
  expect(owners).toHaveLength(12);
});

test('credentials of applications and of service principals, with their end and whose they are', async () => {
  const rows = (await inForce()).filter(({ kind }) => kind === 'credential');
  expect(rows).toHaveLength(11);
  const of = (name: string) => rows.find(({ what }) => what === name);
  expect(of('added on the service principal')).toMatchObject({
    principalName: 'invoice-export',
    details: { on: 'service principal', type: 'secret' },
  });
  expect(of('made by hand')?.principalId).toBe(of('added on the service principal')?.principalId);
  expect(of('before the certificate')?.endsAt?.getTime()).toBeLessThan(Date.now());
  expect(of('CN=payments-api')).toMatchObject({ details: { type: 'certificate', on: 'application' } });
});

test('federated credentials of applications and of managed identities', async () => {
  expect(await held('federated_credential')).toEqual([
    'github-deploy: main, github-deploy',
    'github-deploy: staging, github-deploy',
    'id-backup: backup-job, id-backup',
  ]);
});

test('what lies beside Azure roles: delegations, vault policies, classic administrators, denials', async () => {
  expect(await held('lighthouse')).toEqual([
    'Northwind on call: Virtual Machine Contributor, Staging',
    'Northwind operators: Contributor, Staging',
  ]);
  expect(await held('key_vault_policy')).toEqual([
    'Oscar Blom: secrets: get, list, set, delete, kv-payments-stage',
    'github-deploy: secrets: get, kv-payments-stage',
  ]);
  expect(await held('classic_administrator')).toEqual(['Kofi Mensah: CoAdministrator, Sandbox One']);
  expect(await held('deny_assignment')).toEqual([
    'Everybody: Deny assignment created by Deployment Stack stack-data, rg-data',
  ]);
});

test('conditional access is told apart by what it enforces', async () => {
  const rows = await db().select().from(accessPolicies).where(isNull(accessPolicies.goneAt));
  const told = rows.map(({ state, facts }) => `${facts.contexts} ${state}`).toSorted();
  expect(told).toEqual([' enabled', 'c1 enabled', 'c2 enabledForReportingButNotEnforced']);
});

test('a policy in the inventory says what the policy of one role says when it is asked for by itself', async () => {
  const rows = await db().select().from(mirrorPolicies);
  const withApproval = rows.filter(({ facts }) => facts?.approval);
  expect(new Set(withApproval.map(({ plane }) => plane))).toEqual(new Set(['entra', 'group', 'azure']));
  const { reader } = livePorts();
  for (const { plane, roleId, scopeId, facts } of withApproval)
    expect({ roleId, ...(await reader.policy({ plane, roleId, scopeId })) }).toEqual({ roleId, ...facts });
});

test('workloads sign in as themselves, and the next reading does not forget it', async () => {
  const signedIn = async (name: string) =>
    (await db().select().from(principals).where(eq(principals.name, name)))[0]?.lastSignInAt;
  const before = await signedIn('invoice-export');
  expect(Math.round((Date.now() - (before?.getTime() ?? 0)) / 86_400_000)).toBe(190);
  expect(await signedIn('old-reporting')).toBeNull();
  await control('POST', 'faults', { match: 'servicePrincipalSignInActivities', status: 403 });
  await reads();
  await control('DELETE', 'faults');
  expect(await signedIn('invoice-export')).toEqual(before);
});

test('what the Reader may not read is a gap with a name, and nothing of it is gone', async () => {
  const owners = await held('application_owner');
  await control('POST', 'faults', {
    match: '/v1.0/applications',
    status: 403,
    code: 'Authorization_RequestDenied',
  });
  await reads();
  await control('DELETE', 'faults');
  expect(await held('application_owner')).toEqual(owners);
  const [part] = await db()
    .select()
    .from(inventoryParts)
    .where(and(eq(inventoryParts.list, 'applications'), isNotNull(inventoryParts.failure)));
  expect(part).toMatchObject({
    state: 'failed',
    failure:
      'The Reader identity may not read: Applications, their owners and credentials (Authorization_RequestDenied).',
  });
});

test('a storm of refusals and broken answers costs time: nothing is missed, nothing is made up', async () => {
  const key = (row: { id: string }) => row.id;
  const outside = (await inForce()).map(key).toSorted();
  await control('POST', 'faults', [
    { match: '.', rate: 0.15, retryAfter: 0 },
    { match: '.', rate: 0.05, kind: 'reset', midBody: true },
    { match: '.', rate: 0.03, kind: 'brokenJson' },
  ]);
  const run = await reads();
  await control('DELETE', 'faults');
  expect(run).toMatchObject({ finishedAt: expect.any(Date), gone: 0, appeared: 0 });
  expect((await inForce()).map(key).toSorted()).toEqual(outside);
  const known = await db().select().from(assignments).where(isNull(assignments.goneAt));
  expect(known).toHaveLength((await control<unknown[]>('GET', 'assignments')).length);
  const failed = await db().select().from(inventoryParts).where(eq(inventoryParts.state, 'failed'));
  expect(failed).toEqual([]);
}, 120_000);
