import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { campaigns, itemReviewers } from '#db/schema/reviews.ts';
import { testDatabase } from '#db/testing.ts';
import type { ItemDecision } from '#lib/domain/campaign.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { cancelCampaign } from './cancel-campaign.ts';
import { closeNow } from './close-campaign.ts';
import { decideItems } from './decide-items.ts';
import { handOn } from './hand-on.ts';
import { submitItems } from './submit-items.ts';
import {
  administrator,
  answersFor,
  as,
  askedAbout,
  campaign,
  changesOf,
  emptyTenant,
  holds,
  is,
  isIn,
  itemOf,
  itemsOf,
  makes,
  mayJoin,
  opens,
  told,
} from './testing.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(async () => {
  await emptyTenant();
  for (const id of ['ann', 'bo', 'cy']) {
    await is(id);
    await holds(id);
  }
});

const rea = as('rea');
async function decides(
  ctx: PersonContext,
  campaignId: string,
  holder: string,
  decision: ItemDecision = 'keep',
  rationale = 'Seen',
) {
  const { id, version } = await itemOf(campaignId, holder);
  return decideItems(ctx, { campaignId, items: [{ id, version }], decision, rationale });
}
const idsOf = async (campaignId: string, ...holders: string[]) =>
  Promise.all(holders.map(async (holder) => (await itemOf(campaignId, holder)).id));

test('about the access of another account of one’s own is nobody’s to make, nor to be asked for', async () => {
  await answersFor('bo', 'manager', 'ann');
  const by = { linkedByName: 'x', linkedAt: new Date(), ownerId: 'ann' };
  for (const accountId of ['ann', 'bo'])
    await db()
      .insert(linkedAccounts)
      .values({ accountId, accountName: accountId, ...by });
  try {
    const id = await opens({ reviewers: ['manager'], fallback: ['rea'] });
    expect(await askedAbout(id, 'ann')).toEqual(['rea fallback']);
    await db().update(itemReviewers).set({ reviewerId: 'bo' });
    expect((await decides(as('bo'), id, 'ann')).refused).toMatchObject([{ code: 'own_access' }]);
    expect((await decides(as('bo'), id, 'cy')).refused).toEqual([]);
  } finally {
    await db().delete(linkedAccounts);
  }
});

