/** What the lock-out guards know: who may still decide, who left already, and what is under way. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { assignments, inventoryRuns } from '#db/schema/inventory.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import { type Approver, unknownPolicy } from '#lib/domain/policy.ts';
import { applierBench } from './testing.ts';

const production = '/subscriptions/55555555-0001-4000-8000-000000000001';
const owner: Partial<AssignmentKept> = {
  ...({ plane: 'azure', scopeKind: 'subscription', scopeName: 'Production' } as const),
  ...{ roleId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', roleName: 'Owner', scopeId: production },
};

let bench: Awaited<ReturnType<typeof applierBench>>;
beforeAll(async () => {
  bench = await applierBench();
});
afterAll(() => bench?.close());
beforeEach(() => bench.reset());

/** Ways into a group, as `member` or `member through group`. */
async function isIn(groupId: string, ...ways: [string, ...string[]][]) {
  for (const [memberId, ...through] of ways) {
    await bench.principal(memberId);
    await db().insert(effectiveMembers).values({ groupId, memberId, through });
    bench.azure.there.add(`${memberId}|member|${groupId}|assigned`);
  }
}

const leaves = (kept: AssignmentKept, principalId: string, wayGroupId: string) =>
  bench.asks(kept, { way: 'membership', wayGroupId, principalId });

const asksApproval = (...approvers: Approver[]) =>
  db()
    .insert(mirrorPolicies)
    .values({
      ...{ plane: 'azure', roleId: owner.roleId ?? '', scopeId: production, readAt: new Date() },
      facts: { ...unknownPolicy, approval: true, approvers },
    });

describe('an approval', () => {
  const through = (id: string) => ({ id, name: id, through: 'sg-approvers' });
  const group = async (...ids: string[]) => {
    await bench.principal('g1', { kind: 'group', list: 'groups', name: 'sg-approvers' });
    await isIn('g1', ...ids.map((id): [string] => [id]));
    return bench.stands('g1', { principalKind: 'group' });
  };

  test('of two approvers who leave, one after the other, the second stays', async () => {
    const kept = await group('ada', 'bo');
    await asksApproval(through('ada'), through('bo'));
    const [one, other] = [await leaves(kept, 'ada', 'g1'), await leaves(kept, 'bo', 'g1')];
    await bench.runs();
    const states = [(await bench.change(one)).state, (await bench.change(other)).state];
    expect(states.toSorted()).toEqual(['done', 'refused']);
  });

  test('who is not known, or gone, approves nothing', async () => {
    const kept = await group('ada');
    await asksApproval(through('ada'), through('unknown'), through('left'));
    await bench.principal('left', { goneAt: new Date() });
    const id = await leaves(kept, 'ada', 'g1');
    await bench.runs();
    expect(await bench.change(id)).toMatchObject({ state: 'refused', outcome: 'no_live_approver' });
  });

  test('of two groups of the same name either may be the one, and so may a group within it', async () => {
    const kept = await group('zoe');
    await bench.principal('g2', { kind: 'group', list: 'groups', name: 'sg-approvers' });
    await isIn('g2', ['ada', 'g3']);
    await asksApproval(through('ada'));
    bench.azure.there.add('ada|member|g3|assigned');
    await db()
      .insert(mirrorPolicies)
      .values({
        ...{ plane: 'azure', roleId: 'other', scopeId: production, readAt: new Date() },
        facts: { ...unknownPolicy, approval: true, approvers: [through('zoe')] },
      });
    for (const id of [await leaves(kept, 'ada', 'g3'), await leaves(kept, 'zoe', 'g1')]) {
      await bench.applies(id);
      expect(await bench.change(id)).toMatchObject({ state: 'refused', outcome: 'no_live_approver' });
    }
  });

  test('that nobody can give makes nobody an administrator', async () => {
    await bench.stands('bo', { ...owner, kind: 'eligible' });
    await asksApproval(through('bo'));
    await bench.principal('cy');
    const id = await bench.asks(await bench.stands('ada', owner));
    await bench.runs();
    expect(await bench.change(id)).toMatchObject({ state: 'refused', outcome: 'last_administrator' });
    await db().delete(mirrorPolicies);
    await asksApproval({ id: 'cy', name: 'cy', through: null });
    const again = await bench.asks(await bench.stands('dan', owner));
    await db().update(assignments).set({ goneAt: new Date() }).where(eq(assignments.principalId, 'ada'));
    await bench.runs();
    expect((await bench.change(again)).state).toBe('done');
  });
});

