/** What is read of all reviews, and of all items of one. */
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { onChange } from '#db/changes.ts';
import { db } from '#db/client.ts';
import { accessChanges, campaigns } from '#db/schema/reviews.ts';
import { testDatabase } from '#db/testing.ts';
import { closeNow } from '#lib/operations/reviews/close-campaign.ts';
import {
  administrator,
  as,
  emptyTenant,
  holds,
  is,
  opens,
  submits,
} from '#lib/operations/reviews/testing.ts';
import { allItems } from './all-items.ts';
import { changesFor } from './changes.ts';
import type { AllItemsFilter } from './review-rows.ts';
import { reviewsOverview } from './reviews-overview.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(async () => {
  await emptyTenant();
  for (const id of ['ann', 'bo', 'cy']) await is(id);
});

const { actor: adele } = administrator;
const auditor = as('audrey', 'Stint.Auditor').actor;
const rea = as('rea');

test('neither is open to who is only asked', async () => {
  await holds('ann');
  const id = await opens();
  for (const viewer of [rea.actor, as('ann').actor]) {
    expect(await allItems(viewer, id, {}, null)).toBeNull();
    expect(await reviewsOverview(viewer)).toBeNull();
  }
  for (const viewer of [adele, auditor, as('ray', 'Stint.Reviewer').actor]) {
    expect((await allItems(viewer, id, {}, null))?.page.rows).toHaveLength(1);
    expect(await reviewsOverview(viewer)).toMatchObject({ open: { campaigns: 1, items: 1 } });
  }
  expect(await allItems(adele, 'no id', {}, null)).toBeNull();
});

test('all items are listed by person with who is asked, what was decided and what became of it', async () => {
  for (const one of ['ann', 'bo', 'cy']) await holds(one);
  const id = await opens({ apply: 'auto' });
  await submits(rea, id, 'remove', 'ann');
  const names = async (filter: AllItemsFilter) =>
    (await allItems(auditor, id, filter, null))?.page.rows.map(({ principalName }) => principalName);
  expect(await names({})).toEqual(['ann', 'bo', 'cy']);
  expect(await names({ state: 'submitted' })).toEqual(['ann']);
  expect(await names({ state: 'undecided' })).toEqual(['bo', 'cy']);
  expect(await names({ decision: 'remove' })).toEqual(['ann']);
  expect(await names({ text: 'REA' })).toEqual(['ann', 'bo', 'cy']);
  expect(await names({ text: 'bo' })).toEqual(['bo']);
  await closeNow(administrator, id);
  expect(await names({ state: 'silence' })).toEqual(['bo', 'cy']);
  const [first] = (await allItems(auditor, id, {}, null))?.page.rows ?? [];
  expect(first).toMatchObject({
    ...{ reviewers: ['rea'], decision: 'remove', decidedByName: 'rea' },
    change: { state: 'waiting', undo: null },
  });
});

test('all items come page by page, each once, and back again', async () => {
  for (let n = 0; n < 60; n++) {
    await is(`p${n}`);
    await holds(`p${n}`);
  }
  const id = await opens();
  const first = await allItems(adele, id, {}, null);
  const second = await allItems(adele, id, {}, first?.page.next ?? '');
  const seen = [...(first?.page.rows ?? []), ...(second?.page.rows ?? [])].map((row) => row.id);
  expect([seen.length, new Set(seen).size]).toEqual([60, 60]);
  const back = await allItems(adele, id, {}, second?.page.previous ?? '');
  expect(back?.page.rows.map((row) => row.id)).toEqual(seen.slice(0, 50));
});

test('of all reviews: what is open, who is late, what was decided and what of it is so', async () => {
  expect(await reviewsOverview(adele)).toBeNull();
  for (const one of ['ann', 'bo', 'cy']) await holds(one);
  const closed = await opens({ apply: 'auto' });
  await submits(rea, closed, 'remove', 'ann', 'bo');
  await closeNow(administrator, closed);
  await db()
    .update(accessChanges)
    .set({ state: 'done', outcome: 'removed' })
    .where(sql`principal_id = 'ann'`);
  const open = await opens();
  await submits(rea, open, 'keep', 'ann');
  expect(await reviewsOverview(adele)).toMatchObject({
    open: { campaigns: 1, items: 3, drafts: 0, submitted: 1, overdue: 0 },
    overdue: [],
  });
  await db()
    .update(campaigns)
    .set({ reminded: [7] });
  expect(await reviewsOverview(auditor)).toMatchObject({
    ...{ open: { overdue: 1 }, overdue: [{ id: 'rea', left: 2, campaigns: 1, closesAt: expect.any(Date) }] },
    decisions: [
      { decision: 'keep', byPeople: 1, bySilence: 1 },
      { decision: 'remove', byPeople: 2, bySilence: 0 },
      { decision: 'make_eligible', byPeople: 0, bySilence: 0 },
      { decision: 'make_time_bound', byPeople: 0, bySilence: 0 },
    ],
    applied: [{ verb: 'remove', decided: 2, done: 1, givenBack: 0, open: 1 }],
    months: [
      {
        month: new Date().toISOString().slice(0, 7),
        ...{ campaigns: 1, items: 3, taken: 2, done: 1, givenBack: 0 },
      },
    ],
  });
});

test('whoever may read reviews hears that somebody decided; who may not does not', async () => {
  await holds('ann');
  const id = await opens();
  const heard: string[] = [];
  const stops = await Promise.all([
    changesFor(auditor, () => heard.push('auditor')),
    changesFor(as('dee').actor, () => heard.push('stranger')),
  ]);
  let isThrough = false;
  const stop = await onChange((whose) => {
    isThrough ||= whose === 'rea';
  });
  await submits(rea, id, 'keep', 'ann');
  await expect.poll(() => isThrough && heard.includes('auditor')).toBe(true);
  expect(heard).not.toContain('stranger');
  for (const one of [...stops, stop]) one();
});
