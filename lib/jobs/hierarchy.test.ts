/** Against the local tenant: what hangs below which management group, and PIM's settings below subscriptions. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { eq, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { startQueue } from '#db/queue.ts';
import { assignments, inventoryParts, inventoryRuns, scopeTree } from '#db/schema/inventory.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { findings } from '#db/schema/posture.ts';
import { testTenant as tenantId, testDatabase } from '#db/testing.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { config } from '#lib/config/config.ts';
import { asJob } from '#lib/operations/context.ts';
import { takeDueReading } from '#lib/operations/inventory/begin-reading.ts';
import { readParts } from '#lib/operations/inventory/read-parts.ts';
import { assess } from '#lib/operations/posture/assess.ts';
import { effectiveAccess } from '#lib/queries/effective-access.ts';
import { inventory } from '#lib/queries/inventory.ts';
import { livePorts } from './roster.ts';
import { followSandboxClock } from './sandbox-clock.ts';
import { type TenantMoves, tenantMoves } from './testing/tenant-moves.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-hierarchy-'));
let emulator: RunningEmulator;
let opened: Opened;
let tenant: TenantMoves;
let first: Call[];
beforeAll(async () => {
  process.env.STINT_DATA = folder;
  emulator = await startEmulator(process.env);
  process.env.EMULATOR_HTTPS_PORT = emulator.httpsPort;
  process.env.EMULATOR_HTTP_PORT = emulator.httpPort;
  trustSandboxCa(config());
  opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  tenant = await tenantMoves(emulator, folder, Math.random);
  await followSandboxClock();
  first = await reads('full');
  return () => boss.stop({ graceful: false });
});
afterAll(async () => {
  await opened?.close();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const auditor = { tenantId, objectId: 'x', name: 'X', upn: '', roles: ['Stint.Auditor' as const] };
const groups = '/providers/microsoft.management/managementgroups/';
const subscription = (number: number) => `/subscriptions/55555555-0001-4000-8000-00000000000${number}`;

interface Call {
  seq: number;
  method: string;
  path: string;
  query: string;
}

async function control<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  });
  return answer.json() as Promise<T>;
}

/** A whole reading, or a look at changes, to its end; the calls it made of Azure. */
async function reads(kind: 'full' | 'changes'): Promise<Call[]> {
  const before = (await control<Call[]>('journal')).at(-1)?.seq ?? 0;
  if (kind === 'full')
    await db().update(inventoryRuns).set({ startedAt: sql`started_at - interval '25 hours'` });
  else await control('clock', { advanceSeconds: 360 });
  await followSandboxClock();
  expect(await takeDueReading(randomUUID)).toBe(true);
  const [run] = await db().select().from(inventoryRuns).where(isNull(inventoryRuns.finishedAt));
  expect(run?.kind).toBe(kind);
  const ctx = asJob('inventory', randomUUID());
  const { inventory: port } = livePorts();
  await Promise.all([1, 2].map(() => readParts(ctx, run?.id ?? '', port, (ms) => pause(ms / 10))));
  const open = await db().select().from(inventoryRuns).where(isNull(inventoryRuns.finishedAt));
  expect(open).toEqual([]);
  return control<Call[]>(`journal?since=${before}`);
}

const tree = async () =>
  (await db().select().from(scopeTree).where(isNull(scopeTree.goneAt)))
    .map(({ name, parentId }) => `${parentId.replace(groups, '')}: ${name}`)
    .toSorted();
const whole = [
  ...['platform: Production', 'platform: Shared Services', 'platform: Staging'],
  ...['sandbox: Development', 'sandbox: Sandbox One', `${tenantId}: Platform`, `${tenantId}: Sandbox`],
].toSorted();

describe('what hangs below which management group', () => {
  test('is read by one call, and is what the tenant has', async () => {
    expect(await tree()).toEqual(whole);
    expect(first.filter(({ path }) => path.endsWith('/descendants'))).toHaveLength(1);
  });

  test('shows what a role given at a management group reaches, and what takes effect at a subscription', async () => {
    const [owner] = await db()
      .select()
      .from(assignments)
      .where(sql`role_name = 'Owner' and scope_kind = 'management_group' and kind = 'eligible'`);
    const access = await effectiveAccess(auditor, owner?.principalId ?? '');
    expect(access?.rows.find(({ roleName }) => roleName === 'Owner')?.reach).toEqual({
      subscriptions: ['Production', 'Shared Services', 'Staging'],
      managementGroups: [],
    });
    const at = async (place: string) =>
      (await inventory(auditor, { at: place, role: 'Owner' }, null))?.rows
        .map(({ principalName, scopeName }) => `${principalName}: ${scopeName}`)
        .toSorted();
    expect(await at('production')).toEqual([
      'Ada Lind: Production',
      'Ines Castell: Production',
      'Petra Holm: Platform',
    ]);
    expect(await at('Sandbox One')).toEqual(['Kofi Mensah: Sandbox One']);
    expect(await at('nowhere')).toEqual([]);
  });

  test('is a named gap where the Reader may not see it, and stays as it was', async () => {
    await control('faults', { match: '/descendants', status: 403, code: 'AuthorizationFailed' });
    await reads('changes');
    await fetch(`http://localhost:${emulator.httpPort}/_emulator/faults`, { method: 'DELETE' });
    const gaps = await db().select().from(inventoryParts).where(eq(inventoryParts.state, 'failed'));
    expect(gaps.map(({ list, failure }) => [list, failure])).toEqual([
      [
        'azure_tree',
        'The Reader identity may not read: Which management group holds what (AuthorizationFailed).',
      ],
    ]);
    expect(await tree()).toEqual(whole);
  });

  test('is all there after calls that were refused for a second, failed, or broke off', async () => {
    await db().delete(scopeTree);
    const of = { match: '/descendants', times: 1 };
    await control('faults', { ...of, status: 429, retryAfter: 1 });
    await control('faults', { ...of, status: 503 });
    await control('faults', { ...of, kind: 'reset', midBody: true });
    const calls = await reads('changes');
    expect(calls.filter(({ path }) => path.endsWith('/descendants')).length).toBeGreaterThan(1);
    expect(await tree()).toEqual(whole);
  });
});

