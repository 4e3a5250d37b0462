import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { startQueue } from '#db/queue.ts';
import { auditEntries } from '#db/schema/audit.ts';
import {
  assignments,
  inventoryParts,
  inventoryRuns,
  memberships,
  principals,
  scopeTree,
} from '#db/schema/inventory.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { outsideRoles } from '#db/schema/posture.ts';
import { managementGroup, testDatabase, testTenant } from '#db/testing.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { InventoryPort } from '#lib/azure/ports.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import {
  type AssignmentSeen,
  firstParts,
  type Harvest,
  harvest,
  type Part,
  type PrincipalSeen,
} from '#lib/domain/inventory.ts';
import type { OutsideSeen } from '#lib/domain/outside-role.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import { asJob, asPerson } from '#lib/operations/context.ts';
import { askReading, sweepReadings, takeDueReading, takeUpReading } from './begin-reading.ts';
import { takeParts } from './parts.ts';
import { readParts } from './read-parts.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  return async () => {
    await boss.stop({ graceful: false });
    await opened.close();
  };
});
afterAll(() => tenant.clear());
beforeEach(async () => {
  tenant.clear();
  calls.length = 0;
  await empty(`inventory_runs inventory_parts principals responsibles assignments memberships outside_roles
    scope_tree mirror_policies`);
});

/** What each list shows, page by page; a page may be a fault. */
const tenant = new Map<string, (Harvest | Error)[]>();
const calls: string[] = [];
const port: InventoryPort = {
  async page({ list, place }, cursor) {
    calls.push(`${list} ${place} ${cursor ?? 0}`);
    const pages = tenant.get(`${list} ${place}`) ?? [harvest({})];
    // The audit log begins at a moment, not at a page.
    const at = Number(cursor ?? 0) || 0;
    const page = pages[at] ?? harvest({});
    if (!(page instanceof Error)) return page;
    // A fault strikes once.
    pages.splice(at, 1);
    throw page;
  },
};

const person = (id: string): PrincipalSeen => ({
  ...{ id, kind: 'member', name: id, upn: null, enabled: true, appId: null, homeTenantId: null },
  ...{ resourceId: null, jobTitle: null, department: null, createdAt: null, lastSignInAt: null },
  ...{ isRoleAssignable: null, isRestricted: null },
});
const held = (azureId: string, facts: Partial<AssignmentSeen> = {}): AssignmentSeen => ({
  ...{ plane: 'entra', roleId: 'r', roleName: 'Reader', scopeId: '/', scopeName: 'Directory' },
  ...{ scopeKind: 'directory', azureId, scheduleId: azureId, kind: 'standing', principalId: 'ada' },
  ...{ principalName: 'Ada', principalKind: 'member', condition: null, conditionVersion: null },
  ...{ startsAt: null, endsAt: null, createdAt: null, ...facts },
});
const consent = (azureId: string, facts: Partial<OutsideSeen> = {}): OutsideSeen => ({
  ...{ kind: 'consent', azureId, principalId: 'app', principalName: '', targetId: 'api', targetName: '' },
  ...{ what: 'Mail.Read', startsAt: null, endsAt: null, details: {}, ...facts },
});
const shows = (list: Part['list'], place: string, ...pages: (Partial<Harvest> | Error)[]) =>
  tenant.set(
    `${list} ${place}`,
    pages.map((page, at) =>
      page instanceof Error
        ? page
        : harvest({ ...page, next: at + 1 < pages.length ? String(at + 1) : null }),
    ),
  );

const refusedBy = (code: string) => new AzureFault('not_allowed', { code, message: code });

async function begins(): Promise<string> {
  await db().update(inventoryRuns).set({ startedAt: sql`started_at - interval '25 hours'` });
  expect(await takeDueReading(randomUUID)).toBe(true);
  const [run] = await db().select().from(inventoryRuns).where(sql`finished_at is null`);
  return run?.id ?? expect.fail('no reading began');
}
const lane = (runId: string) => readParts(asJob('inventory', 'trace'), runId, port, async () => {});
/** Leases over, as after a kill. */
const givesBack = () => db().update(inventoryParts).set({ leasedUntil: null });