describe('a decision', () => {
  test('is a draft until it is submitted, and may be changed until the close', async () => {
    const id = await opens();
    await decides(rea, id, 'ann', 'remove', 'Moved on');
    expect(await itemOf(id, 'ann')).toMatchObject({
      ...{ decision: 'remove', rationale: 'Moved on', decidedById: 'rea', submittedAt: null },
    });
    expect(await submitItems(rea, { campaignId: id, itemIds: 'all' })).toBe(1);
    const { submittedAt } = await itemOf(id, 'ann');
    await decides(rea, id, 'ann', 'keep');
    expect(await itemOf(id, 'ann')).toMatchObject({ decision: 'keep', submittedAt });
    expect(await told('review_item', (await itemOf(id, 'ann')).id)).toEqual([
      ...['review_item.drafted', 'review_item.changed'],
    ]);
    expect(await told('campaign', id)).toContain('review_items.submitted');
    await closeNow(administrator, id);
    await expect(decides(rea, id, 'ann', 'remove')).rejects.toMatchObject({ code: 'review_closed' });
    expect(await changesOf(id)).toEqual([]);
  });

  test('is judged item by item; what cannot be decided so is named, the rest is done', async () => {
    const id = await opens();
    const [ann, bo] = [await itemOf(id, 'ann'), await itemOf(id, 'bo')];
    await decides(rea, id, 'bo');
    const stranger = '00000000-0000-4000-8000-000000000001';
    const items = [ann, bo, { id: stranger, version: 1 }];
    const answer = await decideItems(rea, { campaignId: id, items, decision: 'remove', rationale: 'All' });
    expect(answer.decided).toEqual([{ id: ann.id, version: 2 }]);
    expect(answer.refused).toMatchObject([
      { id: bo.id, code: 'conflict' },
      { id: stranger, code: 'not_found' },
    ]);
    expect((await itemOf(id, 'bo')).decision).toBe('keep');
  });

  test('counts only where it is one’s own: “submit all” takes nobody else’s drafts, nor what was handed on', async () => {
    const id = await opens({ reviewers: ['named'], named: ['bo', 'cy'] });
    await decides(as('bo'), id, 'ann');
    await decides(as('bo'), id, 'cy', 'remove');
    await decides(as('cy'), id, 'bo');
    await handOn(as('bo'), { campaignId: id, itemIds: await idsOf(id, 'ann'), to: 'rea', note: '' });
    const { id: foreign } = await itemOf(id, 'ann');
    await expect(submitItems(as('bo'), { campaignId: id, itemIds: [foreign] })).rejects.toMatchObject({
      code: 'not_found',
    });
    const twice = [1, 2].map(() => submitItems(as('bo'), { campaignId: id, itemIds: 'all' }));
    expect((await Promise.all(twice)).toSorted()).toEqual([0, 1]);
    const submitted = (await itemsOf(id)).filter(({ submittedAt }) => submittedAt);
    expect(submitted.map(({ principalId, version }) => [principalId, version])).toEqual([['cy', 3]]);
    const entries = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(entries.at(-1)?.details).toMatchObject({ keep: 0, remove: 1, makeEligible: 0 });
  });

  test('needs a reason where the rules ask for one', async () => {
    const id = await opens();
    const { decided, refused } = await decides(rea, id, 'ann', 'remove', '  ');
    expect([decided, refused[0]?.code]).toEqual([[], 'rationale_missing']);
    expect(await told('review_item', (await itemOf(id, 'ann')).id)).toEqual([]);
  });

  test('is for who is asked: nobody else, whatever their role', async () => {
    const id = await opens();
    for (const stranger of [as('dee'), as('ann'), as('adele', 'Stint.Administrator')]) {
      await expect(decides(stranger, id, 'ann')).rejects.toMatchObject({ code: 'not_found' });
      await expect(submitItems(stranger, { campaignId: id, itemIds: 'all' })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect((await itemOf(id, 'ann')).decision).toBeNull();
  });

  test('by two at once on the same item: one wins', async () => {
    const id = await opens({ reviewers: ['named'], named: ['bo', 'cy'] });
    const { id: item, version } = await itemOf(id, 'ann');
    const asSeen = { campaignId: id, items: [{ id: item, version }], rationale: 'Seen' };
    const both = await Promise.all([
      decideItems(as('bo'), { ...asSeen, decision: 'keep' }),
      decideItems(as('cy'), { ...asSeen, decision: 'remove' }),
    ]);
    expect(both.flatMap(({ decided }) => decided)).toHaveLength(1);
    expect(both.flatMap(({ refused }) => refused)).toMatchObject([{ code: 'conflict' }]);
  });

  test('and the close at once: it counts, or it is too late, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await opens();
      const { id: item, version } = await itemOf(id, 'ann');
      await decideItems(rea, {
        ...{ campaignId: id, items: [{ id: item, version }], decision: 'remove', rationale: 'Gone' },
      });
      const [submitted] = await Promise.allSettled([
        submitItems(rea, { campaignId: id, itemIds: 'all' }),
        closeNow(administrator, id),
      ]);
      const counts = submitted.status === 'fulfilled';
      expect(await itemOf(id, 'ann')).toMatchObject({
        decision: counts ? 'remove' : 'keep',
        bySilence: !counts,
      });
      expect(await changesOf(id)).toHaveLength(counts ? 1 : 0);
    }
  });

  test('comes too late when the time is over, though nobody closed it yet', async () => {
    const id = await opens();
    await db()
      .update(campaigns)
      .set({ opensAt: sql`stint_now() - interval '9 days'`, closesAt: sql`stint_now()` });
    await expect(decides(rea, id, 'ann')).rejects.toMatchObject({ code: 'review_closed' });
  });
});

describe('nobody decides on their own access', () => {
  test('nor on that of a group they are in, also one they joined after they were asked', async () => {
    await is('team', 'group');
    await holds('team');
    const id = await opens({ fallback: ['cy'] });
    expect(await askedAbout(id, 'team')).toEqual(['cy fallback']);
    await isIn('cy', 'team');
    const { refused } = await decides(as('cy'), id, 'team');
    expect(refused).toMatchObject([{ code: 'own_access' }]);
    const items = await idsOf(id, 'team');
    await expect(submitItems(as('cy'), { campaignId: id, itemIds: items })).resolves.toBe(0);
  });

  test('a draft made before they joined does not count either', async () => {
    await is('team', 'group');
    await holds('team');
    const id = await opens({ fallback: ['cy'] });
    await decides(as('cy'), id, 'team', 'keep');
    await isIn('cy', 'team', ['inner']);
    expect(await submitItems(as('cy'), { campaignId: id, itemIds: 'all' })).toBe(0);
  });

  test('nor on that of a group they may join by an activation, from one to the next', async () => {
    for (const group of ['team', 'outer', 'door']) {
      await is(group, 'group');
      await holds(group);
    }
    const id = await opens({ fallback: ['cy'] });
    await mayJoin('cy', 'door');
    await isIn('door', 'team', ['inner']);
    await mayJoin('team', 'outer');
    for (const group of ['door', 'team', 'outer'])
      expect((await decides(as('cy'), id, group)).refused).toMatchObject([{ code: 'own_access' }]);
    const later = await opens({ fallback: ['cy'] }, 'Later');
    expect(await askedAbout(later, 'outer')).toEqual(['adele fallback']);
    expect(await askedAbout(later, 'ann')).toEqual(['cy fallback']);
  });

  test('nor is it handed on to them, directly or through a group', async () => {
    await is('team', 'group');
    await isIn('bo', 'team');
    await holds('team');
    const id = await opens();
    const itemIds = await idsOf(id, 'team', 'bo', 'ann');
    const { handed, refused } = await handOn(rea, {
      campaignId: id,
      itemIds,
      to: 'BO@contoso.example',
      note: '',
    });
    expect(handed).toEqual(await idsOf(id, 'ann'));
    expect(refused.map(({ code }) => code)).toEqual(['own_access', 'own_access']);
    expect(await askedAbout(id, 'bo')).toEqual(['rea fallback']);
  });
});