/** Calls for the settings of one role at one place. */
const forOneRole = (calls: Call[]) =>
  calls.filter(
    ({ path, query }) =>
      /roleManagementPolicyAssignments$/i.test(path) && /filter=roleDefinitionId/.test(query),
  );

describe('settings below subscriptions', () => {
  const pairs = async () => {
    const { rows } = (await db().execute(sql`
      select distinct lower(scope_id), lower(role_id) from assignments
      where plane = 'azure' and kind = 'eligible' and gone_at is null
        and scope_kind in ('resource_group', 'resource')`)) as unknown as { rows: object[] };
    return rows.length;
  };

  test('cost a call for each role at a place where somebody is eligible, and nothing where nobody is', async () => {
    const asked = forOneRole(first);
    expect(asked).toHaveLength(await pairs());
    expect(new Set(asked.map(({ path, query }) => `${path} ${query}`)).size).toBe(asked.length);
    // Of all that a whole reading asks for it is little.
    expect(asked.length / first.length).toBeLessThan(0.1);
    const known = await db().select().from(mirrorPolicies).where(sql`scope_id ilike '/subscriptions/%/%'`);
    expect(known).toHaveLength(asked.length);
    expect(known.every(({ facts }) => facts !== null)).toBe(true);
    const [run] = await db().select().from(inventoryRuns).where(eq(inventoryRuns.kind, 'full'));
    expect(run?.policiesUnread).toBe(0);
  });

  test('are not asked for again by a look, and again by the next whole reading', async () => {
    expect(forOneRole(await reads('changes'))).toEqual([]);
    expect(forOneRole(await reads('full'))).toHaveLength(await pairs());
  });

  test('are those a role is judged by there: a critical one without approval is found, one with it is not', async () => {
    const arm = 'providers/Microsoft.Authorization';
    const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    const [open, guarded] = [
      `${subscription(4)}/resourceGroups/rg-dev`,
      `${subscription(5)}/resourceGroups/rg-play`,
    ];
    const settings = `${guarded}/${arm}/roleManagementPolicyAssignments?api-version=2020-10-01`;
    const { body } = await tenant.call('GET', settings);
    const listed = body.value as {
      properties: { roleDefinitionId: string; policyId: string; effectiveRules: Rule[] };
    }[];
    const own = listed.find(({ properties }) => properties.roleDefinitionId.endsWith(owner))?.properties;
    const approver = {
      id: await someone('Bo Okafor'),
      description: 'Bo Okafor',
      isBackup: false,
      userType: 'User',
    };
    const approval = own?.effectiveRules.find(({ id }) => id === 'Approval_EndUser_Assignment');
    const asking = {
      ...approval,
      setting: {
        ...approval?.setting,
        isApprovalRequired: true,
        approvalStages: [{ primaryApprovers: [approver] }],
      },
    };
    const patched = await tenant.call('PATCH', `${own?.policyId}?api-version=2020-10-01`, {
      properties: { rules: [asking] },
    });
    expect(patched.status).toBe(200);
    for (const scope of [open, guarded]) {
      const made = await tenant.call(
        'PUT',
        `${scope}/${arm}/roleEligibilityScheduleRequests/${randomUUID()}?api-version=2020-10-01`,
        {
          properties: {
            ...{ requestType: 'AdminAssign', justification: 'Outside of Stint' },
            principalId: await someone('Quinn Farrell'),
            roleDefinitionId: `${scope}/${arm}/roleDefinitions/${owner}`,
            scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P90D' } },
          },
        },
      );
      expect(made.status).toBe(201);
    }
    expect(forOneRole(await reads('changes'))).toHaveLength(2);
    await assess(asJob('assess', randomUUID()), [], []);
    const found = await db().select().from(findings).where(eq(findings.kind, 'no_approval_on_critical'));
    const below = found.filter(({ subject }) => /resourcegroups/.test(subject)).map(({ title }) => title);
    expect(below).toEqual(['Owner on rg-dev is critical and needs nobody’s approval']);
  });
});

interface Rule {
  id: string;
  setting?: object;
}

async function someone(name: string): Promise<string> {
  const { rows } = (await db().execute(sql`select id from principals where name = ${name}`)) as unknown as {
    rows: { id: string }[];
  };
  return rows[0]?.id ?? expect.fail(`${name} is not known`);
}
