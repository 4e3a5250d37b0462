/** An engine killed while it takes in an archive loses nothing of it, and covers nothing that it did not take. */
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });
const points = ['archive:after-lines', 'archive:before-end'] as const;
const count = 1_500;

/** Of each round its own: an activation every ten minutes of some days. */
function archive(round: number): string {
  const first = Date.now() - 80 * 86_400_000 + round * 1_000;
  const lines = Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      activityDisplayName: 'Add member to role completed (PIM activation)',
      activityDateTime: new Date(first + n * 600_000).toISOString(),
      targetResources: [
        { id: 'role', type: 'Role' },
        { id: 'ada', type: 'User' },
      ],
    }),
  );
  return lines.join('\n');
}

test('an archive whose import is killed, and imported again, is there once', {
  timeout: 300_000 + times * 120_000,
}, async (context) => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  try {
    const mira = await lane.ask('signIn', 'mira.novak');
    for (let n = 0; n < times; n++) {
      const text = archive(n);
      const before = await lane.ask('archived');
      expect(before).toEqual({ events: n * count, covered: before.covered, begun: n * 3, imported: n });
      await lane.killedAt(points[0], () => lane.ask('importArchive', mira, text));
      expect(await lane.ask('archived')).toEqual({ ...before, events: n * count + 1_000, begun: n * 3 + 1 });
      await lane.killedAt(points[1], () => lane.ask('importArchive', mira, text));
      expect(await lane.ask('archived')).toEqual({ ...before, events: (n + 1) * count, begun: n * 3 + 2 });
      expect(await lane.ask('importArchive', mira, text)).toMatchObject({ taken: 0, known: count });
      // The days of the first are the days of the others, too.
      expect(await lane.ask('archived')).toMatchObject({ covered: 1, begun: n * 3 + 3, imported: n + 1 });
    }
  } finally {
    await lane.close();
  }
  for (const point of points) played(context, 'K1', `kill -9 at ${point}`, times);
});
