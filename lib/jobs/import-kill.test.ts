/** An engine killed while it takes in an archive loses nothing of it, and covers nothing that it did not take. */
import { expect, test } from 'vitest';
import { openKillLane } from './testing/kill-lane.ts';

const count = 1_500;

function archive(): string {
  const first = Date.now() - 80 * 86_400_000;
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
  timeout: 600_000,
}, async () => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  try {
    const mira = await lane.ask('signIn', 'mira.novak');
    const text = archive();
    await lane.killedAt('archive:after-lines', () => lane.ask('importArchive', mira, text));
    expect(await lane.ask('archived')).toEqual({ events: 1_000, covered: 0, begun: 1, imported: 0 });
    await lane.killedAt('archive:before-end', () => lane.ask('importArchive', mira, text));
    expect(await lane.ask('archived')).toEqual({ events: count, covered: 0, begun: 2, imported: 0 });
    expect(await lane.ask('importArchive', mira, text)).toMatchObject({ taken: 0, known: count });
    expect(await lane.ask('archived')).toEqual({ events: count, covered: 1, begun: 3, imported: 1 });
  } finally {
    await lane.close();
  }
});
