/** Azure fails at every fifth call in every way it is known for; when it is well again nothing is lost, doubled or untrue. */
import { inArray, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { played, rounds } from '#db/rounds.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { differences } from '#db/schema/watch.ts';
import { releaseStaleDecisions } from '#lib/operations/approvals/apply-decision.ts';
import { asJob } from '#lib/operations/context.ts';
import { cancel } from '#lib/operations/requests/cancel.ts';
import { end } from '#lib/operations/requests/end.ts';
import { emulatorBench } from './testing/emulator-bench.ts';

const wanted = rounds({ quick: 200, full: 10_000 });
const few = rounds({ quick: 4, full: 10 });
const kinds = [
  { status: 429 },
  { status: 429, retryAfter: 1 },
  { status: 500 },
  { status: 502, afterEffect: true },
  { status: 503 },
  { status: 503, afterEffect: true },
  { status: 504 },
  { status: 504, afterEffect: true },
  { kind: 'reset' },
  { kind: 'reset', afterEffect: true },
  { kind: 'reset', midBody: true },
  { kind: 'brokenJson', afterEffect: true },
];
/** Together every fifth call. */
const rate = 1 - 0.8 ** (1 / kinds.length);
/** As often as the queue tries a job before it is a dead letter. */
const tries = 9;
const plain = [
  ...['User Administrator', 'Reports Reader', 'Helpdesk Administrator', 'Contributor', 'Reader', 'Member'],
  ...[
    'Deployment Operator',
    'Storage Blob Data Contributor',
    'Virtual Machine Contributor',
    'Security Reader',
  ],
];

let stage: Awaited<ReturnType<typeof emulatorBench>>;
beforeAll(async () => {
  stage = await emulatorBench(process.env, 'ada.lind', 'bo.okafor', 'cy.tran');
}, 300_000);
afterAll(() => stage?.close());

test('many calls, every fifth a fault', { timeout: 300_000 + wanted * 600 }, async (context) => {
  const { bench, people } = stage;
  const [ada = expect.fail(), bo = expect.fail(), cy = expect.fail()] = people;
  await bench.reads(ada);
  const eligible = await db().select().from(mirrorEligible);
  const named = (...names: string[]) => eligible.filter((row) => names.includes(row.roleName));
  const easy = named(...plain)
    .filter((row) => row.scopeName !== 'sg-breakfix-network')
    .slice(0, few);
  const hard = eligible.filter(
    (row) =>
      ['aks-core', 'sg-breakfix-network'].includes(row.scopeName) ||
      row.roleName === 'Application Administrator',
  );
  expect([easy.length, hard.length]).toEqual([few, 3]);
  let [calls, dead, round] = [0, 0, 0];

  async function tryAll(): Promise<void> {
    for (let n = 0; n < tries; n++) await bench.deliver();
    dead += bench.waiting.length;
    bench.waiting = [];
  }
  async function passes(minutes: number): Promise<void> {
    for (let n = 0; n < minutes; n++) {
      await stage.advance(1);
      await releaseStaleDecisions(asJob('sweep', 'faults'));
      await bench.looks();
    }
  }

  while (calls < wanted) {
    round++;
    await stage.calls();
    await stage.control('POST', 'faults', { rules: kinds.map((one) => ({ match: '^/', rate, ...one })) });
    const { answers } = await bench.submits(ada, [...easy, ...hard]);
    const ids = answers.flatMap(({ requestId }) => requestId ?? []);
    expect(ids).toHaveLength(easy.length + hard.length);
    await tryAll();
    await passes(2);
    await tryAll();
    // What did not come as far as an approver is no matter for a decision.
    const [first = '', second = '', third = ''] = ids.slice(easy.length);
    await bench.decides(bo, first, true).catch(() => {});
    await bench.decides(bo, second, round % 2 === 0, 'As it is').catch(() => {});
    await bench.decides(cy, third, true).catch(() => {});
    if (round % 2 === 1) await cancel(bench.as(ada), third, bench.seal(ada)).catch(() => {});
    await tryAll();
    await passes(6);
    for (const id of ids.slice(0, few / 2)) await end(bench.as(ada), id, bench.seal(ada)).catch(() => {});
    await tryAll();
    await passes(2);
    calls += await stage.calls();

    await stage.control('DELETE', 'faults');
    bench.waiting = [];
    await passes(30);
    await bench.watches();
    await stage.control('POST', 'clock', { advanceSeconds: 66 });
    await bench.looks();
    const rows = await db().select().from(requests).where(inArray(requests.id, ids));
    expect(rows).toHaveLength(ids.length);
    const now = rows.map(({ roleName, status, failure }) => `${roleName}: ${status} ${failure ?? ''}`);
    for (const { status } of rows)
      expect(['active', 'ended', 'denied', 'withdrawn', 'awaiting_approval'], now.join('\n')).toContain(
        status,
      );
    expect(await stage.recorded()).toEqual(await stage.held());
    for (const { id, status } of rows) {
      const actions = await bench.actions(id);
      for (const once of ['filed', 'granted', 'approved', 'denied', 'activated', 'cancelled', 'ended'])
        expect(actions.filter((one) => one === once).length, actions.join(' ')).toBeLessThan(2);
      if (status === 'active') expect(actions).toEqual(expect.arrayContaining(['filed', 'activated']));
      if (status === 'active' && ids.indexOf(id) >= easy.length)
        expect(actions).toContain('approval_intended');
    }
    expect(await db().$count(requests)).toBe(ids.length * round);
    expect(await db().select().from(differences).where(isNull(differences.resolvedAt))).toEqual([]);

    await stage.advance(24 * 60);
    await passes(3);
    expect(await stage.held()).toEqual([]);
    expect(await stage.recorded()).toEqual([]);
  }
  played(context, 'K3', `Azure’s calls at 20 % faults, ${dead} jobs tried out`, calls);
});