async function reads(): Promise<typeof inventoryRuns.$inferSelect> {
  const runId = await begins();
  await lane(runId);
  return runOf(runId);
}
async function runOf(id: string) {
  const [run] = await db().select().from(inventoryRuns).where(eq(inventoryRuns.id, id));
  return run ?? expect.fail('no such reading');
}
const inForce = async () =>
  (await db().select().from(assignments).where(sql`gone_at is null`)).map(({ azureId }) => azureId).sort();

describe('a reading', () => {
  test('goes through every page, and through the places it finds on the way', async () => {
    shows('entra_active', '/', { assignments: [held('a')] }, { assignments: [held('b')] });
    shows('pim_groups', '/', { parts: [{ list: 'group_active', place: 'g1' }] });
    shows('group_active', 'g1', { assignments: [held('c', { plane: 'group', scopeId: 'g1' })] });
    const run = await reads();
    expect(run).toMatchObject({ appeared: 3, gone: 0 });
    expect(run.finishedAt).not.toBeNull();
    expect(await inForce()).toEqual(['a', 'b', 'c']);
    const entries = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, run.id));
    expect(entries.map(({ action }) => action)).toEqual(['inventory.read']);
  });

  test('is one, whoever finds it due, and the next comes after an hour', async () => {
    const begun = await Promise.all([1, 2, 3].map(() => takeDueReading(randomUUID)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    await lane((await db().select().from(inventoryRuns))[0]?.id ?? '');
    expect(await takeDueReading(randomUUID)).toBe(false);
  });

  test('killed between two pages goes on with the second', async () => {
    shows('users', '/', { principals: [person('ada')] }, new Error('killed'), { principals: [person('bo')] });
    const runId = await begins();
    await expect(lane(runId)).rejects.toThrow('killed');
    await givesBack();
    await lane(runId);
    expect((await runOf(runId)).finishedAt).not.toBeNull();
    expect(calls.filter((call) => call.startsWith('users'))).toEqual(['users / 0', 'users / 1', 'users / 1']);
    expect((await db().select().from(principals)).map(({ id }) => id).sort()).toEqual(['ada', 'bo']);
  });

  test('that nobody goes on with is taken up again, once', async () => {
    const runId = await begins();
    expect(await takeUpReading(randomUUID)).toBe(false);
    await db().update(inventoryRuns).set({ goneOnAt: sql`now() - interval '6 minutes'` });
    expect(await takeUpReading(randomUUID)).toBe(true);
    expect(await takeUpReading(randomUUID)).toBe(false);
    await lane(runId);
    await db().update(inventoryRuns).set({ goneOnAt: sql`now() - interval '6 minutes'` });
    expect(await takeUpReading(randomUUID)).toBe(false);
  });

  test('read by several at once reads every page once', async () => {
    for (const list of [...firstParts.map((part) => part.list), 'activation_log' as const])
      shows(list, '/', {}, {}, {});
    const runId = await begins();
    await Promise.all([1, 2, 3, 4].map(() => lane(runId)));
    expect(calls).toHaveLength(new Set(calls).size);
    const parts = await db().select().from(inventoryParts);
    expect(parts.every(({ state, pages }) => state === 'done' && pages === 3)).toBe(true);
    const entries = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, runId));
    expect(entries).toHaveLength(1);
  });

  test('ends although one page cannot be understood, which is a gap', async () => {
    shows('users', '/', ...Array.from({ length: 9 }, () => new TypeError('no such thing')));
    shows('entra_active', '/', { assignments: [held('a')] });
    const runId = await begins();
    for (let n = 0; n < 3; n++) {
      await expect(lane(runId)).rejects.toThrow('no such thing');
      await givesBack();
    }
    await lane(runId);
    expect((await runOf(runId)).finishedAt).not.toBeNull();
    expect(await inForce()).toEqual(['a']);
    const [part] = await db().select().from(inventoryParts).where(eq(inventoryParts.state, 'failed'));
    expect(part).toMatchObject({
      list: 'users',
      failure: expect.stringContaining('could not be understood'),
    });
  });

  test('goes on with a list that was begun before it begins others', async () => {
    shows('entra_active', '/', {}, {});
    const runId = await begins();
    const begun = and(eq(inventoryParts.runId, runId), eq(inventoryParts.list, 'entra_active'));
    await db()
      .update(inventoryParts)
      .set({ cursor: '1', leasedUntil: sql`now() - interval '1 second'` })
      .where(begun);
    const [first] = await takeParts(runId, 1);
    expect(first?.list).toBe('entra_active');
  });

  test('keeps the pages it read together when one of them cannot be kept', async () => {
    // No database takes this character.
    shows('users', '/', { principals: [person('ada'), person('bo\0')] });
    shows('entra_active', '/', { assignments: [held('a')] });
    const runId = await begins();
    await expect(lane(runId)).rejects.toThrow();
    await givesBack();
    expect(calls.filter((call) => call === 'users / 0')).toHaveLength(1);
    for (let n = 0; n < 2; n++) {
      await expect(lane(runId)).rejects.toThrow();
      await givesBack();
    }
    await lane(runId);
    expect(await runOf(runId)).toMatchObject({ finishedAt: expect.any(Date), appeared: 1 });
    expect(calls.filter((call) => call === 'entra_active / 0')).toHaveLength(1);
  });

  test('waits for a busy list while it reads the others', async () => {
    const busy = new AzureFault('busy', { message: 'Slow down.', retryAfterSeconds: 600 });
    shows('entra_active', '/', busy, { assignments: [held('a')] });
    const runId = await begins();
    const leased: Date[] = [];
    let waits = 0;
    await readParts(asJob('inventory', 'trace'), runId, port, async () => {
      waits += 1;
      const [part] = await db().select().from(inventoryParts).where(eq(inventoryParts.list, 'entra_active'));
      if (part?.leasedUntil) leased.push(part.leasedUntil);
      await givesBack();
    });
    expect(waits).toBeGreaterThan(0);
    // For as long as it was asked to.
    expect(Math.max(...leased.map(Number)) - Date.now()).toBeGreaterThan(500_000);
    expect(await inForce()).toEqual(['a']);
    expect(calls.indexOf('azure_scopes / 0')).toBeLessThan(calls.lastIndexOf('entra_active / 0'));
  });
});

