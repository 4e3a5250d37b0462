/** An engine killed between any two of intent, act and record, against the local tenant, ends right, once. */
import { expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { type KillLane, openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });
/** Lanes wait for dead jobs at the same time; rounds of one lane follow each other. */
const lanes = Math.min(times, 2);

/** Ada’s roles by name, and at which step the engine is killed that has to do with it. */
const roles = {
  committed: 'Helpdesk Administrator Directory',
  intent: 'Contributor Staging',
  acted: 'User Administrator Directory',
  recorded: 'Member sg-oncall-platform',
  lookedAt: 'Deployment Operator Staging',
  lookNoted: 'Reader Platform',
  approvedActed: 'Azure Kubernetes Service RBAC Cluster Admin aks-core',
  approvedRecorded: 'Member sg-breakfix-network',
  approvedIntent: 'Owner Production',
  withdrawn: 'Application Administrator Directory',
  withdrawNoted: 'Storage Blob Data Contributor stpaymentsprod',
  cancelIntent: 'Virtual Machine Contributor Development',
  ended: 'Security Reader Directory',
  endNoted: 'Reports Reader Directory',
  endIntent: 'Owner sg-data-stewards',
};
const approved = [roles.approvedActed, roles.approvedRecorded, roles.approvedIntent];
const toEnd = [roles.ended, roles.endNoted, roles.endIntent];
const toCancel = [roles.withdrawn, roles.withdrawNoted, roles.cancelIntent];

/** Every step, in the order of the round. */
const points = new Set<string>();

async function playRounds(lane: KillLane, count: number): Promise<void> {
  const [ada, bo] = [await lane.ask('signIn', 'ada.lind'), await lane.ask('signIn', 'bo.okafor')];
  await lane.ask('refresh', ada, 'refresh-access');
  await lane.until(async () => expect((await lane.ask('eligible', ada)).length).toBeGreaterThan(17));
  const keys = new Map((await lane.ask('eligible', ada)).map(({ called, key }) => [called, key]));
  for (let n = 0; n < count; n++) await playRound(lane, ada, bo, keys);
}

