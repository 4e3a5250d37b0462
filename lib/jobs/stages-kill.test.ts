/**
 * An engine killed while somebody signs, while it looks at that, while a receipt is started or made longer, or while it
 * ends somebody's sign-ins, ends right, once.
 */
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { type KillLane, openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });

/** Where it is killed over a request of this role; then the next signature is given, and it is started. */
const points = {
  'sign:after-intent': 'Helpdesk Administrator Directory',
  'countersign:after-act': 'Contributor Staging',
  'countersign:after-record': 'User Administrator Directory',
  'start:after-intent': 'Security Reader Directory',
} as const;

/** Where it is killed over what comes after: more time, and every sign-in of Cy's ended. */
const more = 'extend:after-intent';
const everywhere = 'revoke-sessions:after-act';

/** On a busy machine a token may not come in time: nothing was done then, and it is asked again. */
async function does(
  lane: KillLane,
  verb: 'sign' | 'start',
  who: string,
  id: string,
  left = 3,
): Promise<void> {
  try {
    await lane.ask(verb, who, id);
  } catch (error) {
    if (left === 0 || !/timeout|cannot be reached/.test(String(error))) throw error;
    await does(lane, verb, who, id, left - 1);
  }
}

async function playRound(lane: KillLane, [ada, bo, cy]: string[]): Promise<void> {
  if (!ada || !bo || !cy) throw new Error('Three are signed in.');
  const keys = new Map((await lane.ask('eligible', ada)).map(({ called, key }) => [called, key]));
  const called = Object.values(points);
  const ids = (
    await lane.ask(
      'activate',
      ada,
      called.map((one) => keys.get(one) ?? one),
    )
  ).map(String);
  const idOf = (point: keyof typeof points) => ids[called.indexOf(points[point])] ?? '';
  const isIn = (id: string, status: string) =>
    lane.until(async () => {
      const [row] = await lane.ask('told', [id]);
      expect(row?.status, `${row?.called}: ${row?.failure}`).toBe(status);
      return row;
    });
  for (const id of ids) await isIn(id, 'awaiting_signatures');
  const lastPoint = idOf('start:after-intent');

  for (const point of ['countersign:after-record', 'countersign:after-act', 'sign:after-intent'] as const)
    await lane.killedAt(point, () => lane.ask('sign', bo, idOf(point)));
  await does(lane, 'sign', bo, lastPoint);
  await lane.until(async () =>
    expect(await lane.ask('signed', ...ids)).toEqual(ids.map(() => 'Bo Okafor recorded')),
  );
  for (const id of ids) await does(lane, 'sign', cy, id);
  for (const id of ids) await isIn(id, 'approved');
  expect(await lane.held()).toEqual([]);
  await lane.killedAt('start:after-intent', () => lane.ask('start', ada, lastPoint));
  for (const id of ids) if (id !== lastPoint) await does(lane, 'start', ada, id);
  for (const id of ids) {
    const row = await isIn(id, 'active');
    expect(row?.actions).toEqual([
      ...['filed', 'awaiting_signatures', 'signature_intended', 'signed', 'signature_intended', 'signed'],
      ...['approved_by_stages', 'started', 'granted', 'activated'],
    ]);
  }
  expect(await lane.held()).toHaveLength(ids.length);
  // Longer, by nobody's signature: a second one, which follows the first.
  await lane.ask('asksSignatures');
  await lane.killedAt(more, () => lane.ask('extend', ada, lastPoint));
  const all = await lane.ask('told');
  const followOns = all.filter(({ id, status }) => !ids.includes(id) && status !== 'ended');
  expect(followOns.map(({ called }) => called)).toEqual([points['start:after-intent']]);
  const [followOn = ''] = followOns.map(({ id }) => id);
  await isIn(followOn, 'scheduled');
  await lane.control('clock', { advanceSeconds: 61 * 60 });
  for (const id of ids) await isIn(id, 'ended');
  const row = await isIn(followOn, 'active');
  expect(row?.actions.filter((action) => action === 'activated')).toHaveLength(1);
  expect(await lane.held()).toHaveLength(1);
  await lane.control('clock', { advanceSeconds: 31 * 60 });
  await isIn(followOn, 'ended');

  const { revoked } = await lane.ask('counts');
  await lane.killedAt(everywhere, () => lane.ask('revokesSessions', cy));
  await lane.until(async () => expect((await lane.ask('counts')).revoked).toBe(revoked + 1));
  await expect(lane.ask('mayDecide', cy)).rejects.toThrow(/not known any more/);
}

test('killed at every step of signing and starting, each signature counts once and each receipt is used once; so is more time, and an end of all sign-ins', {
  timeout: 240_000 + times * 240_000,
}, async (context) => {
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, process.env);
  try {
    const secrets: string[] = [];
    for (const name of ['ada.lind', 'bo.okafor', 'cy.tran']) secrets.push(await lane.ask('signIn', name));
    const [ada = ''] = secrets;
    await lane.ask('refresh', ada, 'refresh-access');
    await lane.until(async () => expect((await lane.ask('eligible', ada)).length).toBeGreaterThan(17));
    for (let n = 0; n < times; n++) {
      if (n > 0) secrets[2] = await lane.ask('signIn', 'cy.tran');
      const stages = ['bo.okafor@contoso.example', 'cy.tran@contoso.example'];
      expect(await lane.ask('asksSignatures', ...stages)).toBe(2);
      await playRound(lane, secrets);
    }
  } finally {
    await lane.close();
  }
  for (const point of [...Object.keys(points), more, everywhere])
    played(context, 'K1', `kill -9 at ${point}`, times);
});
