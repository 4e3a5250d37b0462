/** What Azure may have been told is never forgotten: by a switch, a lost answer, a guard or a withdrawal. */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { assignments, memberships } from '#db/schema/inventory.ts';
import { breakGlassAccounts, effectiveMembers } from '#db/schema/posture.ts';
import { applierSwitches } from '#db/schema/reviews.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { askUndo } from './ask-undo.ts';
import { noteChange } from './move-change.ts';
import { releaseChanges } from './release-changes.ts';
import { applierBench } from './testing.ts';
import { withdrawChange } from './withdraw-change.ts';

let bench: Awaited<ReturnType<typeof applierBench>>;
beforeAll(async () => {
  bench = await applierBench();
});
afterAll(() => bench?.close());
beforeEach(() => bench.reset());

const mira = () => bench.as('mira', 'Stint.Administrator');
const lost = () => {
  throw new AzureFault('unknown_outcome', { message: 'socket hang up' });
};

test('switched off after Azure was told: it is looked at, cannot be withdrawn, and is done when the tenant shows it', async () => {
  const id = await bench.asks(await bench.stands('ada'));
  bench.azure.answer = lost;
  await bench.applies(id);
  await db().delete(applierSwitches);
  await bench.applies(id);
  expect((await bench.change(id)).state).toBe('confirming');
  await expect(withdrawChange(mira(), id)).rejects.toMatchObject({ code: 'conflict' });
  bench.azure.there.clear();
  await bench.runs();
  expect(await bench.change(id)).toMatchObject({ state: 'done', outcome: 'removed' });
  expect(bench.azure.acts).toHaveLength(1);
});

test('a guard that speaks up after Azure was told: no command, and no withdrawing until the old state stays', async () => {
  const id = await bench.asks(await bench.stands('ada'));
  bench.azure.answer = lost;
  await bench.applies(id);
  await db().insert(breakGlassAccounts).values({ principalId: 'ada', name: 'ada', namedAs: 'ada' });
  await bench.applies(id);
  expect(await bench.change(id)).toMatchObject({
    ...{ state: 'blocked', outcome: 'break_glass', manualCommand: null },
  });
  await expect(withdrawChange(mira(), id)).rejects.toMatchObject({ code: 'conflict' });
  await bench.advance(61);
  await bench.proves(id);
  await withdrawChange(mira(), id);
  expect((await bench.change(id)).state).toBe('withdrawn');
});

test('a plain no means that nothing was done: that may be withdrawn', async () => {
  const id = await bench.asks(await bench.stands('ada'));
  bench.azure.answer = () => ({ is: 'obstacle', outcome: 'locked', why: '' });
  await bench.applies(id);
  await withdrawChange(mira(), id);
  expect((await bench.change(id)).state).toBe('withdrawn');
});

test('a conversion half done cannot be withdrawn', async () => {
  const id = await bench.asks(await bench.stands('ada'), { verb: 'make_eligible' });
  bench.azure.answer = (step) => (step === 'remove' ? { is: 'obstacle', outcome: 'locked', why: '' } : null);
  await bench.runs();
  expect((await bench.change(id)).state).toBe('blocked');
  await expect(withdrawChange(mira(), id)).rejects.toMatchObject({ code: 'conflict' });
});

test('what undo needs is kept before a membership is left, also when the answer is lost', async () => {
  const kept = await bench.stands('g1', { principalKind: 'group' });
  bench.azure.there.add('ada|member|g1|assigned');
  const id = await bench.asks(kept, { way: 'membership', wayGroupId: 'g1', principalId: 'ada' });
  bench.azure.answer = (step) =>
    step === 'leave' && bench.azure.there.delete('ada|member|g1|assigned') ? lost() : null;
  await bench.runs();
  expect(await bench.change(id)).toMatchObject({
    ...{ state: 'done', outcome: 'removed', progress: { left_plain: 'for good' } },
  });
});

