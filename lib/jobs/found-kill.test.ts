/** An engine killed while it finds out what nobody asked for by name: whether a role works, policies, places below. */
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { type KillLane, openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });
/** Dead jobs are waited for: the quick round has the first alone. */
const probes = Object.entries({
  'probe:after-act': 'Reader Platform',
  'probe:after-record': 'Security Reader Directory',
}).slice(0, times > 1 ? 2 : 1);
const policies = 'learn-roles:after-read';
const places = 'children:after-read';

async function probed(lane: KillLane, ada: string, keys: Map<string, string>): Promise<void> {
  for (const [point, called] of probes) {
    let id = '';
    await lane.killedAt(point, async () => {
      const [answer] = await lane.ask('activate', ada, [keys.get(called) ?? called]);
      id = String(answer);
    });
    const [row] = (await lane.ask('told')).filter((one) => one.called === called && one.status === 'active');
    id ||= row?.id ?? '';
    await lane.until(async () =>
      expect(await lane.ask('usable', id), called).toEqual({ told: 1, known: 1, tokens: 0 }),
    );
  }
  await lane.control('clock', { advanceSeconds: 61 * 60 });
  await lane.until(async () => expect(await lane.held()).toEqual([]));
}

test('killed while it finds out, it finds out all the same, once, and no token is left', {
  timeout: 120_000 + times * 180_000,
}, async (context) => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  try {
    const ada = await lane.ask('signIn', 'ada.lind');
    await lane.killedAt(policies, () => lane.ask('refresh', ada, 'refresh-access'));
    await lane.until(async () => expect((await lane.ask('eligible', ada)).length).toBeGreaterThan(17));
    const eligible = await lane.ask('eligible', ada);
    const keys = new Map(eligible.map(({ called, key }) => [called, key]));
    const staging = eligible.find(({ called }) => called === 'Contributor Staging');
    if (!staging) throw new Error('Ada may be contributor of Staging.');
    await lane.until(async () =>
      expect((await lane.ask('learned', staging.scopeId)).policies).toBeGreaterThan(17),
    );
    for (let n = 0; n < times; n++) {
      if (n > 0) await lane.control('clock', { advanceSeconds: 10 * 60 });
      await lane.killedAt(places, () => lane.ask('opensPlace', ada, staging.key, staging.scopeId));
      await lane.until(async () => {
        const found = (await lane.ask('learned', staging.scopeId)).places;
        expect(found.length).toBeGreaterThan(0);
        expect(new Set(found).size).toBe(found.length);
      });
      await probed(lane, ada, keys);
      if (n + 1 < times) await lane.killedAt(policies, () => lane.ask('refresh', ada, 'refresh-access'));
    }
  } finally {
    await lane.close();
  }
  for (const point of [...probes.map(([point]) => point), policies, places])
    played(context, 'K1', `kill -9 at ${point}`, times);
});
