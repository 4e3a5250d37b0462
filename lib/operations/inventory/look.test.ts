/** Looks at changes, against a tenant that is told what to answer. */
import { randomUUID } from 'node:crypto';
import { desc, eq, isNull, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { startQueue } from '#db/queue.ts';
import { approvalPolicies, requestApprovals } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { assignments, inventoryParts, inventoryRuns, memberships, principals } from '#db/schema/inventory.ts';
import { requests } from '#db/schema/requests.ts';
import { tellings } from '#db/schema/tellings.ts';
import { testDatabase } from '#db/testing.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { InventoryPort } from '#lib/azure/ports.ts';
import type { ApprovalRule } from '#lib/domain/approval-policy.ts';
import { testId, testRule } from '#lib/domain/approval-testing.ts';
import { type AssignmentSeen, type Harvest, harvest, type Part } from '#lib/domain/inventory.ts';
import type { Telling } from '#lib/domain/telling.ts';
import { isReadLately } from '#lib/operations/apply/is-read-lately.ts';
import { asJob, asPerson } from '#lib/operations/context.ts';
import { askReading, sweepReadings, takeDueReading } from './begin-reading.ts';
import { readParts } from './read-parts.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  return async () => {
    await boss.stop({ graceful: false });
    await opened.close();
  };
});
beforeEach(async () => {
  tenant.clear();
  calls.length = 0;
  await empty(`inventory_runs inventory_parts tellings principals assignments memberships outside_roles`);
});

/** What each list shows at each place; a fault stays until it is taken away. */
const tenant = new Map<string, Partial<Harvest> | Error>();
const calls: string[] = [];
const port: InventoryPort = {
  async page({ list, place }) {
    calls.push(`${list} ${place}`);
    const shown = tenant.get(`${list} ${place}`) ?? {};
    if (shown instanceof Error) throw shown;
    return harvest(shown);
  },
};
const held = (azureId: string, facts: Partial<AssignmentSeen> = {}): AssignmentSeen => ({
  ...{ plane: 'entra', roleId: 'r', roleName: 'Reader', scopeId: '/', scopeName: 'Directory' },
  ...{ scopeKind: 'directory', azureId, scheduleId: azureId, kind: 'standing', principalId: 'ada' },
  ...{ principalName: 'Ada', principalKind: 'member', condition: null, conditionVersion: null },
  ...{ startsAt: null, endsAt: null, createdAt: null, ...facts },
});
const shows = (list: Part['list'], place: string, found: Partial<Harvest> | Error) =>
  tenant.set(`${list} ${place}`, found);
const tells = (event: string, list: Part['list'], place: string, more: Partial<Telling> = {}) =>
  shows('directory_changes', '/', {
    tellings: [{ event, list, place, ifKnown: false, isDeletion: false, ...more }],
  });

/** Lets time pass for what has been read. */
const passes = (minutes: number) =>
  db().execute(sql`
    with runs as (update inventory_runs set started_at = started_at - make_interval(mins => ${minutes}),
      finished_at = finished_at - make_interval(mins => ${minutes}))
    update tellings set told_at = told_at - make_interval(mins => ${minutes}),
      again_at = again_at - make_interval(mins => ${minutes})`);

const lane = (runId: string) => readParts(asJob('inventory', 'trace'), runId, port, async () => {});
async function reads(): Promise<typeof inventoryRuns.$inferSelect> {
  expect(await takeDueReading(randomUUID)).toBe(true);
  const [open] = await db().select().from(inventoryRuns).where(isNull(inventoryRuns.finishedAt));
  calls.length = 0;
  await lane(open?.id ?? '');
  const [run] = await db().select().from(inventoryRuns).orderBy(desc(inventoryRuns.startedAt)).limit(1);
  return run ?? expect.fail('no reading');
}
async function looks() {
  await passes(6);
  const run = await reads();
  expect(run).toMatchObject({ kind: 'changes', finishedAt: expect.any(Date) });
  return run;
}
/** A request, filed under a rule that is pinned to it. */
async function waitsUnder(rule: ApprovalRule): Promise<void> {
  const requestId = randomUUID();
  const filedAt = new Date();
  await db()
    .insert(requests)
    .values({
      ...{ id: requestId, submissionId: requestId, origin: 'stint', status: 'awaiting_signatures', filedAt },
      ...{ requesterId: 'ada', requesterName: 'Ada', plane: 'entra', roleId: 'r', roleName: 'Reader' },
      ...{ scopeId: '/', scopeName: 'Directory', scopeKind: 'directory', eligibilityId: 'e' },
      ...{ justification: '', ticketNumber: '', minutes: 60 },
    });
  const clocked = { stageSince: filedAt, checkedAt: filedAt, lapsesAt: filedAt };
  await db()
    .insert(requestApprovals)
    .values({ requestId, policyVersion: 1, rule, state: 'waiting', ...clocked });
}
const inForce = async () =>
  (await db().select().from(assignments).where(isNull(assignments.goneAt)))
    .map(({ azureId }) => azureId)
    .sort();