test('told, stuck and tried again: what is found gone then was taken by us, and can be given back', async () => {
  const id = await bench.asks(await bench.stands('ada'));
  bench.azure.answer = () => ({ is: 'told', facts: {} });
  await bench.runs();
  await bench.advance(61);
  await bench.wasRead();
  await bench.proves(id);
  expect((await bench.change(id)).state).toBe('blocked');
  bench.azure.there.clear();
  bench.azure.answer = null;
  await releaseChanges(mira(), [id]);
  await bench.runs();
  expect(await bench.change(id)).toMatchObject({ state: 'done', outcome: 'removed' });
  expect(await askUndo(mira(), id)).toBeTruthy();
});

test('out of one group and still within by another is not removed: the other is named', async () => {
  await bench.principal('g1', { kind: 'group', name: 'sg-owners' });
  const ofGroup = await bench.stands('g1', { principalKind: 'group' });
  // As a review freezes it: whom it is about, and the group's assignment.
  const kept = { ...ofGroup, principalId: 'ada', principalName: 'Ada', principalKind: 'member' as const };
  await bench.principal('g2', { kind: 'group', name: 'sg-nested' });
  for (const one of ['ada|member|g1', 'ada|member|g2', 'g2|member|g1']) {
    bench.azure.there.add(`${one}|assigned`);
  }
  const seen = { seenIn: '00000000-0000-4000-8000-000000000001', firstSeenAt: new Date() };
  await db()
    .insert(memberships)
    .values({ groupId: 'g2', memberId: 'ada', ...seen });
  await db().insert(effectiveMembers).values({ groupId: 'g1', memberId: 'g2', through: [] });
  const id = await bench.asks(kept, { way: 'membership', wayGroupId: 'g1', principalId: 'ada' });
  await bench.runs();
  expect((await bench.change(id)).state).toBe('confirming');
  await bench.advance(6);
  await bench.proves(id);
  const stuck = await bench.change(id);
  expect(stuck).toMatchObject({ state: 'blocked', outcome: 'inherited' });
  expect(stuck.explanation).toContain('sg-nested still leads into sg-owners');
  bench.azure.there.delete('ada|member|g2|assigned');
  await bench.advance(6);
  await bench.proves(id);
  await bench.advance(6);
  await bench.proves(id);
  expect(await bench.change(id)).toMatchObject({ state: 'done', outcome: 'removed' });
});

test('what is no longer what was reviewed waits for a person, without a command that deletes it', async () => {
  const id = await bench.asks(await bench.stands('ada'));
  bench.azure.answer = () => ({ is: 'obstacle', outcome: 'changed_since', why: '' });
  await bench.runs();
  expect(await bench.change(id)).toMatchObject({
    ...{ state: 'blocked', outcome: 'changed_since', manualCommand: null },
  });
});

test('a change is written over exactly what was seen: a note that came between is not lost', async () => {
  const id = await bench.asks(await bench.stands('ada'));
  const seen = await bench.change(id);
  const notes = (explanation: string) => transaction((tx) => noteChange(tx, seen, { explanation }));
  await notes('first');
  await expect(notes('second')).rejects.toMatchObject({ code: 'conflict' });
  expect((await bench.change(id)).explanation).toBe('first');
});

describe('where the Reader may not look', () => {
  const mayNot = () => {
    bench.azure.shows = async () => {
      throw new AzureFault('not_allowed', {
        status: 400,
        code: 'InsufficientPermissions',
        message: 'Not there.',
      });
    };
  };

  test('what a later reading no longer shows is gone', async () => {
    const kept = await bench.stands('ada');
    const id = await bench.asks(kept);
    mayNot();
    await bench.runs();
    expect((await bench.change(id)).state).toBe('confirming');
    await bench.advance(10);
    await db()
      .update(assignments)
      .set({ goneAt: sql`stint_now()` })
      .where(eq(assignments.id, kept.assignmentId));
    await bench.runs();
    expect(await bench.change(id)).toMatchObject({ state: 'done', outcome: 'removed' });
  });

  test('and what every reading still shows is a person’s to look at, with why', async () => {
    const id = await bench.asks(await bench.stands('ada'));
    mayNot();
    await bench.runs();
    await bench.advance(61);
    await bench.runs();
    const stuck = await bench.change(id);
    expect(stuck).toMatchObject({ state: 'blocked', outcome: 'failed' });
    expect(stuck.explanation).toContain('the Reader may not look there: Not there.');
  });
});
