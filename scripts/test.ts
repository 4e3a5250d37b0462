/** Everything: types, lint, walls, unused code, units and both databases, the build, the browser on both databases. */
import { ensureBrowser } from './browser.ts';
import { ensurePostgres } from './postgres.ts';
import { quickSteps, unit } from './quick-steps.ts';
import { runSteps } from './steps.ts';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
const inCi = Boolean(process.env.CI);
const postgres = await ensurePostgres(console.log);
if (!postgres && inCi) {
  console.error('CI is set and there is no PostgreSQL: the run would prove half of what it should.');
  process.exit(1);
}
const browser = browserOrWhy();
console.log(`PostgreSQL: ${postgres?.where ?? 'none, its tests are skipped'}`);
console.log(`Browser: ${browser.path ?? browser.why}`);

const noPostgres = postgres ? {} : { skipped: 'no PostgreSQL here' };
const onPostgres = { DATABASE_URL: undefined, STINT_TEST_DATABASE_URL: postgres?.url };
const onPglite = { DATABASE_URL: undefined, STINT_TEST_DATABASE_URL: undefined };
const chromium = { CHROMIUM_PATH: browser.path };
/**
 * How pages look and are moved through, what a form refuses and what strangers meet is the same whatever is behind it;
 * so is what the units of its operations prove on both.
 */
const sameOnBoth = `(${[
  ...['accessibility', 'approval-policy', 'counter-offer', 'delegation', 'extension', 'findings', 'gesture'],
  ...['keyboard', 'machine-doors', 'nothing-eligible', 'notifications', 'outside-roles', 'own-request'],
  ...['palette', 'posture', 'proof', 'refused', 'session-list', 'step-up', 'strangers', 'tickets', 'timing'],
  ...['usable', 'webhooks', 'window-ends-with-ticket'],
].join('|')})\\.spec\\.ts`;
const thirds = [1, 2, 3].map((third) => ({
  name: `browser, on PGlite ${third}/3`,
  command: ['playwright', 'test', `--shard=${third}/3`, `--output=test-results/pglite-${third}`],
  env: { ...onPglite, ...chromium, STINT_E2E_DB: 'pglite' },
}));

const passed = await runSteps([
  ...quickSteps,
  { name: 'unused code', command: ['knip'] },
  postgres
    ? {
        name: 'units, on both',
        command: ['vitest', 'run'],
        env: { DATABASE_URL: undefined, STINT_TEST_DATABASE_URL: postgres.url, STINT_TEST_BOTH: '1' },
      }
    : unit,
  {
    name: 'build',
    command: ['node', 'scripts/build.ts'],
    neededBy: [...thirds.map(({ name }) => name), 'journeys, on PostgreSQL'],
  },
  // Each has a portal and a tenant of its own, and waits for them half of its time.
  [
    ...thirds,
    {
      name: 'journeys, on PostgreSQL',
      command: ['playwright', 'test', 'e2e/journeys', '--grep-invert', sameOnBoth],
      env: { ...onPostgres, ...chromium, STINT_E2E_DB: 'postgres' },
      ...noPostgres,
    },
  ],
]);
await postgres?.stop();
process.exitCode = passed && browser.path ? 0 : 1;

function browserOrWhy(): { path?: string; why: string } {
  try {
    return { path: ensureBrowser(console.log), why: '' };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