describe('what is not shown any more', () => {
  test('is gone; shown again it is there anew, and what was never gone since it was first seen', async () => {
    shows('entra_active', '/', { assignments: [held('a'), held('b')] });
    await reads();
    const [before] = await db().select().from(assignments).where(eq(assignments.azureId, 'b'));
    shows('entra_active', '/', { assignments: [held('a')] });
    expect(await reads()).toMatchObject({ gone: 1 });
    expect(await inForce()).toEqual(['a']);
    shows('entra_active', '/', { assignments: [held('a'), held('b')] });
    await reads();
    const [after] = await db().select().from(assignments).where(eq(assignments.azureId, 'b'));
    expect(after?.goneAt).toBeNull();
    expect(after?.firstSeenAt.getTime()).toBeGreaterThan(Number(before?.firstSeenAt));
    const [stayed] = await db().select().from(assignments).where(eq(assignments.azureId, 'a'));
    expect(Number(stayed?.firstSeenAt)).toBeLessThanOrEqual(Number(before?.firstSeenAt));
  });

  test('is not gone while its list could not be read', async () => {
    shows('entra_active', '/', { assignments: [held('a')] });
    await reads();
    shows('entra_active', '/', new AzureFault('not_allowed', { message: 'No.', code: 'Denied' }));
    expect(await reads()).toMatchObject({ gone: 0 });
    expect(await inForce()).toEqual(['a']);
    const [part] = await db().select().from(inventoryParts).where(eq(inventoryParts.state, 'failed'));
    expect(part?.failure).toBe('The Reader identity may not read: Active Entra roles (Denied).');
  });

  test('is not gone because everything is suddenly away, but when the next reading shows the same', async () => {
    shows('entra_active', '/', { assignments: [held('a')] });
    await reads();
    tenant.clear();
    expect(await reads()).toMatchObject({ gone: 0 });
    expect(await inForce()).toEqual(['a']);
    expect(await reads()).toMatchObject({ gone: 1 });
    expect(await inForce()).toEqual([]);
  });

  test('is gone with the group or subscription that is gone', async () => {
    const staging = '/subscriptions/one';
    const there = held('a', { plane: 'azure', scopeId: staging, scopeKind: 'subscription' });
    shows('azure_scopes', '/', { parts: [{ list: 'azure_active', place: staging }] });
    shows('azure_active', staging, { assignments: [there] });
    await reads();
    shows('azure_active', staging, new AzureFault('not_found', { message: 'Gone.' }));
    await reads();
    expect(await inForce()).toEqual(['a']);
    // Nobody names it any more, and it is asked for all the same.
    tenant.clear();
    await reads();
    expect(await inForce()).toEqual([]);
  });

  test('at Azure’s root is gone when the subscriptions, which show it, do not; the root itself is not asked', async () => {
    const staging = '/subscriptions/one';
    const azure = { plane: 'azure', scopeKind: 'subscription' } as const;
    const rooted = held('a', { ...azure, scopeId: '/' });
    const there = held('b', { ...azure, scopeId: staging });
    shows('azure_scopes', '/', { parts: [{ list: 'azure_active', place: staging }] });
    shows('azure_active', staging, { assignments: [rooted, there] });
    await reads();
    shows('azure_active', staging, { assignments: [there] });
    expect(await reads()).toMatchObject({ gone: 1 });
    expect(await inForce()).toEqual(['b']);
    expect(calls).not.toContain('azure_active / 0');
  });

  test('at Azure’s root stays while a place that shows it was not read, or none shows anything', async () => {
    const [one, two] = ['/subscriptions/one', '/subscriptions/two'];
    const azure = { plane: 'azure', scopeKind: 'subscription' } as const;
    const places = [one, two].map((place) => ({ list: 'azure_active' as const, place: place ?? '' }));
    shows('azure_scopes', '/', { parts: places });
    shows('azure_active', '/subscriptions/one', { assignments: [held('a', { ...azure, scopeId: '/' })] });
    await reads();
    shows('azure_active', '/subscriptions/one', {});
    await reads();
    expect(await inForce()).toEqual(['a']);
    shows('azure_active', '/subscriptions/one', new AzureFault('not_allowed', { message: 'No.' }));
    shows('azure_active', '/subscriptions/two', {
      assignments: [held('b', { ...azure, scopeId: two ?? '' })],
    });
    await reads();
    expect(await inForce()).toEqual(['a', 'b']);
    shows('azure_active', '/subscriptions/one', {});
    await reads();
    expect(await inForce()).toEqual(['b']);
  });

  test('of a reading is known for days, of the last one for as long as it is the last', async () => {
    const [first, last] = [await reads(), await reads()];
    await db().update(inventoryRuns).set({ startedAt: sql`started_at - interval '9 days'` });
    await sweepReadings();
    const kept = await db().selectDistinct({ runId: inventoryParts.runId }).from(inventoryParts);
    expect(kept).toEqual([{ runId: last.id }]);
    expect(first.id).not.toBe(last.id);
  });

  test('is gone from a group that nobody holds anything by any more', async () => {
    const group = held('a', { principalId: 'g1', principalKind: 'group' });
    shows('entra_active', '/', {
      assignments: [group, held('b')],
      parts: [{ list: 'members', place: 'g1' }],
    });
    shows('members', 'g1', { memberships: [{ groupId: 'g1', memberId: 'ada' }] });
    await reads();
    shows('entra_active', '/', { assignments: [held('b')] });
    const members = () => db().select().from(memberships).where(sql`gone_at is null`);
    shows('pim_groups', '/', new AzureFault('not_allowed', { message: 'No.' }));
    await reads();
    expect(await members()).toHaveLength(1);
    // Who consents to what names no group.
    shows('consents', '/', new AzureFault('not_allowed', { message: 'No.' }));
    await reads();
    expect(await members()).toEqual([]);
  });
});

