import type { Step } from './steps.ts';

/** What needs neither a build nor a server: under a minute. */
export const quickSteps: Step[] = [
  { name: 'route types', command: ['next', 'typegen'], env: { NEXT_TELEMETRY_DISABLED: '1' } },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint and walls', command: ['biome', 'check', '--error-on-warnings', '.'] },
];

/** Without the databases of the environment: these run on what each test opens for itself. */
export const unit: Step = {
  name: 'unit, on PGlite',
  command: ['vitest', 'run'],
  env: { DATABASE_URL: undefined, STINT_TEST_DATABASE_URL: undefined },
};
