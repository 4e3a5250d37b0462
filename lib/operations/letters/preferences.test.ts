import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { letterPreferences } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import { testTenant } from '#db/testing.ts';
import { type Preferences, usualPreferences } from '#lib/domain/delivery.ts';
import { asPerson } from '#lib/operations/context.ts';
import { readLetters } from './read-letters.ts';
import { savePreferences } from './save-preferences.ts';
import { sendTest } from './send-test.ts';
import { type LettersBench, openLetters } from './testing.ts';

let bench: LettersBench;
beforeAll(async () => {
  bench = await openLetters();
});
beforeEach(() => bench.reset());
afterAll(() => bench.close());

const as = (id: string) =>
  asPerson(
    { tenantId: testTenant, objectId: id, name: id, upn: `${id}@contoso.example`, roles: [] },
    'trace',
  );
const lastEntry = async () => (await db().select().from(auditEntries).orderBy(auditEntries.seq)).at(-1);

describe('how a person is told', () => {
  test('is theirs to choose, holds from the next letter on, and is on record', async () => {
    const sends = { ...usualPreferences.sends, outcome: { ...usualPreferences.sends.outcome, mail: false } };
    await savePreferences(as('bo'), { ...usualPreferences, sends });
    await bench.tells('denied', 'bo');
    await bench.tells('denied', 'ada');
    await bench.works();
    expect(bench.sent.map(({ person }) => person.id)).toEqual(['ada']);
    expect(await lastEntry()).toMatchObject({
      action: 'letters.preferences_changed',
      actorId: 'bo',
      subjectId: 'bo',
    });
  });

  test.each<[Partial<Preferences>, string]>([
    [{ zone: 'Nowhere/Else' }, 'zone'],
    [{ digest: { every: 'day', at: '24:00', day: 1 } }, 'at'],
    [{ quiet: { from: '22:00', until: 'soon' } }, 'quiet'],
  ])('with %o is refused at its field', async (wrong, field) => {
    const wanted = { ...usualPreferences, ...wrong };
    await expect(savePreferences(as('bo'), wanted)).rejects.toMatchObject({ code: 'malformed', field });
    expect(await db().$count(letterPreferences)).toBe(0);
  });

  test('is what one of ten saves at once, whole', async () => {
    const zones = ['UTC', 'Europe/Berlin'];
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        savePreferences(as('bo'), { ...usualPreferences, zone: zones[n % 2] ?? 'UTC' }),
      ),
    );
    const [row] = await db().select().from(letterPreferences);
    expect(zones).toContain(row?.preferences.zone);
  });
});

describe('reading', () => {
  test('marks one’s own and nobody else’s, by id or all', async () => {
    for (const id of ['ada', 'bo']) for (const of of ['1', '2']) await bench.tells('denied', id, null, of);
    const all = await db().select().from(letters);
    await readLetters(as('bo'), all.map(({ id }) => id).slice(0, 3));
    const unread = async () =>
      (await db().select().from(letters)).filter(({ readAt }) => !readAt).map(({ personId }) => personId);
    expect((await unread()).filter((id) => id === 'ada')).toHaveLength(2);
    await readLetters(as('bo'), 'all');
    expect(await unread()).toEqual(['ada', 'ada']);
  });
});

test('a test letter goes to who asks, by what they switched off too, and not more than thrice a minute', async () => {
  const none = { mail: false, slack: false, teams: false, browser: false };
  const sends = { to_decide: none, talk: none, outcome: none, administration: none };
  await savePreferences(as('bo'), { ...usualPreferences, sends });
  for (let times = 0; times < 3; times++) await sendTest(as('bo'));
  await expect(sendTest(as('bo'))).rejects.toMatchObject({ code: 'too_fast' });
  await bench.works();
  expect(bench.sent.map(({ letter, person }) => [letter.kind, person.id])).toEqual(
    Array.from({ length: 3 }, () => ['test', 'bo']),
  );
  expect(await lastEntry()).toMatchObject({ action: 'letters.tested', subjectId: 'bo' });
});