const closed = () => new AzureFault('not_allowed', { code: 'Forbidden', message: '' });

describe('a look at changes', () => {
  test('comes minutes after a reading of everything, which comes once a day', async () => {
    expect(await reads()).toMatchObject({ kind: 'full' });
    expect(await takeDueReading(randomUUID)).toBe(false);
    await looks();
    expect(await takeDueReading(randomUUID)).toBe(false);
    await passes(24 * 60);
    expect(await reads()).toMatchObject({ kind: 'full' });
  });

  test('is one, whoever finds it due', async () => {
    await reads();
    await passes(6);
    const begun = await Promise.all([1, 2, 3].map(() => takeDueReading(randomUUID)));
    expect(begun.filter(Boolean)).toHaveLength(1);
  });

  test('asks the logs, and reads what they name: one principal of a list, not the list', async () => {
    shows('entra_active', '/', { assignments: [held('a'), held('b', { principalId: 'bo' })] });
    await reads();
    tells('e1', 'entra_active', 'ada');
    shows('entra_active', 'ada', { assignments: [held('c')] });
    expect(await looks()).toMatchObject({ appeared: 1, gone: 1 });
    expect(await inForce()).toEqual(['b', 'c']);
    expect(calls.toSorted()).toEqual([
      ...['activation_log /', 'azure_scopes /', 'azure_tree /', 'directory_changes /', 'entra_active ada'],
    ]);
  });

  test('believes at once that nothing is left where a log says so, and elsewhere only when it stays so', async () => {
    const group = '/providers/microsoft.management/managementgroups/one';
    const azure = {
      plane: 'azure',
      scopeId: group,
      scopeName: 'One',
      scopeKind: 'management_group',
    } as const;
    shows('azure_scopes', '/', { parts: [{ list: 'azure_active', place: group }] });
    shows('azure_active', group, { assignments: [held('a', azure)] });
    shows('entra_active', '/', { assignments: [held('b')] });
    await reads();
    shows('azure_active', group, {});
    tells('e1', 'entra_active', 'ada');
    await looks();
    expect(await inForce()).toEqual(['a']);
    await looks();
    expect(await inForce()).toEqual([]);
  });

  test('follows a line once, and reads the place once more when lists have caught up', async () => {
    await reads();
    tells('e1', 'entra_active', 'ada');
    const asked = async () => {
      await looks();
      return calls.includes('entra_active ada');
    };
    expect([await asked(), await asked(), await asked(), await asked()]).toEqual([true, false, false, true]);
    expect([await asked(), await asked(), await asked(), await asked()]).not.toContain(true);
  });

  test('of a group by which nobody holds anything does not begin to read its members', async () => {
    shows('pim_groups', '/', { parts: [{ list: 'members', place: 'g1' }] });
    await reads();
    tells('e1', 'members', 'g2', { ifKnown: true });
    await looks();
    expect(calls).not.toContain('members g2');
    tells('e2', 'members', 'g1', { ifKnown: true });
    await looks();
    expect(calls).toContain('members g1');
  });

  test('begins to read who is in a group once the approval policy names it, at once and from then on', async () => {
    await reads();
    const [run] = await db().select().from(inventoryRuns);
    const id = testId(900);
    const seen = { list: 'groups' as const, seenIn: run?.id ?? '', firstSeenAt: new Date() };
    await db()
      .insert(principals)
      .values([
        { id, kind: 'group', name: 'sg-approvers', ...seen },
        { id: testId(901), kind: 'group', name: 'sg-others', ...seen },
      ]);
    const changedAt = new Date();
    const document = { rules: [testRule(1)], freezes: [], endsBypassed: false };
    const by = { note: 'x', changedAt, changedById: 'mira', changedByName: 'Mira' };
    await db()
      .insert(approvalPolicies)
      .values({ version: 1, document, ...by });
    shows('members', id, { memberships: [{ groupId: id, memberId: 'bo' }] });
    const asked = async (read: () => Promise<unknown>) => {
      calls.length = 0;
      await read();
      return calls.filter((call) => call.startsWith('members'));
    };
    expect(await asked(looks)).toEqual([`members ${id}`]);
    expect(await db().select().from(memberships)).toMatchObject([{ memberId: 'bo', goneAt: null }]);
    expect(await asked(looks)).toEqual([]);
    await passes(24 * 60);
    expect(await asked(reads)).toEqual([`members ${id}`]);
    // What a request was filed under names it still, until that is decided.
    await waitsUnder(testRule(1));
    // The group is still there, as far as anybody knows.
    shows('groups', '/', new AzureFault('not_allowed', { message: 'no' }));
    await db()
      .insert(approvalPolicies)
      .values({ version: 2, document: { ...document, rules: [] }, ...by });
    await passes(24 * 60);
    expect(await asked(reads)).toEqual([`members ${id}`]);
    await db().update(requestApprovals).set({ state: 'denied' });
    await passes(24 * 60);
    expect(await asked(reads)).toEqual([]);
    await empty('approval_policies requests');
  });

  test('asks about what should be over by now', async () => {
    shows('entra_active', '/', {
      assignments: [held('a', { kind: 'time_bound', endsAt: new Date(Date.now() - 1000) })],
    });
    await reads();
    await looks();
    expect(calls).toContain('entra_active ada');
    expect(await inForce()).toEqual([]);
  });

  test('tries again what could not be read, and reads a new subscription whole', async () => {
    shows('users', '/', closed());
    await reads();
    shows('users', '/', {});
    const place = '/subscriptions/new';
    shows('azure_scopes', '/', {
      parts: [
        { list: 'azure_active', place },
        { list: 'key_vaults', place },
      ],
    });
    await looks();
    expect(calls).toEqual(
      expect.arrayContaining(['users /', `azure_active ${place}`, `key_vaults ${place}`]),
    );
    await looks();
    for (const call of ['users /', `azure_active ${place}`, `key_vaults ${place}`])
      expect(calls).not.toContain(call);
    // From now on its log tells what changes there.
    expect(calls).toContain(`azure_changes ${place}`);
  });

  test('that cannot read a log says nothing of the tenant, and everything is read every hour', async () => {
    await reads();
    shows('directory_changes', '/', closed());
    await passes(4 * 60);
    await reads();
    expect(await db().transaction((tx) => isReadLately(tx))).toBe(false);
    expect(await reads()).toMatchObject({ kind: 'full' });
    await looks();
    await passes(60);
    expect(await reads()).toMatchObject({ kind: 'full' });
  });

  test('that found nothing leaves no trace; one that did is on record', async () => {
    await reads();
    const entriesOf = (id: string) => db().select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(await entriesOf((await looks()).id)).toEqual([]);
    tells('e1', 'users', 'ada');
    expect((await entriesOf((await looks()).id)).map(({ action }) => action)).toEqual([
      'inventory.changes_read',
    ]);
  });

  test('under way gives way to an administrator who wants everything read', async () => {
    await reads();
    await passes(6);
    expect(await takeDueReading(randomUUID)).toBe(true);
    const actor = {
      tenantId: '',
      objectId: 'mira',
      name: 'Mira',
      upn: '',
      roles: ['Stint.Administrator'] as const,
    };
    await askReading(asPerson({ ...actor, roles: [...actor.roles] }, randomUUID()));
    const open = await db().select().from(inventoryRuns).where(isNull(inventoryRuns.finishedAt));
    expect(open.map(({ kind }) => kind)).toEqual(['full']);
  });

  test('killed after a page goes on, and follows what the page told', async () => {
    shows('entra_active', '/', { assignments: [held('a')] });
    await reads();
    tells('e1', 'entra_active', 'ada');
    shows('entra_active', 'ada', new Error('killed'));
    await passes(6);
    expect(await takeDueReading(randomUUID)).toBe(true);
    const [open] = await db().select().from(inventoryRuns).where(isNull(inventoryRuns.finishedAt));
    await expect(lane(open?.id ?? '')).rejects.toThrow('killed');
    await db().update(inventoryParts).set({ leasedUntil: null });
    shows('entra_active', 'ada', {});
    await lane(open?.id ?? '');
    expect(await inForce()).toEqual([]);
  });

  test('is forgotten after days, with the lines it followed', async () => {
    await reads();
    tells('e1', 'users', 'ada');
    const { id } = await looks();
    await passes(16);
    await looks();
    await passes(9 * 24 * 60);
    await sweepReadings();
    expect(await db().select().from(inventoryRuns).where(eq(inventoryRuns.id, id))).toEqual([]);
    expect(await db().$count(tellings)).toBe(0);
  });
});