async function playRound(lane: KillLane, ada: string, bo: string, keys: Map<string, string>): Promise<void> {
  const ids = new Map<string, string>();
  const idOf = (called: string) => ids.get(called) ?? `(never filed: ${called})`;
  const told = async () => {
    const rows = await lane.ask('told', [...ids.values()]);
    return new Map(rows.map((one) => [one.called, one]));
  };
  const isIn = (called: string, ...statuses: string[]) =>
    lane.until(async () => expect(statuses).toContain((await told()).get(called)?.status));
  async function files(called: string[], startsAt: string | null = null): Promise<void> {
    const asked = called.map((one) => keys.get(one) ?? one);
    const answers = await lane.ask('activate', ada, asked, startsAt);
    for (const [index, one] of called.entries()) ids.set(one, answers[index] ?? '');
  }
  const killedAt: KillLane['killedAt'] = async (point, act) => {
    points.add(point);
    await lane.killedAt(point, act);
  };
  const before = await lane.ask('counts');
  const eligible = (await lane.ask('eligible', ada)).length;

  const { now } = await lane.control<{ now: string }>('clock');
  await files(
    [roles.withdrawNoted, roles.cancelIntent],
    new Date(Date.parse(now) + 5 * 3_600_000).toISOString(),
  );
  await files([...toEnd, ...approved, roles.withdrawn]);
  for (const one of toEnd) await isIn(one, 'active');
  for (const one of [...approved, roles.withdrawn]) await isIn(one, 'awaiting_approval');
  for (const one of [roles.withdrawNoted, roles.cancelIntent]) await isIn(one, 'scheduled');
  await killedAt('refresh-approvals:after-read', () => lane.ask('refresh', bo, 'refresh-approvals'));
  await lane.ask('refresh', bo, 'refresh-approvals');
  await lane.until(async () =>
    expect(await lane.ask('mayDecide', bo)).toEqual(expect.arrayContaining(approved.map(idOf))),
  );
  await lane.control('clock', { advanceSeconds: 400 });

  // Of each kind first the step whose job, run again, does nothing: it cannot strike where the next is armed.
  await killedAt('provision:after-record', () => files([roles.recorded]));
  await killedAt('provision:after-act', () => files([roles.acted]));
  await killedAt('activate:before-commit', () => files([roles.committed]));
  await killedAt('activate:after-intent', () => files([roles.intent]));
  await killedAt('decide:after-record', () => lane.ask('approve', bo, idOf(roles.approvedRecorded)));
  await killedAt('decide:after-act', () => lane.ask('approve', bo, idOf(roles.approvedActed)));
  await killedAt('decide:after-intent', () => lane.ask('approve', bo, idOf(roles.approvedIntent)));
  await killedAt('withdraw:after-record', () => lane.ask('cancel', ada, idOf(roles.withdrawNoted)));
  await killedAt('withdraw:after-act', () => lane.ask('cancel', ada, idOf(roles.withdrawn)));
  await killedAt('cancel:after-intent', () => lane.ask('cancel', ada, idOf(roles.cancelIntent)));
  await killedAt('deactivate:after-record', () => lane.ask('end', ada, idOf(roles.endNoted)));
  await isIn(roles.endNoted, 'ended');
  await killedAt('deactivate:after-act', () => lane.ask('end', ada, idOf(roles.ended)));
  await killedAt('end:after-intent', () => lane.ask('end', ada, idOf(roles.endIntent)));
  await killedAt('refresh-access:after-record', () => lane.ask('refresh', ada, 'refresh-access'));
  await killedAt('refresh-access:after-read', () => lane.ask('refresh', ada, 'refresh-access'));
  await killedAt('sign-in:after-session', () => lane.ask('signIn', 'cy.tran'));
  await killedAt('sign-in:after-code', () => lane.ask('signIn', 'cy.tran'));
  await killedAt('export:after-record', () => lane.ask('exportHistory', ada));
  await lane.ask('refuse', 3);
  await lane.ask('closeRefusals', false);
  await killedAt('refusals:before-commit', () => lane.ask('closeRefusals', true));
  await lane.ask('closeRefusals', true);
  // What comes by itself: these are filed first, and any look or reading then is the last.
  await files([roles.lookedAt]);
  await killedAt('look:after-act');
  await files([roles.lookNoted]);
  await killedAt('look:after-record');
  // Readings that died earlier in the round are in the way of this one until they are missed.
  await lane.ask('missTheDead');
  await lane.control('clock', { advanceSeconds: 61 });
  await killedAt('watch:after-act');
  await lane.control('clock', { advanceSeconds: 61 });
  await killedAt('watch:after-record');
  // Those whose id died with the engine that gave it.
  for (const row of await lane.ask('told')) if (row.status !== 'ended') ids.set(row.called, row.id);

  const granted = ['activated', 'filed', 'granted'];
  const decided = ['activated', 'approval_intended', 'approved', 'awaiting_approval', 'filed'];
  const cut = ['activated', 'end_asked', 'ended', 'filed', 'granted'];
  const taken = ['cancel_asked', 'cancelled', 'filed'];
  const { committed, acted, recorded, intent, lookedAt, lookNoted } = roles;
  const given = [acted, recorded, intent, lookedAt, lookNoted];
  const expected = [
    ...given.map((one) => [one, 'active', granted]),
    ...approved.map((one) => [one, 'active', decided]),
    ...toEnd.map((one) => [one, 'ended', cut]),
    ...toCancel.map((one) => [
      ...[
        one,
        'withdrawn',
        [...taken, one === roles.withdrawn ? 'awaiting_approval' : 'scheduled'].toSorted(),
      ],
    ]),
  ];
  await lane.until(async () => {
    const mine = [...(await told()).values()];
    // Each step once; whether what was approved is seen granted before it is seen active is chance.
    const steps = mine.map(({ called, status, actions }) => [
      called,
      status,
      actions.filter((action) => action !== 'granted' || !approved.includes(called)).toSorted(),
    ]);
    expect(steps.toSorted()).toEqual(expected.toSorted());
  });
  expect((await told()).has(committed)).toBe(false);
  expect(await lane.held()).toHaveLength(given.length + approved.length);
  expect((await lane.ask('eligible', ada)).length).toBe(eligible);

  await lane.control('clock', { advanceSeconds: 61 * 60 });
  await killedAt('look:after-act');
  await killedAt('look:after-record');
  await lane.until(async () => {
    const rows = [...(await told()).values()];
    const actions = rows.map((one) => one.actions.filter((action) => action === 'ended').length);
    expect(rows.filter((one) => !['ended', 'withdrawn'].includes(one.status))).toEqual([]);
    expect(actions.toSorted().join('')).toBe(
      `${'0'.repeat(toCancel.length)}${'1'.repeat(rows.length - toCancel.length)}`,
    );
  });
  expect(await lane.held()).toEqual([]);
  await lane.until(async () => {
    const after = await lane.ask('counts');
    expect(after).toMatchObject({ openDifferences: 0, tokens: 0 });
    // The code of the second sign-in was spent for nothing; the first left a session nobody has the secret of.
    expect([after.sessions - before.sessions, after.started - before.started]).toEqual([1, 1]);
    expect([after.exported - before.exported, after.refused - before.refused]).toEqual([1, 2]);
  });
}

test('killed at every step, everything ends in the right state, once', {
  timeout: 300_000 + times * 300_000,
}, async (context) => {
  const server = process.env.STINT_TEST_DATABASE_URL || null;
  const shares = Array.from({ length: lanes }, (_, n) => Math.floor((times + n) / lanes));
  const open: KillLane[] = [];
  try {
    // One after the other: whichever cannot be opened leaves none behind.
    for (const _ of shares) open.push(await openKillLane(server, process.env));
    await Promise.all(open.map((lane, n) => playRounds(lane, shares[n] ?? 0)));
  } finally {
    // All of them: where one failed, the others would play on, and no test run would end.
    await Promise.all(open.map((lane) => lane.close()));
  }
  for (const point of points) played(context, 'K1', `kill -9 at ${point}`, times);
});
