import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { announce } from '#db/changes.ts';
import { type Opened, transaction } from '#db/client.ts';
import { testDatabase } from '#db/testing.ts';
import { every } from './every.ts';
import { hurryOnChange } from './hurry-on-change.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());

test('what is announced brings a round that was not due for an hour, until nobody listens', async () => {
  let rounds = 0;
  const round = every(3_600_000, 'test', async () => {
    rounds += 1;
  });
  const stop = await hurryOnChange([round]);
  await vi.waitFor(() => expect(rounds).toBe(1));
  await transaction((tx) => announce(tx, ['somebody']));
  await vi.waitFor(() => expect(rounds).toBe(2), { timeout: 20_000 });
  stop();
  await transaction((tx) => announce(tx, ['somebody']));
  await round.stop();
  expect(rounds).toBe(2);
});
