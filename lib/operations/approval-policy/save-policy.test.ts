import { desc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { testDatabase } from '#db/testing.ts';
import { testRule } from '#lib/domain/approval-testing.ts';
import { policyInForce } from './policy-in-force.ts';
import { restorePolicy, savePolicy } from './save-policy.ts';
import { administrator, policyOf, strangers, tenant } from './testing.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(tenant);

const one = policyOf({ rules: [testRule(1)] });
const two = policyOf({ rules: [testRule(1), testRule(2)] });
const saves = (document = one, version = 0, ctx = administrator) =>
  savePolicy(ctx, { document, note: 'Agreed in the platform meeting', version });

describe('a version of the approval policy', () => {
  test('is put in force on record, and those before stay as they were', async () => {
    expect(await policyInForce(db())).toMatchObject({ version: 0, policy: { rules: [] } });
    expect(await saves()).toBe(1);
    expect(await saves(two, 1)).toBe(2);
    expect(await policyInForce(db())).toEqual({ version: 2, policy: two });
    const [first] = await db().select().from(approvalPolicies).where(eq(approvalPolicies.version, 1));
    expect(first?.document).toEqual(one);
    const [entry] = await db().select().from(auditEntries).orderBy(desc(auditEntries.seq)).limit(1);
    expect(entry).toMatchObject({ action: 'approval_policy.changed', actorName: 'dana' });
    expect(entry?.details).toMatchObject({ before: one, after: two, note: 'Agreed in the platform meeting' });
  });

  test('is restored as a new one', async () => {
    await saves();
    await saves(two, 1);
    expect(await restorePolicy(administrator, { restored: 1, note: 'Back', version: 2 })).toBe(3);
    expect(await policyInForce(db())).toEqual({ version: 3, policy: one });
    await expect(restorePolicy(administrator, { restored: 9, note: 'x', version: 3 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is nobody else’s to save or restore, not even to know of', async () => {
    await saves();
    const entries = await db().$count(auditEntries);
    for (const ctx of strangers) {
      await expect(saves(two, 1, ctx)).rejects.toMatchObject({ code: 'not_found' });
      await expect(restorePolicy(ctx, { restored: 1, note: 'x', version: 1 })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(await db().$count(auditEntries)).toBe(entries);
  });

  test('has ids in lower case, as they are compared', async () => {
    const shouted = testRule(1, { groups: [{ id: 'ABCDEF00-0000-4000-8000-000000000001', name: 'SG' }] });
    await saves(policyOf({ rules: [shouted] }));
    const { policy } = await policyInForce(db());
    expect(policy.rules[0]?.when.groups).toEqual([
      { id: 'abcdef00-0000-4000-8000-000000000001', name: 'SG' },
    ]);
  });

  test('that is at fault, or says not why, is refused with the field', async () => {
    const broken = policyOf({ rules: [testRule(1, {}, [])] });
    await expect(saves(broken)).rejects.toMatchObject({ code: 'malformed', field: 'rules.0.stages' });
    const silent = savePolicy(administrator, { document: one, note: '', version: 0 });
    await expect(silent).rejects.toMatchObject({ code: 'malformed', field: 'note' });
    expect(await db().$count(approvalPolicies)).toBe(0);
  });

  test('saved by two at once is saved by one', async () => {
    const outcomes = await Promise.allSettled([saves(one), saves(two)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
    await expect(saves(two, 0)).rejects.toMatchObject({ code: 'conflict' });
  });
});
