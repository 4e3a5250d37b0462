/** An engine killed while it reads the tenant goes on where it was, and concludes once. */
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { type KillLane, openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });
const points = ['after-page', 'after-keep', 'before-conclude'].map((step) => `inventory:${step}`);

interface Counted {
  kind: string;
  assignmentType: string;
  plane: string;
  principalId: string;
  roleName: string;
  scope: string;
  endAt: string | null;
}

/** Who holds what, as the tenant counts. */
async function told(lane: KillLane): Promise<string[]> {
  const all = await lane.control<Counted[]>('assignments');
  return all
    .map(({ kind, assignmentType, plane, principalId, roleName, scope, endAt }) => {
      const active = assignmentType === 'activated' ? 'activated' : endAt ? 'time_bound' : 'standing';
      const held = kind === 'eligible' ? 'eligible' : active;
      return [plane, principalId, roleName, scope, held].join(' ').toLowerCase();
    })
    .toSorted();
}

test('killed at every step of reading the tenant, a reading is whole, and concluded once', {
  timeout: 240_000 + times * 180_000,
}, async (context) => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  const isOver = (count: number) =>
    lane.until(async () =>
      expect(await lane.ask('readings')).toEqual({ finished: count, open: 0, onRecord: count }),
    );
  try {
    // The first begins by itself.
    await isOver(1);
    const whole = await told(lane);
    expect(whole.length).toBeGreaterThan(50);
    let over = 1;
    for (let n = 0; n < times; n++) {
      for (const point of points) {
        await lane.killedAt(point, () => lane.ask('readNow'));
        expect(await lane.ask('readings'), point).toEqual({ finished: over, open: 1, onRecord: over });
        await lane.ask('missTheDead');
        over += 1;
        await isOver(over);
        expect(await lane.ask('known'), point).toEqual(whole);
      }
    }
  } finally {
    await lane.close();
  }
  for (const point of points) played(context, 'K1', `kill -9 at ${point}`, times);
});
