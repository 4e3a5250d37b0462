import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { childScopes } from '#db/schema/child-scopes.ts';
import { inventoryRuns, principals } from '#db/schema/inventory.ts';
import { hangs, managementGroup, testDatabase, testTenant } from '#db/testing.ts';
import type { ApprovalRule, Conditions } from '#lib/domain/approval-policy.ts';
import { testAutomatic, testRule } from '#lib/domain/approval-testing.ts';
import { saveSchedule } from '#lib/operations/schedules/save-schedule.ts';
import { approvalJudge } from './judge-filing.ts';
import { savePolicy } from './save-policy.ts';
import { administrator, groupIsRead, ids, inGroup, policyOf, reading, roleCan, tenant } from './testing.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(tenant);

const role = {
  ...{ plane: 'azure' as const, roleId: 'contributor', scopeId: '/subscriptions/s1' },
  scopeKind: 'subscription' as const,
};
let version = 0;
async function verdict(rules: ApprovalRule[], at = role, ticketNumber = '') {
  version = await savePolicy(administrator, { document: policyOf({ rules }), note: 'x', version });
  return transaction(async (tx) => {
    const submit = { ticketNumber, startsAt: null };
    const judge = await approvalJudge(tx, { objectId: ids.ada }, submit, [role, at], await clock(tx));
    expect(judge.policyVersion).toBe(version);
    return judge.verdictOf(at, 60).is;
  });
}
/** What the role may do was read: nothing dangerous. */
const isHarmless = () => roleCan('contributor', 'Microsoft.Compute/virtualMachines/read');
const staged = (when: Partial<Conditions>, at = role) => verdict([testRule(1, when)], at);
beforeEach(() => {
  version = 0;
});

