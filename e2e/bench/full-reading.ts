/** P6: who holds what in a large tenant, read under Azure's quotas while one call in twenty is refused, beside what those quotas allow. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { type Assignment, emulatorAt } from '#e2e/fixtures/emulator.ts';
import { freePort } from '#scripts/ports.ts';
import { ensurePostgres, scratchDatabase } from '#scripts/postgres.ts';
import { startProgram } from '#scripts/program.ts';
import { untilReady } from '#scripts/until-ready.ts';
import { changeTenant } from './change-tenant.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { followReading, ofLook, ofReading } from './reading-bound.ts';

const patienceMinutes = 60;

async function measure({ quick, say }: Options): Promise<Figure[]> {
  const [principals, assignments] = quick ? [2_000, 8_000] : [50_000, 200_000];
  const folder = mkdtempSync(join(tmpdir(), 'stint-reading-'));
  const server = process.env.STINT_TEST_DATABASE_URL;
  const postgres = server ? await scratchDatabase(server) : await ensurePostgres(say);
  if (!postgres) throw new Error('P6 is measured on PostgreSQL, and there is none.');
  const httpPort = await freePort();
  const httpsPort = await freePort();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'production',
    EMULATOR_SCALE: `principals:${principals},assignments:${assignments}`,
    EMULATOR_HTTP_PORT: String(httpPort),
    EMULATOR_HTTPS_PORT: String(httpsPort),
    STINT_DATA: folder,
    STINT_JOBS: 'worker',
    DATABASE_URL: postgres.url,
    LOG_LEVEL: 'warn',
  };
  const origin = `http://localhost:${httpPort}`;
  const emulator = startProgram('emulator', ['lib/emulator/main.ts'], env);
  let worker: ReturnType<typeof startProgram> | null = null;
  const pool = new Pool({ connectionString: postgres.url, max: 2 });
  try {
    await untilReady(emulator, `${origin}/_emulator/clock`, 120);
    await underQuotas(origin);
    const journal = followReading(origin, principals, ofReading);
    worker = startProgram('worker', ['scripts/worker.ts'], env);
    const seconds = await untilRead(pool, say);
    const { calls, refused, boundSeconds } = await journal.end();
    const wrong = await difference(pool, await emulatorAt(origin).assignments());
    const changes = await changeTenant({ httpsPort, folder }, await emulatorAt(origin).assignments());
    const look = followReading(origin, principals, ofLook);
    const { rows } = await pool.query('select stint_now() as at');
    await emulatorAt(origin).advance(6 * 60);
    await untilLooked(pool, rows[0].at);
    const looked = await look.end();
    const since = await difference(pool, await emulatorAt(origin).assignments());
    say(
      `  ${calls} calls, ${refused} of them refused; the quotas allow them in ${boundSeconds.toFixed(1)} s`,
    );
    say(`  ${wrong.missed} missed, ${wrong.phantom} phantom, ${wrong.gaps} places not read`);
    say(`  ${changes} changes: ${looked.calls} calls, ${since.missed} missed, ${since.phantom} phantom`);
    return [
      ...figuresOf(principals, assignments, seconds, boundSeconds, wrong),
      lookFigure(changes, looked.calls, calls, since),
    ];
  } finally {
    await worker?.stop();
    await emulator.stop();
    await pool.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Azure's own numbers, and every twentieth call refused for a second. */
