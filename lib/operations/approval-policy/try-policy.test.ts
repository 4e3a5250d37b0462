import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { testDatabase } from '#db/testing.ts';
import { testFreeze, testRule, testStage } from '#lib/domain/approval-testing.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import { ownRules, previewOwn } from './own-rules.ts';
import { savePolicy } from './save-policy.ts';
import {
  administrator,
  as,
  group,
  ids,
  inGroup,
  isAway,
  linked,
  named,
  policyOf,
  roleCan,
  strangers,
  tenant,
} from './testing.ts';
import { tryPolicy } from './try-policy.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());

const role = {
  ...{ plane: 'azure' as const, roleId: 'contributor', scopeId: '/subscriptions/s1' },
  ...{ roleName: 'Contributor', scopeName: 'Production', scopeKind: 'subscription' as const },
};
const other = { ...role, scopeId: '/subscriptions/s2', scopeName: 'Staging' };
beforeEach(async () => {
  await tenant();
  await empty('mirror_eligible mirror_policies');
  for (const one of [role, other])
    await db()
      .insert(mirrorEligible)
      .values({ ...one, principalId: ids.ada, eligibilityId: one.scopeId });
});

const escalation = { afterMinutes: 60, approvers: [named('dana'), named('ada')] };
const stages = [testStage({ approvers: [group], escalation })];
const long = testRule(
  1,
  { longerThanMinutes: 60, scopes: [{ id: role.scopeId, name: 'Production' }] },
  stages,
);
const document = policyOf({ rules: [long] });
const trial = { personId: ids.ada, role, minutes: 120, startsAt: null, ticketNumber: '', policy: null };
const saved = (policy = document) => savePolicy(administrator, { document: policy, note: 'x', version: 0 });

describe('trying the policy', () => {
  test('shows what would happen, why, who could sign now, and who is left out', async () => {
    await saved();
    await inGroup('ada', 'adaAdmin', 'bo', 'cy');
    await linked('ada', 'adaAdmin');
    await isAway('cy', 'eli');
    await roleCan('contributor', '*/read');
    const told = await tryPolicy(administrator, trial);
    expect(told).toMatchObject({ is: 'stages', name: 'Rule 1', held: { by: 'advisory' } });
    expect(told.trail[0]?.lines.map(({ condition, holds }) => `${condition}: ${holds}`)).toEqual([
      'at Production or below: true',
      'longer than 1 h: true',
    ]);
    expect(told.stages[0]?.approvers.map(({ name, forName }) => [name, forName])).toEqual([
      ['bo', null],
      ['eli', 'cy'],
    ]);
    expect(told.stages[0]?.later).toEqual({ afterMinutes: 60, names: ['dana'] });
    expect(told.stages[0]?.leftOut.map(({ name }) => name)).toEqual(['ada', 'adaAdmin', 'cy']);
    expect(await tryPolicy(administrator, { ...trial, minutes: 60 })).toMatchObject({
      is: 'none',
      name: null,
    });
  });

  test('takes one that is not saved yet, and keeps nothing', async () => {
    await saved();
    const before = await db().$count(auditEntries);
    const frozen = policyOf({
      freezes: [testFreeze(9, { from: '2026-01-01T00:00:00Z', until: '2126-01-01T00:00:00Z' })],
    });
    expect((await tryPolicy(administrator, { ...trial, policy: frozen })).is).toBe('frozen');
    const broken = policyOf({ rules: [testRule(1, {}, [])] });
    await expect(tryPolicy(administrator, { ...trial, policy: broken })).rejects.toMatchObject({
      code: 'malformed',
    });
    expect(await db().$count(auditEntries)).toBe(before);
    expect((await tryPolicy(administrator, trial)).is).toBe('stages');
  });

  test('is nobody else’s, and is about people Stint knows', async () => {
    for (const ctx of strangers)
      await expect(tryPolicy(ctx, trial)).rejects.toMatchObject({ code: 'not_found' });
    const nobody = { ...trial, personId: '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90' };
    await expect(tryPolicy(administrator, nobody)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what a person sees of the policy before they ask', () => {
  const extension = { ours: true, enabled: true };
  test('is what holds the stages, at the roles a rule can be about', async () => {
    expect(await ownRules(as('ada').actor)).toEqual({ held: {}, isAny: false });
    await saved();
    const { held } = await ownRules(as('ada').actor);
    expect(Object.keys(held)).toEqual([roleKey(role)]);
    expect(held[roleKey(role)]?.by).toBe('advisory');
    const { plane, roleId, scopeId } = role;
    await db()
      .insert(mirrorPolicies)
      .values({ plane, roleId, scopeId, facts: { ...unknownPolicy, extension }, readAt: sql`now()` });
    expect((await ownRules(as('ada').actor)).held[roleKey(role)]?.by).toBe('pim_extension');
  });

  test('is whom each of their roles would wait for; of what is not theirs they hear nothing', async () => {
    await saved();
    await inGroup('bo');
    const wanted = { startsAt: null, ticketNumber: '', roles: [{ key: roleKey(role), minutes: 120 }] };
    expect(await previewOwn(as('ada').actor, wanted)).toMatchObject([
      { is: 'stages', name: 'Rule 1', stages: [{ signatures: 1, approvers: ['bo'] }] },
    ]);
    expect(await previewOwn(as('bo').actor, wanted)).toEqual([]);
    const short = {
      ...wanted,
      roles: [
        { key: roleKey(role), minutes: 30 },
        { key: roleKey(other), minutes: 120 },
      ],
    };
    expect(await previewOwn(as('ada').actor, short)).toEqual([]);
  });
});
