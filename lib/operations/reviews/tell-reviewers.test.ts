/** Who is asked in a review hears of it, is reminded while something is left, and whoever it is handed on to hears why. */
import { asc } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { empty } from '#db/empty.ts';
import { letters } from '#db/schema/letters.ts';
import { testDatabase } from '#db/testing.ts';
import { wordsOf } from '#lib/domain/letter-words.ts';
import { handOn } from './hand-on.ts';
import { takeDueCampaigns } from './take-due-campaigns.ts';
import { answersFor, as, emptyTenant, holds, is, itemsOf, makes, opens, submits } from './testing.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(async () => {
  await setClockOffset(db(), 0);
  await emptyTenant();
  await empty('letters');
  for (const one of ['ann', 'bo', 'cy']) await is(one);
  for (const one of ['ann', 'bo', 'cy']) await holds(one);
  await answersFor('bo', 'manager', 'ann');
});

const byManager = { reviewers: ['manager' as const], fallback: ['rea'] };
const told = async () =>
  (await db().select().from(letters).orderBy(asc(letters.personId), asc(letters.writtenAt))).map(
    ({ personId, kind, facts }) => [personId, kind, facts.count],
  );

test('opening asks each reviewer once, with how many items are theirs; a draft asks nobody', async () => {
  await makes(byManager);
  expect(await told()).toEqual([]);
  const id = await opens(byManager);
  expect(await told()).toEqual([
    ['bo', 'asked_to_review', 1],
    ['rea', 'asked_to_review', 2],
  ]);
  const [letter] = await db().select().from(letters);
  if (!letter) throw new Error('no letter');
  const { path, subject, lines } = wordsOf(letter);
  expect([path, subject]).toEqual([`/reviews/${id}`, 'A review asks you: A review']);
  expect(lines.some((line) => line.startsWith('Closes: '))).toBe(true);
});

test('a reminder reaches who has something left to submit, once a reminder', async () => {
  const id = await opens({ ...byManager, days: 14, reminders: [3] });
  await submits(as('bo'), id, 'keep', 'ann');
  await submits(as('rea'), id, 'keep', 'cy');
  await empty('letters');
  await setClockOffset(db(), 12 * 86_400);
  for (let n = 0; n < 2; n++) await takeDueCampaigns(() => 'trace');
  expect(await told()).toEqual([['rea', 'review_reminder', 1]]);
});

test('what is handed on is told to whoever gets it, with the note', async () => {
  const id = await opens(byManager);
  await empty('letters');
  const items = (await itemsOf(id)).filter(({ principalId }) => principalId !== 'ann');
  const note = 'You know this team';
  await handOn(as('rea'), { campaignId: id, itemIds: items.map((one) => one.id), to: 'adele', note });
  const [letter, ...more] = await db().select().from(letters);
  expect([letter, more]).toMatchObject([
    { personId: 'adele', kind: 'review_handed_on', facts: { byName: 'rea', count: 2, text: note } },
    [],
  ]);
});