describe('who left already', () => {
  const owners = async (...ways: [string, ...string[]][]) => {
    await bench.principal('g1', { kind: 'group', list: 'groups' });
    await isIn('g1', ...ways);
    return bench.stands('g1', { ...owner, principalKind: 'group' });
  };

  test('is no administrator any more, also while a reading is under way', async () => {
    const kept = await owners(['ada'], ['bo']);
    const first = await leaves(kept, 'ada', 'g1');
    await bench.runs();
    expect((await bench.change(first)).state).toBe('done');
    // The list of assignments is read anew; who is in which group is not spread yet.
    const later = randomUUID();
    await bench.advance(10);
    await bench.wasRead(later, false);
    await db().update(assignments).set({ seenIn: later });
    const second = await leaves(kept, 'bo', 'g1');
    await bench.runs();
    expect(await bench.change(second)).toMatchObject({ state: 'refused', outcome: 'last_administrator' });
  });

  test('by hand counts from when it was seen', async () => {
    const kept = await owners(['ada'], ['bo']);
    const first = await leaves(kept, 'ada', 'g1');
    bench.azure.answer = () => ({ is: 'obstacle', outcome: 'locked', why: '' });
    await bench.applies(first);
    bench.azure.there.delete('ada|member|g1|assigned');
    bench.azure.answer = null;
    await bench.advance(6);
    await bench.runs();
    expect((await bench.change(first)).state).toBe('done');
    const second = await leaves(kept, 'bo', 'g1');
    await bench.runs();
    expect((await bench.change(second)).state).toBe('refused');
  });

  test('with a group they are in has left too', async () => {
    const kept = await owners(['ada', 'g2'], ['bo']);
    await bench.principal('g2', { kind: 'group', list: 'groups' });
    bench.azure.there.add('g2|member|g1|assigned');
    const nested = await leaves(kept, 'g2', 'g1');
    await bench.applies(nested);
    const second = await leaves(kept, 'bo', 'g1');
    await bench.applies(second);
    expect(await bench.change(second)).toMatchObject({ state: 'waiting', outcome: 'last_administrator' });
  });
});

test('who may activate a membership can become an administrator, until that is taken', async () => {
  await bench.principal('g1', { kind: 'group', list: 'groups' });
  await bench.stands('g1', { ...owner, principalKind: 'group' });
  const eligible = { plane: 'group', roleId: 'member', scopeId: 'g1', kind: 'eligible' } as const;
  const membership = await bench.stands('bo', eligible);
  const standing = await bench.asks(await bench.stands('ada', owner));
  await bench.runs();
  expect((await bench.change(standing)).state).toBe('done');
  const last = await bench.asks(membership);
  await bench.runs();
  expect(await bench.change(last)).toMatchObject({ state: 'refused', outcome: 'last_administrator' });
});

test('what only another change under way forbids waits for it: told and stuck is under way', async () => {
  const [ada, bo] = [await bench.stands('ada', owner), await bench.stands('bo', owner)];
  const first = await bench.asks(ada);
  bench.azure.answer = (_, { kept }) => (kept.principalId === 'ada' ? { is: 'told', facts: {} } : null);
  await bench.runs();
  await bench.advance(61);
  await bench.wasRead();
  await bench.proves(first);
  expect((await bench.change(first)).state).toBe('blocked');
  const second = await bench.asks(bo);
  await bench.applies(second);
  const waits = await bench.change(second);
  expect(waits).toMatchObject({ state: 'waiting', outcome: 'last_administrator' });
  expect(waits.explanation).toContain('under way');
  bench.azure.there.delete(`ada|${ada.roleId}|${production}|assigned`);
  await bench.advance(6);
  await bench.runs();
  expect((await bench.change(first)).state).toBe('done');
  expect((await bench.change(second)).state).toBe('refused');
});