describe('privilege outside roles', () => {
  const known = async () =>
    (await db().select().from(outsideRoles).where(sql`gone_at is null`)).map(({ azureId }) => azureId).sort();

  test('is gone when a complete list does not show it, and not because the list is suddenly empty', async () => {
    shows('consents', '/', { outside: [consent('a'), consent('b')] });
    await reads();
    shows('consents', '/', { outside: [consent('a')] });
    expect(await reads()).toMatchObject({ gone: 1 });
    expect(await known()).toEqual(['a']);
    shows('consents', '/', new AzureFault('not_allowed', { code: 'Denied', message: 'No.' }));
    await reads();
    shows('consents', '/', {});
    await reads();
    expect(await known()).toEqual(['a']);
    await reads();
    expect(await known()).toEqual([]);
  });

  test('is what it says now: a consent that was emptied is empty', async () => {
    shows('consents', '/', { outside: [consent('a')] });
    await reads();
    shows('consents', '/', { outside: [consent('a', { what: '' })] });
    await reads();
    expect(await db().select().from(outsideRoles)).toMatchObject([{ what: '' }]);
  });

  test('is looked for where it was, also when nobody names the place any more', async () => {
    const vault = consent('a', { kind: 'key_vault_policy' });
    shows('azure_scopes', '/', { parts: [{ list: 'key_vaults', place: '/subscriptions/one' }] });
    shows('key_vaults', '/subscriptions/one', { outside: [vault, consent('b')] });
    await reads();
    shows('azure_scopes', '/', {});
    shows('key_vaults', '/subscriptions/one', { outside: [consent('b')] });
    await reads();
    expect(await known()).toEqual(['b']);
  });

  test('has the name its holder has now, and keeps it while the list of names is away', async () => {
    shows('service_principals', '/', { principals: [{ ...person('app'), name: 'grafana' }] });
    shows('consents', '/', { outside: [consent('a')] });
    await reads();
    tenant.delete('service_principals /');
    await reads();
    expect((await db().select().from(outsideRoles))[0]).toMatchObject({ principalName: 'grafana' });
    shows('service_principals', '/', { principals: [{ ...person('app'), name: 'Grafana' }] });
    await reads();
    expect((await db().select().from(outsideRoles))[0]).toMatchObject({ principalName: 'Grafana' });
  });
});