describe('an ask is judged by what is known inside the transaction', () => {
  test('nothing, where nobody saved a policy', async () => {
    const judge = await transaction(async (tx) =>
      approvalJudge(tx, { objectId: ids.ada }, { ticketNumber: '', startsAt: null }, [role], await clock(tx)),
    );
    expect([judge.policyVersion, judge.verdictOf(role, 60).is]).toEqual([0, 'none']);
  });

  test('the requester’s groups by the last reading; as if in all of them, where there was none', async () => {
    await isHarmless();
    const groups = [{ id: ids.group, name: 'g' }];
    // Who is in it nobody has read yet.
    expect(await staged({ groups })).toBe('stages');
    await groupIsRead();
    expect(await staged({ groups })).toBe('none');
    await inGroup('ada');
    expect(await staged({ groups })).toBe('stages');
    expect(await verdict([testAutomatic(1, { groups })])).toBe('automatic');
    await db().delete(inventoryRuns);
    expect(await verdict([testAutomatic(1, { groups })])).toBe('none');
    expect(await staged({ groups: [{ id: ids.eli, name: 'other' }] })).toBe('stages');
  });

  test('groups that were last read more than a day ago as unknown, whoever was in them', async () => {
    await isHarmless();
    await groupIsRead();
    await inGroup('ada');
    const groups = [{ id: ids.group, name: 'g' }];
    const ofGroup = [testAutomatic(1, { groups })];
    await reading(23);
    await db().delete(inventoryRuns).where(sql`finished_at > stint_now() - interval '22 hours'`);
    expect(await verdict(ofGroup)).toBe('automatic');
    await db().delete(inventoryRuns);
    await reading(25);
    expect(await verdict(ofGroup)).toBe('none');
    expect(await staged({ groups: [{ id: ids.eli, name: 'other' }] })).toBe('stages');
  });

  test('whether they are a guest', async () => {
    expect(await staged({ guests: true })).toBe('none');
    await db().update(principals).set({ kind: 'guest' }).where(eq(principals.id, ids.ada));
    expect(await staged({ guests: true })).toBe('stages');
  });

  test('a role whose definition was never read as a critical one', async () => {
    expect(await staged({ critical: true })).toBe('stages');
    expect(await verdict([testAutomatic(1)])).toBe('none');
  });

  test('a narrower place below the scope that was asked for', async () => {
    const narrower = { ...role, scopeId: '/subscriptions/s1/resourceGroups/rg' };
    expect(await staged({ scopes: [{ id: '/subscriptions/S1', name: 's1' }] }, narrower)).toBe('stages');
    const beside = { ...role, scopeId: '/subscriptions/s1/resourceGroups/rg2' };
    expect(await staged({ scopes: [{ id: narrower.scopeId, name: 'rg' }] }, beside)).toBe('none');
  });

  test('management groups as far as they are known: maybe, until they are known up to the root', async () => {
    const mg = (name: string) => `/providers/microsoft.management/managementgroups/${name}`;
    const scopes = [{ id: mg('other'), name: 'other' }];
    expect(await staged({ scopes })).toBe('stages');
    const below = (parentId: string, id: string) => ({
      ...{ principalId: ids.eli, parentId, id, name: id, kind: 'management_group' as const },
    });
    await db()
      .insert(childScopes)
      .values([below(mg('platform'), '/subscriptions/S1'), below(mg(testTenant), mg('platform'))]);
    expect(await staged({ scopes })).toBe('none');
    expect(await staged({ scopes: [{ id: mg('platform'), name: 'platform' }] })).toBe('stages');
  });

  test('a wider scope than a rule names, whose part that is: a resource group, a subscription, a management group', async () => {
    const scopes = (id: string) => [{ id, name: 'named' }];
    const at = (scopeId: string) => ({ ...role, scopeId });
    const group = managementGroup('platform');
    expect(await staged({ scopes: scopes('/subscriptions/S1/resourceGroups/rg') })).toBe('stages');
    expect(await staged({ scopes: scopes('/subscriptions/s10') })).toBe('none');
    expect(await staged({ scopes: scopes('/administrativeUnits/u') })).toBe('none');
    expect(await staged({ scopes: scopes('/subscriptions/s1') }, at('/'))).toBe('stages');
    // What hangs below it nobody has read: it may.
    expect(await staged({ scopes: scopes('/subscriptions/s1') }, at(group))).toBe('stages');
    await hangs(managementGroup(testTenant), group, managementGroup('other'));
    await hangs(managementGroup('other'), '/subscriptions/s2');
    await hangs(group, '/subscriptions/s1');
    expect(await staged({ scopes: scopes('/subscriptions/s1/resourceGroups/rg') }, at(group))).toBe('stages');
    expect(await staged({ scopes: scopes('/subscriptions/s2') }, at(group))).toBe('none');
    expect(await staged({ scopes: scopes('/subscriptions/s2') }, at(managementGroup(testTenant)))).toBe(
      'stages',
    );
  });

  test('management groups as the Reader saw them, whatever somebody was told before', async () => {
    const mg = (name: string) => `/providers/microsoft.management/managementgroups/${name}`;
    await db()
      .insert(childScopes)
      .values({
        principalId: ids.eli,
        parentId: mg('old'),
        id: '/subscriptions/S1',
        name: 's1',
        kind: 'subscription',
      });
    await hangs(mg('new'), '/subscriptions/s1');
    await hangs(mg(testTenant), mg('new'), mg('old'));
    expect(await staged({ scopes: [{ id: mg('new'), name: 'new' }] })).toBe('stages');
    expect(await staged({ scopes: [{ id: mg('old'), name: 'old' }] })).toBe('none');
  });

  test('who is on call by a schedule', async () => {
    const people = [{ id: ids.bo, name: 'bo' }];
    const rotation = { zone: 'UTC', people, weekday: 1, time: '09:00', lengthDays: 7, from: '2026-01-01' };
    const first = { id: null, version: 0, name: 'Platform', rotation };
    const id = await saveSchedule(administrator, first);
    const onCall = [{ id, name: 'Platform' }];
    expect(await staged({ onCall })).toBe('none');
    const mine = { ...rotation, people: [{ id: ids.ada, name: 'ada' }] };
    await saveSchedule(administrator, { ...first, id, version: 1, rotation: mine });
    expect(await staged({ onCall })).toBe('stages');
  });

  test('no ticket as no change', async () => {
    expect(await staged({ inChangeWindow: true })).toBe('none');
  });
});