describe('“not mine”', () => {
  test('is not for one’s own access: who holds it chooses nobody to decide it', async () => {
    await is('team', 'group');
    await holds('team');
    const id = await opens({ fallback: ['cy'] });
    await mayJoin('cy', 'team');
    const itemIds = await idsOf(id, 'team', 'ann');
    const { handed, refused } = await handOn(as('cy'), { campaignId: id, itemIds, to: 'bo', note: '' });
    expect(handed).toEqual(await idsOf(id, 'ann'));
    expect(refused).toMatchObject([{ id: itemIds[0], code: 'own_access' }]);
    expect(await askedAbout(id, 'team')).toEqual(['cy fallback']);
  });

  test('asks somebody else, who sees and decides it; who handed it on does not any more', async () => {
    const id = await opens();
    const itemIds = await idsOf(id, 'ann');
    await handOn(rea, { campaignId: id, itemIds, to: 'cy', note: 'Their team' });
    expect(await askedAbout(id, 'ann')).toEqual(['cy handed_on', 'rea fallback']);
    await expect(decides(rea, id, 'ann')).rejects.toMatchObject({ code: 'not_found' });
    expect((await decides(as('cy'), id, 'ann')).decided).toHaveLength(1);
    expect(await told('review_item', itemIds[0] ?? '')).toEqual([
      ...['review_item.handed_on', 'review_item.drafted'],
    ]);
  });

  test('can come back', async () => {
    const id = await opens();
    const itemIds = await idsOf(id, 'ann');
    await handOn(rea, { campaignId: id, itemIds, to: 'cy', note: '' });
    await handOn(as('cy'), { campaignId: id, itemIds, to: 'rea', note: '' });
    expect((await decides(rea, id, 'ann')).decided).toHaveLength(1);
    await expect(decides(as('cy'), id, 'ann')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('needs somebody who is in the tenant, and somebody else; strangers hand on nothing', async () => {
    await is('off', 'member', { enabled: false });
    await is('bot', 'service_principal');
    const id = await opens();
    const itemIds = await idsOf(id, 'ann');
    for (const to of ['nobody', 'off', 'bot', 'rea', ''])
      await expect(handOn(rea, { campaignId: id, itemIds, to, note: '' })).rejects.toMatchObject({
        ...{ code: 'malformed', field: 'to' },
      });
    await expect(handOn(as('bo'), { campaignId: id, itemIds, to: 'cy', note: '' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('by two who are asked, at once: both are relieved, each receiver is asked', async () => {
    const id = await opens({ reviewers: ['named'], named: ['bo', 'cy'] });
    const itemIds = await idsOf(id, 'ann');
    await Promise.all([
      handOn(as('bo'), { campaignId: id, itemIds, to: 'rea', note: '' }),
      handOn(as('cy'), { campaignId: id, itemIds, to: 'adele', note: '' }),
    ]);
    await expect(decides(as('bo'), id, 'ann')).rejects.toMatchObject({ code: 'not_found' });
    expect((await decides(rea, id, 'ann')).decided).toHaveLength(1);
    expect((await decides(as('adele'), id, 'ann')).decided).toHaveLength(1);
  });
});

test('who runs reviews cancels one ahead; one that is open only an administrator, for it voids what was decided', async () => {
  const runner = as('rea', 'Stint.Reviewer');
  const id = await opens();
  await expect(cancelCampaign(runner, id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await campaign(id)).status).toBe('open');
  await cancelCampaign(runner, await makes());
});

describe('a cancelled review', () => {
  test('changes nothing, and nothing in it is decided any more', async () => {
    const id = await opens({ recurrence: { everyDays: 90, timeZone: 'UTC' }, silence: 'remove' });
    await decides(rea, id, 'ann', 'remove');
    for (const stranger of [rea, as('audrey', 'Stint.Auditor')])
      await expect(cancelCampaign(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    await cancelCampaign(administrator, id);
    await expect(decides(rea, id, 'ann')).rejects.toMatchObject({ code: 'review_closed' });
    await expect(closeNow(administrator, id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(cancelCampaign(administrator, id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await changesOf(id)).toEqual([]);
    expect(await db().$count(campaigns)).toBe(1);
    expect((await campaign(id)).status).toBe('cancelled');
    expect((await told('campaign', id)).at(-1)).toBe('campaign.cancelled');
  });

  test('and its close at once: one of them', async () => {
    const id = await opens();
    const both = await Promise.allSettled([cancelCampaign(administrator, id), closeNow(administrator, id)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await itemsOf(id)).every(({ bySilence }) => bySilence)).toBe(both[1].status === 'fulfilled');
  });
});
