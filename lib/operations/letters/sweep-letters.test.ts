import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { deliveries, webhookEvents } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import { sweepLetters } from './sweep-letters.ts';
import { type LettersBench, openLetters } from './testing.ts';

let bench: LettersBench;
beforeAll(async () => {
  bench = await openLetters();
});
beforeEach(() => bench.reset());
afterAll(() => bench.close());

const day = 86_400;
const left = async () => [
  await db().$count(letters),
  await db().$count(deliveries),
  await db().$count(webhookEvents),
];
async function happens(): Promise<void> {
  const [eventId, happenedAt] = [randomUUID(), sql`stint_now()`];
  await db().insert(webhookEvents).values({ id: eventId, type: 'request.denied', data: {}, happenedAt });
  await db()
    .insert(deliveries)
    .values({
      ...{ id: randomUUID(), eventId, channel: 'webhook', address: 'x', state: 'sent' },
      createdAt: happenedAt,
    });
}

test('letters, events and their deliveries are forgotten after ninety days, not before', async () => {
  await bench.tells('denied', 'bo');
  await happens();
  await bench.works();
  await setClockOffset(db(), 89 * day);
  await sweepLetters();
  expect(await left()).toEqual([1, 2, 1]);
  await setClockOffset(db(), 91 * day);
  await bench.tells('lapsed', 'bo');
  await sweepLetters();
  expect(await left()).toEqual([1, 1, 0]);
});

test('what is still to go out stays, however old it is, and its letter with it', async () => {
  await bench.tells('denied', 'bo');
  await setClockOffset(db(), 91 * day);
  await sweepLetters();
  expect(await left()).toEqual([1, 1, 0]);
});