test('on what was read more than three hours ago nobody is judged: it waits for the next reading', async () => {
  const id = await bench.asks(await bench.stands('ada'));
  await bench.advance(181);
  await bench.runs();
  expect(await bench.change(id)).toMatchObject({ state: 'waiting', attempts: 0 });
  expect((await bench.change(id)).explanation).toContain('not read');
  await bench.wasRead();
  await bench.runs();
  expect((await bench.change(id)).state).toBe('done');
  expect(await db().$count(inventoryRuns)).toBe(2);
});

test('Stint’s own access through a group is its own', async () => {
  await isIn('g1', ['own']);
  await db().execute(`update principals set app_id = 'APP-READER' where id = 'own'`);
  const kept = await bench.stands('g1', { principalKind: 'group' });
  const id = await bench.asks(kept);
  await bench.applies(id, ['app-reader']);
  expect(await bench.change(id)).toMatchObject({ state: 'refused', outcome: 'not_allowed' });
  const again = await bench.asks(kept);
  await bench.runs();
  expect(await bench.change(again)).toMatchObject({ state: 'refused', outcome: 'not_allowed', attempts: 0 });
});

test('who administers under a condition is no administrator that is left', async () => {
  const kept = await bench.stands('ada', owner);
  const conditional = await bench.stands('bo', owner);
  const id = await bench.asks(kept);
  const { assignmentId } = conditional;
  await db().update(assignments).set({ condition: 'only some' }).where(eq(assignments.id, assignmentId));
  await bench.runs();
  expect(await bench.change(id)).toMatchObject({ state: 'refused' });
  await db().update(assignments).set({ condition: null }).where(eq(assignments.id, assignmentId));
  const again = await bench.asks(kept);
  await bench.runs();
  expect(await bench.change(again)).toMatchObject({ state: 'done' });
});

describe('nobody is counted on to be left', () => {
  test('whom a list that cannot be read any more showed once: it waits until they are seen', async () => {
    const kept = await bench.stands('ada', owner);
    const { assignmentId } = await bench.stands('bo', owner);
    await bench.advance(60);
    const later = randomUUID();
    await bench.wasRead(later);
    const seen = (seenIn: string) =>
      db().update(assignments).set({ seenIn }).where(eq(assignments.id, assignmentId));
    await seen(randomUUID());
    const id = await bench.asks(kept);
    await bench.applies(id);
    expect(await bench.change(id)).toMatchObject({ state: 'waiting', outcome: 'last_administrator' });
    expect((await bench.change(id)).explanation).toContain('read lately');
    await seen(later);
    await bench.advance(1);
    await bench.runs();
    expect((await bench.change(id)).state).toBe('done');
  });

  test.each(['time_bound', 'activated', 'eligible'] as const)(
    'who is in the group that administers until tomorrow, by what is %s; for longer they are',
    async (kind) => {
      await bench.principal('g1', { kind: 'group', list: 'groups' });
      await bench.stands('g1', { ...owner, principalKind: 'group' });
      const endsAt = new Date(Date.now() + 86_400_000).toISOString();
      const member = { plane: 'group', roleId: 'member', scopeId: 'g1' } as const;
      const membership = await bench.stands('bo', { ...member, kind, endsAt });
      if (kind !== 'eligible')
        await db().insert(effectiveMembers).values({ groupId: 'g1', memberId: 'bo', through: [] });
      const kept = await bench.stands('ada', owner);
      const id = await bench.asks(kept);
      await bench.runs();
      expect(await bench.change(id)).toMatchObject({ state: 'refused', outcome: 'last_administrator' });
      const months = new Date(Date.now() + 90 * 86_400_000);
      await db()
        .update(assignments)
        .set({ endsAt: months })
        .where(eq(assignments.id, membership.assignmentId));
      const again = await bench.asks(kept);
      await bench.runs();
      expect((await bench.change(again)).state).toBe('done');
    },
  );
});