describe('asking for a reading', () => {
  const as = (...roles: AppRole[]) =>
    asPerson({ tenantId: testTenant, objectId: 'x', name: 'X', upn: 'x@contoso.example', roles }, 'trace');

  test('is for administrators', async () => {
    for (const ctx of [as(), as('Stint.Auditor'), as('Stint.Reviewer')])
      await expect(askReading(ctx)).rejects.toMatchObject({ code: 'not_found' });
    expect(await db().select().from(inventoryRuns)).toEqual([]);
  });

  test('begins one at once, on the record, and no second beside it', async () => {
    await reads();
    await askReading(as('Stint.Administrator'));
    await expect(askReading(as('Stint.Administrator'))).rejects.toMatchObject({ code: 'reading_under_way' });
    const entries = await db().select().from(auditEntries).where(eq(auditEntries.action, 'inventory.asked'));
    expect(entries).toHaveLength(1);
  });
});

describe('what hangs below which management group', () => {
  const hangs = (id: string, parentId: string) => ({
    ...{
      id: `/subscriptions/${id}`,
      parentId: managementGroup(parentId),
      name: id,
      kind: 'subscription' as const,
    },
  });
  const known = async () =>
    (await db().select().from(scopeTree).where(sql`gone_at is null`))
      .map(({ name, parentId }) => `${name} in ${parentId.split('/').at(-1)}`)
      .sort();

  test('is read page by page, and what was moved or taken away is so after the next reading', async () => {
    shows(
      'azure_tree',
      '/',
      { scopes: [hangs('a', 'one')] },
      { scopes: [hangs('b', 'one'), hangs('c', 'one')] },
    );
    await reads();
    expect(await known()).toEqual(['a in one', 'b in one', 'c in one']);
    shows('azure_tree', '/', { scopes: [hangs('a', 'two'), hangs('b', 'one')] });
    await reads();
    expect(await known()).toEqual(['a in two', 'b in one']);
  });

  test('stays when it may not be read any more, and when it is suddenly empty: that is believed the second time', async () => {
    shows('azure_tree', '/', { scopes: [hangs('a', 'one')] });
    await reads();
    shows('azure_tree', '/', refusedBy('AuthorizationFailed'));
    await reads();
    expect(await known()).toEqual(['a in one']);
    shows('azure_tree', '/', {});
    await reads();
    expect(await known()).toEqual(['a in one']);
    await reads();
    expect(await known()).toEqual([]);
  });
});

