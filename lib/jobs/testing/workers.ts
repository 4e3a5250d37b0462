import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { expect, vi } from 'vitest';
import { startEmulator } from '#lib/auth/testing.ts';
import { startEngine } from './engine.ts';

/** Runs one statement on the database itself, past every engine. */
export type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

export type Workers = Awaited<ReturnType<typeof startWorkers>>;

/** Milliseconds between two looks. */
export const until = <T>(check: () => Promise<T>, interval = 100) =>
  vi.waitFor(check, { timeout: 60_000, interval });

/** Three engines on one PostgreSQL, before the local tenant, with Ada (an engineer) and Bo (an approver) signed in. */
export async function startWorkers(environment: NodeJS.ProcessEnv, url: string, query: Query) {
  const folder = mkdtempSync(join(tmpdir(), 'stint-workers-'));
  const base = { ...environment, STINT_DATA: folder, LOG_LEVEL: 'silent', PORT: '3000' };
  const emulator = await startEmulator(base);
  const env = {
    ...base,
    EMULATOR_HTTPS_PORT: emulator.httpsPort,
    EMULATOR_HTTP_PORT: emulator.httpPort,
    DATABASE_URL: url,
  };
  const first = await startEngine(env);
  const engines = [first, ...(await Promise.all([startEngine(env), startEngine(env)]))];
  const ada = await first.ask('signIn', 'ada.lind');
  const bo = await first.ask('signIn', 'bo.okafor');
  await first.ask('refresh', ada, 'refresh-access');
  await until(async () => expect((await first.ask('eligible', ada)).length).toBeGreaterThan(15));
  const keys = new Map((await first.ask('eligible', ada)).map(({ called, key }) => [called, key]));

  async function control<T>(path: string, body?: object): Promise<T> {
    const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    return answer.json() as Promise<T>;
  }

  const workers = {
    /** The one that is asked, as the portal is; all three work. */
    first,
    engines,
    ada,
    bo,

    advance: (advanceSeconds: number) => control('clock', { advanceSeconds }),

    /** Ada files one role by a submit of this id; answers as Stint does. */
    files: (called: string, submissionId: string) =>
      first.ask('submit', ada, keys.get(called) ?? called, submissionId),

    /** How often somebody asked the tenant to change something. */
    async writes(): Promise<number> {
      const journal = await control<{ method: string; path: string }[]>('journal?since=0');
      return journal.filter(({ method, path }) => method !== 'GET' && !path.includes('/oauth2/')).length;
    },

    /** What the tenant shows as activated. */
    async held(): Promise<string[]> {
      type Assignment = { kind: string; assignmentType: string; roleName: string };
      const all = await control<Assignment[]>('assignments');
      return all
        .filter((one) => one.kind === 'active' && one.assignmentType === 'activated')
        .map(({ roleName }) => roleName);
    },

    /** The request that a submit of one role made; null: none. */
    async filedBy(submissionId: string): Promise<string | null> {
      const rows = await query<{ id: string }>('select id from requests where submission_id = $1', [
        submissionId,
      ]);
      expect(rows.length).toBeLessThanOrEqual(1);
      return rows[0]?.id ?? null;
    },

    /** A request and what is on record of it, but for when it worked: that is found out beside it, perhaps by nobody. */
    async row(id: string): Promise<{ status: string; actions: string[] }> {
      const [row] = await query<{ status: string; actions: string[] }>(
        `select r.status, array(select replace(action, 'request.', '') from audit_entries
           where subject_kind = 'request' and subject_id = r.id::text and action <> 'request.usable'
           order by seq) as actions
         from requests r where r.id = $1`,
        [id],
      );
      return row ?? { status: '(none)', actions: [] };
    },

    becomes: (id: string, status: string) =>
      until(async () => expect((await workers.row(id)).status).toBe(status)),

    /** Files what Bo decides, and has it before him. */
    async waitsForBo(called: string): Promise<string> {
      const id = await workers.files(called, crypto.randomUUID());
      await workers.becomes(id, 'awaiting_approval');
      await first.ask('refresh', bo, 'refresh-approvals');
      await until(async () => expect(await first.ask('mayDecide', bo)).toContain(id));
      return id;
    },

    /** Everything runs out: what comes next begins with nothing active. */
    async empties(): Promise<void> {
      await workers.advance(3700);
      await until(async () => {
        const over = `('ended', 'failed', 'withdrawn', 'denied', 'lapsed')`;
        expect(await query(`select 1 from requests where status not in ${over}`)).toEqual([]);
        expect(await workers.held()).toEqual([]);
      });
    },

    /** Turns the queue's clock: active jobs (of one queue) have missed their heartbeat, and are given to others. */
    async missHeartbeats(queue: string | null): Promise<void> {
      await query(
        `update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute'
         where state = 'active' and name = coalesce($1, name)`,
        [queue],
      );
      await query('update pgboss.queue set monitor_claim_on = null, monitor_on = null');
      const boss = new PgBoss({ connectionString: url, schedule: false, supervise: false, max: 2 });
      boss.on('error', () => {});
      await boss.start();
      await boss.supervise();
      await boss.stop({ graceful: false });
    },

    async stop(): Promise<void> {
      for (const engine of engines) await engine.kill();
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return workers;
}
