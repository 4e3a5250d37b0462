/** P2: a thousand filings at once, over HTTP to the durable acknowledgement, beside one plain INSERT for each. */
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Pool } from 'pg';
import { type Database, type Stint, startStint } from '#e2e/fixtures/server.ts';
import { buildPortal } from '#scripts/build-portal.ts';
import { ensurePostgres } from '#scripts/postgres.ts';
import { startProgram } from '#scripts/program.ts';
import { type Filing, filers, metricsToken, poster } from './filers.ts';
import { type Figure, type Measurement, median, type Options } from './measurement.ts';
import { type Granted, grantsOf } from './quota-bound.ts';

/** Connections that Stint's own pool has; the yardstick gets as many. */
const connections = 20;

interface Round {
  seconds: number;
  insertSeconds: number;
  granted: Granted;
}

async function measure({ repeats, quick, say }: Options): Promise<Figure[]> {
  const many = quick ? 60 : 1000;
  await buildPortal(startProgram, say);
  const figures: Figure[] = [];
  for (const database of ['postgres', 'pglite'] as const) {
    const rounds: Round[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) rounds.push(await round(database, many, quick, say));
    figures.push(...figuresOf(database, many, rounds));
  }
  return figures;
}

/** A Stint of its own for each repeat: nobody has filed anything yet. */
async function round(database: Database, many: number, quick: boolean, say: Options['say']): Promise<Round> {
  const postgres = database === 'postgres' ? await ensurePostgres(say, { durable: true }) : null;
  const stint = await startStint({
    database,
    ...(postgres && { databaseServer: postgres.url }),
    variables: {
      EMULATOR_SCALE: quick ? 'principals:150,assignments:1500' : 'principals:300,assignments:9000',
      STINT_METRICS_TOKEN: metricsToken,
      STINT_RATE_FACTOR: '1000',
    },
  });
  try {
    const filings = await filers(stint, many, say);
    await quotas(stint, quick ? 0.02 : 0.05);
    const insertSeconds = await (stint.databaseUrl
      ? insertsInto(stint.databaseUrl, many)
      : insertsEmbedded(many));
    const since = Date.now();
    const seconds = await fileAll(stint, filings);
    say(
      `  ${database}: ${many} acknowledged in ${seconds.toFixed(2)} s; as plain inserts ${insertSeconds.toFixed(2)} s`,
    );
    const granted = await grantsOf(stint.emulatorOrigin, many, since, quick ? 0.02 : 0.05);
    say(
      `  ${database}: all granted after ${granted.seconds.toFixed(1)} s; the quotas allow ${granted.boundSeconds.toFixed(1)} s`,
    );
    return { seconds, insertSeconds, granted };
  } finally {
    await stint.stop();
    await postgres?.stop();
  }
}

async function quotas(stint: Stint, scale: number): Promise<void> {
  const body = JSON.stringify({ arm: true, graph: true, scale });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${stint.emulatorOrigin}/_emulator/quotas`, { method: 'POST', body, headers });
  if (!answer.ok) throw new Error(`Quotas: ${answer.status} ${await answer.text()}`);
}

/** Seconds to the last acknowledgement of all, posted at once. @throws Error when one of them was not accepted. */
async function fileAll({ origin }: Stint, filings: Filing[]): Promise<number> {
  const post = poster(origin, 'activateRoles');
  const rest = { justification: 'Scheduled work', ticketNumber: '', startsAt: null };
  const began = performance.now();
  const answers = await Promise.all(
    filings.map(({ cookie, key }) => post(cookie, [{ roles: [{ key, minutes: 60 }], ...rest }])),
  );
  const seconds = (performance.now() - began) / 1000;
  const refused = answers.filter((text) => !/"requestId":"[0-9a-f-]{36}"/.test(text));
  if (refused.length > 0) throw new Error(`${refused.length} were not accepted, such as ${refused[0]}`);
  return seconds;
}

const plain = (n: number) =>
  `insert into plain_filings (id, submission_id, origin, requester_id, requester_name, plane, role_id, scope_id, role_name,
     scope_name, scope_kind, eligibility_id, justification, ticket_number, minutes, status, filed_at, check_at)
   values (gen_random_uuid(), gen_random_uuid(), 'stint', 'person ${n}', 'Somebody ${n}', 'azure',
     '/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c', '/subscriptions/5ca1e055/resourceGroups/rg-0',
     'Contributor', 'rg-0', 'resource_group', 'e', 'Scheduled work', '', 60, 'filed', now(), now() + interval '2 minutes')`;

const table = 'create table plain_filings (like requests including all)';

/** Seconds for as many plain INSERTs, each its own transaction, all at once over as many connections as Stint has. */
async function insertsInto(url: string, many: number): Promise<number> {
  const pool = new Pool({ connectionString: url, max: connections });
  await pool.query(table);
  await Promise.all(Array.from({ length: connections }, () => pool.query('select pg_sleep(0.1)')));
  const seconds = await timed(many, (n) => pool.query(plain(n)));
  await pool.query('drop table plain_filings');
  await pool.end();
  return seconds;
}

/** The same in an embedded database of its own: a folder has one owner. */
async function insertsEmbedded(many: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'stint-plain-'));
  const database = await PGlite.create(folder);
  for (const file of globSync('db/migrations/*.sql').sort()) await database.exec(readFileSync(file, 'utf8'));
  await database.exec(table);
  const seconds = await timed(many, (n) => database.query(plain(n)));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  return seconds;
}

async function timed(many: number, insert: (n: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: many }, (_, n) => insert(n)));
  return (performance.now() - began) / 1000;
}

function figuresOf(database: Database, many: number, rounds: Round[]): Figure[] {
  const of = (value: (one: Round) => number) => median(rounds.map(value));
  const [ours, yardstick] = [
    of(({ seconds }) => many / seconds),
    of(({ insertSeconds }) => many / insertSeconds),
  ];
  const last = of(({ seconds }) => seconds);
  const granted = of((one) => one.granted.seconds);
  const bound = of((one) => one.granted.boundSeconds);
  const work = `${many} filings at once, ${database}`;
  return [
    {
      ...{ id: 'P2', work: `${work}: acknowledged`, beside: 'one plain INSERT each', ours, yardstick },
      ...{ unit: 'filings/s', ratio: ours / yardstick, target: '≥ 0.15', met: ours / yardstick >= 0.15 },
    },
    {
      ...{ id: 'P2b', work: `${work}: the last acknowledgement`, beside: null, ours: last, yardstick: null },
      ...{ unit: 's', ratio: null, target: '≤ 6 s', met: last <= 6 },
    },
    {
      ...{ id: 'P2c', work: `${work}: all granted`, beside: 'what Azure’s quotas allow', ours: granted },
      ...{
        yardstick: bound,
        unit: 's',
        ratio: granted / bound,
        target: '≤ 1.15',
        met: granted <= 1.15 * bound,
      },
    },
  ];
}

export const filings: Measurement = {
  ids: ['P2', 'P2b', 'P2c'],
  title: 'A thousand filings at once',
  measure,
};
