import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { letters } from '#db/schema/letters.ts';
import { testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { usualPreferences } from '#lib/domain/delivery.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { type LettersBench, openLetters } from '#lib/operations/letters/testing.ts';
import { deliverySettings } from './delivery-settings.ts';
import { letterSettings } from './letter-settings.ts';
import { letterNews, myLetters, parseLetterFilter, unreadAbout } from './letters.ts';
import { metrics } from './metrics.ts';
import { shellCounts } from './shell-counts.ts';
import { webhookSettings } from './webhook-settings.ts';

let bench: LettersBench;
beforeAll(async () => {
  bench = await openLetters();
});
beforeEach(() => bench.reset());
afterAll(() => bench.close());

const as = (id: string, ...roles: AppRole[]): Actor => ({
  ...{ tenantId: testTenant, objectId: id, name: id, upn: `${id}@contoso.example`, roles },
});
const all = parseLetterFilter({});

describe('notifications', () => {
  test('are one’s own, newest first, page by page without one twice or left out', async () => {
    for (let n = 0; n < 120; n++) await bench.tells('denied', 'bo', null, String(n));
    await bench.tells('denied', 'ada');
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof myLetters>> = await myLetters(as('bo'), all, cursor);
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
  });

  test('are narrowed to what is unread, and to what they are about', async () => {
    await bench.tells('denied', 'bo');
    await bench.tells('asked_to_sign', 'bo');
    await db().execute(`update letters set read_at = now() where kind = 'denied'`);
    const subjects = async (query: Record<string, string>) =>
      (await myLetters(as('bo'), parseLetterFilter(query), null)).rows.map(({ isUnread }) => isUnread);
    expect(await subjects({ show: 'unread' })).toEqual([true]);
    expect(await subjects({ group: 'outcome' })).toEqual([false]);
    expect(await subjects({ group: 'to_decide', show: 'unread' })).toEqual([true]);
    expect(await subjects({ group: 'nonsense' })).toHaveLength(2);
  });

  test('about a request are read by who looks at it, and nobody else’s', async () => {
    const [one, other] = [await bench.request('denied'), await bench.request('denied')];
    for (const id of ['ada', 'bo']) await bench.tells('denied', id, one);
    await bench.tells('denied', 'bo', other);
    expect(await unreadAbout(as('bo'), one)).toHaveLength(1);
    expect(await unreadAbout(as('cy'), one)).toEqual([]);
  });

  test('are counted beside the bell, whatever became of their delivery', async () => {
    bench.fault = new NotifyFault('refused', 'No.');
    await bench.tells('denied', 'bo');
    await bench.works();
    expect(await shellCounts(as('bo'))).toMatchObject({ letters: 1, browser: false });
    expect(await shellCounts(as('ada'))).toMatchObject({ letters: 0 });
    expect((await letterNews(as('bo'))).unread).toBe(1);
  });
});

describe('the browser', () => {
  const browser = { ...usualPreferences.sends.to_decide, browser: true };
  const sends = { ...usualPreferences.sends, to_decide: browser };

  test('is given what its person wants it to show, and nothing else', async () => {
    await bench.wants('bo', { sends });
    await bench.tells('asked_to_sign', 'bo');
    await bench.tells('denied', 'bo');
    const { unread, latest } = await letterNews(as('bo'));
    expect([unread, latest.map(({ subject }) => subject)]).toEqual([2, ['Ada asks for Owner']]);
    expect(await shellCounts(as('bo'))).toMatchObject({ browser: true });
  });

  test('is quiet in quiet hours, but for what passes them', async () => {
    const wall = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
    const quiet = { from: wall(-1), until: wall(1) };
    await bench.wants('bo', { sends, quiet, zone: 'UTC', urgentPasses: true });
    await bench.tells('asked_to_sign', 'bo');
    await bench.tells('reminder', 'bo');
    expect((await letterNews(as('bo'))).latest).toHaveLength(1);
  });
});

test('who has chosen nothing is told as is usual, and sees where letters reach them', async () => {
  expect(await letterSettings(as('bo'))).toMatchObject({
    isChosen: false,
    channels: [
      { name: 'mail', isSetUp: true, address: 'bo@contoso.example' },
      { address: null },
      { address: null },
    ],
  });
});

test('how the ways out are doing is for administrators alone', async () => {
  bench.fault = new NotifyFault('unreachable', 'It does not answer.');
  await bench.tells('denied', 'bo');
  await bench.works();
  for (const viewer of [as('bo'), as('auden', 'Stint.Auditor'), as('rhea', 'Stint.Reviewer')])
    expect([await deliverySettings(viewer), await webhookSettings(viewer)]).toEqual([null, null]);
  const seen = await deliverySettings(as('mira', 'Stint.Administrator'));
  expect(seen?.troubled).toMatchObject([{ state: 'failed', failure: 'It does not answer.', to: 'bo' }]);
  expect(seen?.channels.find(({ name }) => name === 'mail')).toMatchObject({ failing: 1, lastSentAt: null });
  expect((await metrics()).deliveries).toContainEqual({ channel: 'mail', state: 'failing', value: 1 });
});

test('what was sent is measured from when it was written', async () => {
  await bench.tells('denied', 'bo');
  await bench.works();
  const seen = await deliverySettings(as('mira', 'Stint.Administrator'));
  const mail = seen?.channels.find(({ name }) => name === 'mail');
  expect(mail?.lastSentAt).toBeInstanceOf(Date);
  expect(mail?.p95Seconds).toBeGreaterThanOrEqual(0);
  expect(await db().$count(letters)).toBe(1);
});
