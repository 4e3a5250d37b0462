import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { letters } from '#db/schema/letters.ts';
import { decisions } from '#db/schema/requests.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import { loadRequest, move } from '#lib/operations/requests/move.ts';
import { askPimApprovers } from './tell-of-pim.ts';
import { type LettersBench, openLetters } from './testing.ts';

let bench: LettersBench;
beforeAll(async () => {
  bench = await openLetters();
});
beforeEach(() => bench.reset());
afterAll(() => bench.close());

const told = () => db().select().from(letters).orderBy(letters.personId);
async function moves(id: string, to: RequestStatus): Promise<void> {
  await transaction(async (tx) => {
    const seen = await loadRequest(tx, id);
    if (seen) await move(tx, seen, to, {}, 'request.moved');
  });
}

test('whom PIM asks hears of it, once', async () => {
  const id = await bench.request('awaiting_approval');
  for (let times = 0; times < 2; times++)
    await transaction(async (tx) => {
      const seen = await loadRequest(tx, id);
      if (seen) await askPimApprovers(tx, seen, ['bo', 'cy']);
    });
  expect(await told()).toMatchObject([
    { kind: 'asked_to_sign', personId: 'bo', facts: { text: 'A disk is full', requesterName: 'Ada' } },
    { kind: 'asked_to_sign', personId: 'cy' },
  ]);
});

test.each<[RequestStatus, string | null]>([
  ['denied', 'denied'],
  ['lapsed', 'lapsed'],
  ['provisioning', 'approved'],
  ['scheduled', 'approved'],
  ['withdrawn', null],
])('who waits for PIM and is then %s is told: %s', async (to, kind) => {
  const id = await bench.request('awaiting_approval');
  await moves(id, to);
  expect((await told()).map((letter) => [letter.personId, letter.kind])).toEqual(kind ? [['ada', kind]] : []);
});

test('a no says whose it was', async () => {
  const id = await bench.request('awaiting_approval');
  await db()
    .insert(decisions)
    .values({
      ...{
        id,
        requestId: id,
        requesterId: 'ada',
        approverId: 'bo',
        approverName: 'Bo Okafor',
        approve: false,
      },
      ...{ justification: 'No', state: 'recorded', origin: 'stint', decidedAt: new Date() },
    });
  await moves(id, 'denied');
  const [letter] = await db().select().from(letters).where(eq(letters.requestId, id));
  expect(letter?.facts.byName).toBe('Bo Okafor');
});

test('what did not wait for PIM tells nobody here', async () => {
  await moves(await bench.request('provisioning'), 'active');
  expect(await told()).toEqual([]);
});