describe('settings below subscriptions', () => {
  const group = (name: string) => `/subscriptions/one/resourceGroups/${name}`;
  const may = (name: string, facts: Partial<AssignmentSeen> = {}) =>
    held(name, {
      ...{ plane: 'azure', kind: 'eligible', roleId: 'Owner', scopeId: group(name), scopeName: name },
      ...{ scopeKind: 'resource_group', ...facts },
    });
  const at = (name: string) => `${group(name)}|owner`.toLowerCase();
  const settings = (name: string) => ({
    policies: [{ plane: 'azure' as const, roleId: 'Owner', scopeId: group(name), facts: unknownPolicy }],
  });
  const asked = () =>
    calls.filter((call) => call.startsWith('azure_role_policies')).map((call) => call.split(' ')[1]);
  const eligible = (...rows: AssignmentSeen[]) => {
    shows('azure_scopes', '/', { parts: [{ list: 'azure_eligible', place: '/subscriptions/one' }] });
    shows('azure_eligible', '/subscriptions/one', { assignments: rows });
  };
  async function looks(): Promise<void> {
    calls.length = 0;
    await db().update(inventoryRuns).set({ startedAt: sql`started_at - interval '6 minutes'` });
    expect(await takeDueReading(randomUUID)).toBe(true);
    const [run] = await db().select().from(inventoryRuns).where(sql`finished_at is null`);
    expect(run?.kind).toBe('changes');
    await lane(run?.id ?? '');
  }

  test('are read once for each role at a place where somebody is eligible, and only below subscriptions', async () => {
    eligible(
      may('a'),
      may('a', { azureId: 'again', principalId: 'bo', scopeId: group('A') }),
      may('standing', { kind: 'standing' }),
      may('wide', { scopeKind: 'subscription', scopeId: '/subscriptions/one' }),
    );
    shows('azure_role_policies', at('a'), settings('a'));
    const run = await reads();
    expect(asked()).toEqual([at('a')]);
    expect(run).toMatchObject({ policiesUnread: 0 });
    expect(await db().select().from(mirrorPolicies)).toMatchObject([
      { scopeId: group('a'), facts: unknownPolicy, failure: null },
    ]);
    await looks();
    expect(asked()).toEqual([]);
  });

  test('that are none are known to be none; that may not be read are a gap, asked for again by the next whole reading', async () => {
    eligible(may('none'), may('closed'));
    shows('azure_role_policies', at('none'), {
      policies: [{ plane: 'azure', roleId: 'owner', scopeId: group('none').toLowerCase(), facts: null }],
    });
    const refused = () => shows('azure_role_policies', at('closed'), refusedBy('AuthorizationFailed'));
    refused();
    expect(await reads()).toMatchObject({ policiesUnread: 1 });
    const failed = await db().select().from(inventoryParts).where(eq(inventoryParts.state, 'failed'));
    expect(failed.map(({ failure }) => failure)).toEqual([
      'The Reader identity may not read: PIM policies below subscriptions (AuthorizationFailed).',
    ]);
    await looks();
    expect(asked()).toEqual([]);
    calls.length = 0;
    shows('azure_role_policies', at('closed'), settings('closed'));
    expect(await reads()).toMatchObject({ policiesUnread: 0 });
    expect(asked().toSorted()).toEqual([at('closed'), at('none')]);
  });

  test('of many, so many are read in one reading, the never read first, and looks take up what is left', async () => {
    const names = Array.from({ length: 450 }, (_, n) => `rg-${String(n).padStart(3, '0')}`);
    eligible(...names.map((name) => may(name)));
    for (const name of names) shows('azure_role_policies', at(name), settings(name));
    expect(await reads()).toMatchObject({ policiesUnread: 50 });
    expect(asked()).toHaveLength(400);
    await looks();
    expect(asked()).toHaveLength(40);
    await looks();
    expect(asked()).toEqual(names.slice(440).map(at));
    const [full] = await db().select().from(inventoryRuns).where(eq(inventoryRuns.kind, 'full'));
    expect(full).toMatchObject({ policiesUnread: 0 });
    await looks();
    expect(asked()).toEqual([]);
  });
});
