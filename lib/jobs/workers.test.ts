/**
 * Three workers on a PostgreSQL of their own, against the local tenant: one that stood still does no harm when it
 * wakes, and the server may go at any moment.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { refusalSentences } from '#lib/domain/refusal.ts';
import { type Cluster, postgresPrograms, startCluster } from '#scripts/cluster.ts';
import type { Engine } from './testing/engine.ts';
import { startWorkers, until, type Workers } from './testing/workers.ts';

const programs = process.env.STINT_TEST_DATABASE_URL ? postgresPrograms() : null;
const roles = {
  staging: 'Contributor Staging',
  users: 'User Administrator Directory',
  onCall: 'Member sg-oncall-platform',
  reader: 'Reader Platform',
  /** Bo decides. */
  cluster: 'Azure Kubernetes Service RBAC Cluster Admin aks-core',
};
const granted = ['filed', 'granted', 'activated'];
const minutes = 60_000;

// A process that stands still is known by /proc.
describe.skipIf(!programs || process.platform !== 'linux')('three workers', () => {
  let cluster: Cluster;
  let pool: Pool;
  let workers: Workers;

  beforeAll(async () => {
    cluster = await startCluster(programs ?? '', { synchronous_commit: 'on' });
    pool = new Pool({ connectionString: cluster.url, max: 2 });
    pool.on('error', () => {});
    const query = async (text: string, values?: unknown[]) => (await pool.query(text, values)).rows;
    workers = await startWorkers(process.env, cluster.url, query);
  }, 3 * minutes);
  afterAll(async () => {
    await workers?.stop();
    await pool?.end();
    await cluster?.stop();
  });

  /** The worker that comes to the step first stands still there. Whoever is asked may be the one, and never answer. */
  async function stoppedAt(point: string, act: () => Promise<unknown>): Promise<Engine> {
    for (const engine of workers.engines) await engine.ask('arm', point, 'SIGSTOP');
    act().catch(() => {});
    let zombie: Engine | undefined;
    await until(async () => {
      zombie = workers.engines.find(({ pid }) => /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
      expect(zombie, point).toBeDefined();
    });
    for (const engine of workers.engines) if (engine !== zombie) await engine.ask('arm', null);
    return zombie as Engine;
  }

  const active = (queue: string) =>
    pool.query('select id from pgboss.job where name = $1 and state = $2', [queue, 'active']);

  /** The zombie's job goes to another and is done. `real`: after as long as it takes in life. */
  async function takenOver(queue: string, real: boolean): Promise<void> {
    const { rows } = await active(queue);
    expect(rows).toHaveLength(1);
    if (!real) await workers.missHeartbeats(queue);
    await until(async () => {
      const now = await pool.query('select state, retry_count from pgboss.job where id = $1', [rows[0].id]);
      expect(now.rows).toEqual([{ state: 'completed', retry_count: 1 }]);
    });
  }

  /** Brings a request to where the job of this queue is next, and says how that job is asked for. */
  async function before(queue: string): Promise<{ id: () => Promise<string>; act: () => Promise<unknown> }> {
    const { first, ada, bo } = workers;
    const submissionId = randomUUID();
    if (queue === 'provision') {
      const id = async () => (await workers.filedBy(submissionId)) ?? '';
      return { id, act: () => workers.files(roles.staging, submissionId) };
    }
    if (queue === 'decide') {
      const id = await workers.waitsForBo(roles.cluster);
      return { id: async () => id, act: () => first.ask('approve', bo, id) };
    }
    const id = await workers.files(roles.staging, submissionId);
    await workers.becomes(id, 'active');
    await workers.advance(400);
    const act = () => until(() => first.ask('end', ada, id));
    return { id: async () => id, act };
  }

  const told: Record<string, string[]> = {
    provision: granted,
    deactivate: [...granted, 'end_asked', 'ended'],
    decide: ['filed', 'awaiting_approval', 'approval_intended', 'approved', 'activated'],
  };
  const steps = Object.keys(told).flatMap((queue) =>
    ['before-act', 'after-act', 'after-record'].map((step) => [queue, `${queue}:${step}`] as const),
  );

  test('what stood still past its heartbeat is replaced, and writes nothing when it wakes: done once, told once', {
    timeout: 60 * minutes,
  }, async (context) => {
    const times = rounds({ quick: 1, full: 50 });
    for (let round = 0; round < times; round++) {
      const [queue, point] = steps[round % steps.length] ?? ['provision', 'provision:before-act'];
      const { id, act } = await before(queue);
      const zombie = await stoppedAt(point, act);
      const stoppedAtMs = Date.now();
      await takenOver(queue, round % 10 === 9);
      const requestId = await id();
      await workers.becomes(requestId, queue === 'deactivate' ? 'ended' : 'active');
      const row = await workers.row(requestId);
      const writes = await workers.writes();
      // Turning the queue's clock moves no other: it stands still long enough for itself to notice.
      await pause(Math.max(0, stoppedAtMs + 6_000 - Date.now()));
      process.kill(zombie.pid, 'SIGCONT');
      await zombie.ask('arm', null);
      // It has done with what it had in hand when its job, which is not its own any more, lets it take the next.
      await until(async () => expect(await zombie.ask('idle')).toBe(true));
      expect(await workers.writes(), point).toBe(writes);
      expect(await workers.row(requestId), point).toEqual(row);
      expect(row.actions.toSorted(), point).toEqual(told[queue]?.toSorted());
      expect(await workers.held(), point).toHaveLength(queue === 'deactivate' ? 0 : 1);
      await workers.empties();
    }
    played(context, 'K11', 'one of three workers stopped past its heartbeat, then resumed', times);
  });

  test('the server stops in the midst of everything and comes back: what was acknowledged is there, and all goes on by itself', {
    timeout: 60 * minutes,
  }, async (context) => {
    const { first, engines, ada, bo } = workers;
    const times = rounds({ quick: 1, full: 20 });
    const asked = [roles.staging, roles.users, roles.onCall, roles.reader];
    await first.ask('listen', ada);
    for (let round = 0; round < times; round++) {
      const waiting = await workers.waitsForBo(roles.cluster);
      const submits = asked.map((called) => ({ called, submissionId: randomUUID() }));
      const filings = submits.map(({ called, submissionId }) => workers.files(called, submissionId));
      const others = [
        first.ask('approve', bo, waiting),
        first.ask('signIn', 'cy.tran'),
        first.ask('refresh', ada, 'refresh-access'),
      ];
      const all = Promise.all([Promise.allSettled(filings), Promise.allSettled(others)]);
      // It goes when some are acknowledged: two of them first, then three, four, none, one.
      let acknowledged = 0;
      for (const filing of filings) filing.then(() => acknowledged++).catch(() => {});
      await until(async () => expect(acknowledged).toBeGreaterThanOrEqual((round + 2) % 5), 2);
      await cluster.crash();
      const [outcomes, rest] = await all;
      const honest = [refusalSentences.unavailable, refusalSentences.unknown_outcome];
      for (const one of [...outcomes, ...rest])
        if (one.status === 'rejected') expect(honest).toContain(one.reason.message);

      // While it is away: said so, by processes that live.
      for (const engine of engines)
        expect(await engine.ask('health')).toMatchObject({ status: 'failing', database: 'failing' });
      await expect(workers.files(roles.staging, randomUUID())).rejects.toThrow(honest[0]);
      await cluster.start();
      for (const engine of engines)
        await until(async () =>
          expect(await engine.ask('health')).toMatchObject({ status: 'ok', database: 'ok', jobs: 'ok' }),
        );

      for (const [index, { called, submissionId }] of submits.entries()) {
        const known = await workers.filedBy(submissionId);
        const outcome = outcomes[index];
        if (outcome?.status === 'fulfilled') expect(outcome.value).toBe(known);
        const again = await workers.files(called, submissionId);
        expect(again).toBe(await workers.filedBy(submissionId));
        if (known) expect(again).toBe(known);
      }
      await first
        .ask('approve', bo, waiting)
        .catch(({ message }) => expect(message).toBe('Bo Okafor approved this first.'));
      // Jobs that could not even be given back wait out their heartbeat.
      await workers.missHeartbeats(null);
      for (const { submissionId } of submits) {
        const id = (await workers.filedBy(submissionId)) ?? '';
        await workers.becomes(id, 'active');
        expect((await workers.row(id)).actions).toEqual(granted);
      }
      await workers.becomes(waiting, 'active');
      // Approved in Azure, and the server gone before it was noted: a reading of Ada's own may tell it first.
      await until(async () => {
        const actions = (await workers.row(waiting)).actions.filter((one) => one !== 'granted');
        expect(actions.toSorted()).toEqual(told.decide?.toSorted());
      });
      expect(await workers.held()).toHaveLength(asked.length + 1);
      // A page that was open all the while hears of what happens now.
      const before = await first.ask('heard');
      await workers.empties();
      await until(async () => expect(await first.ask('heard')).toBeGreaterThan(before));
      expect((await pool.query(`select data from pgboss.job where name = 'dead-letter'`)).rows).toEqual([]);
    }
    played(context, 'K6', 'the database stops at once and starts again, under load', times);
  });
});