async function underQuotas(origin: string): Promise<void> {
  const fault = { match: '^/(v1\\.0|beta|subscriptions|providers)', rate: 0.05, status: 429, retryAfter: 1 };
  for (const [path, body] of [
    ['quotas', { graph: true, arm: true, scale: 1 }],
    ['faults', fault],
  ] as const) {
    const answer = await fetch(`${origin}/_emulator/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}

/** Seconds the first reading took, from its beginning to its conclusion. @throws Error when an hour passes. */
async function untilRead(pool: Pool, say: Options['say']): Promise<number> {
  let told = 0;
  for (const until = Date.now() + patienceMinutes * 60_000; Date.now() < until; await pause(500)) {
    const { rows } = await pool
      .query(
        `select extract(epoch from finished_at - started_at)::float as seconds,
           (select count(*)::int from inventory_parts) as parts,
           (select count(*)::int from inventory_parts where state <> 'waiting') as done
         from inventory_runs order by started_at limit 1`,
      )
      // The worker has not made its tables yet.
      .catch(() => ({ rows: [] }));
    const [run] = rows as { seconds: number | null; parts: number; done: number }[];
    if (run?.seconds) return run.seconds;
    if (run && Date.now() > told + 30_000) {
      say(`  ${run.done} of ${run.parts} lists`);
      told = Date.now();
    }
  }
  throw new Error(`The tenant was not read within ${patienceMinutes} minutes.`);
}

/** Until a look at changes that began later came to its end. @throws Error when it does not. */
async function untilLooked(pool: Pool, after: Date): Promise<void> {
  for (const until = Date.now() + patienceMinutes * 60_000; Date.now() < until; await pause(500)) {
    const looked = await pool.query(
      `select 1 from inventory_runs where kind = 'changes' and finished_at is not null and started_at > $1`,
      [after],
    );
    if (looked.rows.length > 0) return;
  }
  throw new Error(`Nobody looked for changes within ${patienceMinutes} minutes.`);
}

interface Wrong {
  missed: number;
  phantom: number;
  gaps: number;
}

/** The record against the tenant's own count. */
async function difference(pool: Pool, tenant: Assignment[]): Promise<Wrong> {
  const { rows } = await pool.query(
    `select plane || ' ' || kind || ' ' || principal_id || ' ' || role_name || ' ' || scope_id as key
     from assignments where gone_at is null`,
  );
  const left = new Map<string, number>();
  for (const { key } of rows as { key: string }[])
    left.set(key.toLowerCase(), (left.get(key.toLowerCase()) ?? 0) + 1);
  let missed = 0;
  for (const one of tenant) {
    const key = keyOf(one);
    const count = left.get(key) ?? 0;
    if (count === 0) missed += 1;
    else left.set(key, count - 1);
  }
  const gaps = await pool.query(`select count(*)::int as count from inventory_parts where state = 'failed'`);
  return {
    missed,
    phantom: [...left.values()].reduce((sum, count) => sum + count, 0),
    gaps: gaps.rows[0].count,
  };
}

function keyOf({ plane, kind, assignmentType, endAt, principalId, roleName, scope }: Assignment): string {
  const active = assignmentType === 'activated' ? 'activated' : endAt ? 'time_bound' : 'standing';
  return [plane, kind === 'eligible' ? kind : active, principalId, roleName, scope].join(' ').toLowerCase();
}

function figuresOf(
  principals: number,
  assignments: number,
  seconds: number,
  bound: number,
  { missed, phantom }: Wrong,
): Figure[] {
  const work = `${principals / 1000}k principals, ${assignments / 1000}k assignments read, 5 % of calls refused`;
  const ratio = bound > 0 ? seconds / bound : null;
  return [
    {
      ...{ id: 'P6', work, beside: 'what Azure’s quotas allow', ours: seconds, yardstick: bound },
      ...{ unit: 's', ratio, target: '≤ 1.25', met: ratio !== null && ratio <= 1.25 },
    },
    {
      ...{ id: 'P6b', work: 'missed and phantom assignments', beside: null, ours: missed + phantom },
      ...{ yardstick: null, unit: 'rows', ratio: null, target: '0', met: missed + phantom === 0 },
    },
  ];
}

/** What a look at changes asks of Azure, tries and all, beside a reading of everything. */
function lookFigure(changes: number, calls: number, full: number, { missed, phantom }: Wrong): Figure {
  const ratio = full > 0 ? calls / full : null;
  return {
    ...{ id: 'P6c', work: `a look that finds ${changes} changes`, beside: 'a full reading', ours: calls },
    ...{ yardstick: full, unit: 'calls', ratio, target: '≤ 0.02, none missed' },
    met: ratio !== null && ratio <= 0.02 && missed + phantom === 0,
  };
}

export const fullReading: Measurement = {
  ids: ['P6', 'P6b', 'P6c'],
  title: 'The whole tenant under Azure’s quotas',
  measure,
};
