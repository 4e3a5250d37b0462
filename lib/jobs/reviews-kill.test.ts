/** An engine killed while a review opens or closes leaves it as it was, or whole, once. */
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { type KillLane, openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });
const days = 86_400;

/** By the steps of opening and closing, each killed before and after it is kept. */
const points = ['open-campaign', 'close-campaign'].flatMap((step) => [
  `${step}:before-commit`,
  `${step}:after-commit`,
]);

async function playRound(lane: KillLane): Promise<void> {
  for (const when of ['before-commit', 'after-commit']) {
    let id = '';
    await lane.killedAt(`open-campaign:${when}`, async () => {
      id = await lane.ask('makeReview');
    });
    const open = await lane.until(async () => {
      const review = await lane.ask('review', id);
      expect(review.status).toBe('open');
      return review;
    });
    expect(open.population).toBeGreaterThan(10);
    expect(open).toMatchObject({ items: open.population, undecided: open.population, changes: 0 });
    expect(open.actions).toEqual(['campaign.made', 'campaign.opened']);

    await lane.killedAt(`close-campaign:${when}`, () => lane.ask('closeReview', id));
    // Nobody clicks again: the one that was not kept is closed when its time is over.
    if (when === 'before-commit') {
      expect(await lane.ask('review', id)).toMatchObject({ status: 'open', undecided: open.population });
      await lane.control('clock', { advanceSeconds: 15 * days });
    }
    const closed = await lane.until(async () => {
      const review = await lane.ask('review', id);
      expect(review.status).toBe('applying');
      return review;
    });
    expect(closed).toMatchObject({ items: open.population, undecided: 0, inSeries: 2 });
    expect(closed.changes).toBe(closed.toRemove);
    expect(closed.changes).toBeGreaterThan(10);
    expect(closed.actions.filter((action) => action !== 'campaign.reminded')).toEqual([
      ...['campaign.made', 'campaign.opened', 'campaign.closed'],
    ]);
  }
}

test('killed at every step of opening and closing a review, it is done once, whole', {
  timeout: 120_000 + times * 180_000,
}, async (context) => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  try {
    await lane.until(async () => expect(await lane.ask('isRead')).toBe(true));
    for (let n = 0; n < times; n++) await playRound(lane);
  } finally {
    await lane.close();
  }
  for (const point of points) played(context, 'K1', `kill -9 at ${point}`, times);
});
