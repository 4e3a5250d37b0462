/**
 * Plays the faults in full, on PGlite and on PostgreSQL, and prints how often each was played and whether it held.
 * `npm run bench:faults`; `K1 R …` plays these rows only, `pglite` or `postgres` one database; `quick` a few
 * rounds, a number no more than so many.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { startVitest, type TestCase } from 'vitest/node';
import { faultRows, faultTests } from './fault-tests.ts';
import { ensurePostgres } from './postgres.ts';

interface Line {
  row: string;
  what: string;
  database: string;
  rounds: number;
  result: 'held' | 'FAILED' | 'not played';
  seconds: number;
}

const asked = process.argv.slice(2);
const databases = ['pglite', 'postgres'].filter((name, _, all) => !all.some(isAsked) || isAsked(name));
const named = asked.filter((word) => /^[A-Z]/.test(word));
const rows = named.length > 0 ? named : faultRows;
const report = 'test-results/faults.json';
/** Files at a time: each has a database and a tenant of its own, and waits for the dead to be missed most of its time. */
const beside = 4;
/** What a full count leaves in a PGlite takes minutes to close. */
const hookTimeout = 15 * 60_000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
process.env.STINT_FAULTS = isAsked('quick') ? 'quick' : (asked.find((word) => Number(word) > 0) ?? 'full');
const files = faultTests(rows);
// Without a file Vitest would run every test there is.
if (files.length === 0) throw new Error(`No test plays ${rows.join(', ')}.`);
const lines: Line[] = [];
for (const database of databases) lines.push(...(await playOn(database)));
for (const row of rows.filter((one) => !lines.some((line) => line.row === one)))
  lines.push({
    row,
    what: 'not played to its end',
    database: '',
    rounds: 0,
    result: 'not played',
    seconds: 0,
  });
print(lines);
mkdirSync('test-results', { recursive: true });
writeFileSync(report, `${JSON.stringify({ rounds: process.env.STINT_FAULTS, lines }, null, 2)}\n`);
console.log(`Also in ${report}.`);
const held = lines.length > 0 && lines.every(({ result }) => result === 'held');
process.exit(held ? 0 : 1);

function isAsked(word: string): boolean {
  return asked.includes(word);
}

async function playOn(database: string): Promise<Line[]> {
  const postgres = database === 'postgres' ? await ensurePostgres(console.log) : null;
  const nothing: Line = {
    row: '',
    what: 'no PostgreSQL here',
    database,
    rounds: 0,
    result: 'not played',
    seconds: 0,
  };
  if (database === 'postgres' && !postgres) return [nothing];
  // An empty value reads as none.
  process.env.STINT_TEST_DATABASE_URL = postgres?.url ?? '';
  process.env.DATABASE_URL = '';
  try {
    const run = await startVitest('test', files, { watch: false, maxWorkers: beside, hookTimeout });
    const tests = run.state.getTestModules().flatMap((module) => [...module.children.allTests()]);
    const broken = run.state.getUnhandledErrors().length + run.state.getTestModules().filter(isBroken).length;
    await run.close();
    const told = tests.flatMap((test) => linesOf(test, database));
    return broken === 0 ? told : [...told, { ...nothing, what: 'a file could not be run', result: 'FAILED' }];
  } finally {
    await postgres?.stop();
  }
}

function isBroken(module: { errors(): unknown[] }): boolean {
  return module.errors().length > 0;
}

function linesOf(test: TestCase, database: string): Line[] {
  const { state } = test.result();
  const { faults } = test.meta();
  const seconds = Math.round((test.diagnostic()?.duration ?? 0) / 100) / 10;
  if (state === 'failed')
    return [{ row: '?', what: test.fullName, database, rounds: 0, result: 'FAILED', seconds }];
  return (faults ?? [])
    .filter(({ row }) => rows.includes(row))
    .map((one) => ({ ...one, database, result: 'held', seconds }));
}

function print(all: Line[]): void {
  const width = Math.max(0, ...all.map(({ what }) => what.length)) + 2;
  console.log(
    `\n${'row'.padEnd(5)}${'what'.padEnd(width)}${'database'.padEnd(10)}${'rounds'.padStart(7)}${'seconds'.padStart(9)}`,
  );
  const inOrder = all.toSorted((a, b) => `${a.row} ${a.what}`.localeCompare(`${b.row} ${b.what}`));
  for (const { row, what, database, rounds, result, seconds } of inOrder) {
    const counted = `${String(rounds).padStart(7)}${seconds.toFixed(1).padStart(9)}`;
    console.log(`${row.padEnd(5)}${what.padEnd(width)}${database.padEnd(10)}${counted}  ${result}`);
  }
}
