import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { letters } from '#db/schema/letters.ts';
import { testDatabase } from '#db/testing.ts';
import { askInstead } from './ask-instead.ts';
import { closeNow } from './close-campaign.ts';
import { submitItems } from './submit-items.ts';
import {
  administrator,
  as,
  askedAbout,
  emptyTenant,
  holds,
  is,
  isIn,
  mayJoin,
  opens,
  submits,
} from './testing.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(async () => {
  await emptyTenant();
  for (const one of ['ann', 'bo', 'cy']) await is(one);
});

const ray = as('ray', 'Stint.Reviewer');
const asks = (campaignId: string, from: string | null, to: string, note = '') =>
  askInstead(ray, { campaignId, from, to, note });

describe('somebody else is asked, by who runs the review,', () => {
  test('about all that a reviewer has left: not what is submitted, nor the receiver’s own', async () => {
    for (const one of ['ann', 'bo', 'cy']) await holds(one);
    const id = await opens();
    await submits(as('rea'), id, 'keep', 'ann');
    expect(await asks(id, 'rea', 'BO@contoso.example', 'Rea is away')).toEqual({ handed: 1, left: 1 });
    expect(await askedAbout(id, 'ann')).toEqual(['rea fallback']);
    expect(await askedAbout(id, 'bo')).toEqual(['rea fallback']);
    expect(await askedAbout(id, 'cy')).toEqual(['bo handed_on', 'rea fallback']);
    await submits(as('bo'), id, 'keep', 'cy');
    const [entry] = await db()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, 'campaign.asked_instead'));
    expect(entry).toMatchObject({
      ...{ actorId: 'ray', subjectId: id },
      details: { from: 'rea', to: 'bo', handed: 1, left: 1, note: 'Rea is away' },
    });
  });

  test('about what nobody is asked', async () => {
    for (const one of ['adele', 'ann']) await holds(one);
    const id = await opens({ fallback: ['adele'] });
    expect(await askedAbout(id, 'adele')).toEqual([]);
    expect(await asks(id, null, 'cy')).toEqual({ handed: 1, left: 0 });
    expect(await askedAbout(id, 'adele')).toEqual(['cy handed_on']);
    expect(await askedAbout(id, 'ann')).toEqual(['adele fallback']);
  });

  test('but not about the access of who hands it on, nor of a group they may join', async () => {
    await is('ray');
    await is('team', 'group');
    await is('den', 'group');
    await isIn('ray', 'team');
    await mayJoin('ray', 'den');
    for (const one of ['ray', 'team', 'den', 'ann']) await holds(one);
    const id = await opens({ planes: ['entra'] });
    expect(await asks(id, 'rea', 'bo')).toEqual({ handed: 1, left: 3 });
    expect(await askedAbout(id, 'ann')).toContain('bo handed_on');
  });

  test('and nobody else does; nobody unknown, disabled or asked already is asked', async () => {
    await is('off', 'member', { enabled: false });
    await holds('ann');
    const id = await opens();
    for (const stranger of [as('rea'), as('ann'), as('audrey', 'Stint.Auditor')])
      await expect(
        askInstead(stranger, { campaignId: id, from: 'rea', to: 'bo', note: '' }),
      ).rejects.toMatchObject({ code: 'not_found' });
    for (const to of ['nobody', 'off', 'rea', ''])
      await expect(asks(id, 'rea', to)).rejects.toMatchObject({ code: 'malformed', field: 'to' });
    expect(await askedAbout(id, 'ann')).toEqual(['rea fallback']);
    await closeNow(administrator, id);
    await expect(asks(id, 'rea', 'bo')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('twice at once it is handed on once, and a letter says so once', async () => {
    await holds('ann');
    const id = await opens();
    const sent = () => db().$count(letters, eq(letters.kind, 'review_handed_on'));
    const before = await sent();
    const both = await Promise.all([asks(id, 'rea', 'bo'), asks(id, 'rea', 'bo')]);
    expect(both.map(({ handed }) => handed).toSorted()).toEqual([0, 1]);
    expect((await sent()) - before).toBeGreaterThan(0);
    await expect(submitItems(as('rea'), { campaignId: id, itemIds: 'all' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
