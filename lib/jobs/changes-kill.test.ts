/** An engine killed while it looks for changes finds them all the same, once. */
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { openKillLane } from './testing/kill-lane.ts';
import { tenantMoves } from './testing/tenant-moves.ts';

const times = rounds({ quick: 1, full: 25 });
/** A page was read; it is kept, with what it told; everything is read, and nothing concluded yet. */
const steps = ['inventory:after-keep', 'inventory:after-page', 'inventory:before-conclude'];
/** A dead engine's lists are free again after a minute: the quick round is killed once. */
const points = steps.slice(0, times > 1 ? 3 : 1);

test('killed at every step of a look at changes, it finds what changed, and nothing else', {
  timeout: 120_000 + times * 120_000,
}, async (context) => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  let turn = 0;
  const random = () => (turn++ * 0.618_034) % 1;
  try {
    await lane.until(async () => expect(await lane.ask('isRead')).toBe(true));
    const { moves, counted } = await tenantMoves(lane.emulator, lane.folder, random);
    let changed = 0;
    const changes = async () => {
      // Whom it picks may hold the role already, which changes nothing.
      while ((await moves.entraAssigned()) >= 300);
      await (changed++ % 2 === 0 ? moves.azureRemoved() : moves.azureAssigned());
    };
    const passes = () => lane.control('clock', { advanceSeconds: 6 * 60 });
    for (let n = 0; n < times; n++) {
      for (const point of points) {
        await changes();
        await lane.killedAt(point, passes);
        await lane.until(async () => {
          const told = (await counted()).map(
            ({ plane, principalId, roleName }) => `${plane} ${principalId} ${roleName.toLowerCase()}`,
          );
          expect(await lane.ask('inForce')).toEqual(told.toSorted());
        });
      }
    }
  } finally {
    await lane.close();
  }
  for (const point of points) played(context, 'K1', `kill -9 at ${point} of a look`, times);
});
