import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const everything = '{lib,db,scripts,components,app}/**/*.test.{ts,tsx}';
/** The folders whose tests open a database. */
const opensDatabase = '{db,lib/audit,lib/auth,lib/export,lib/jobs,lib/operations,lib/queries}/**/*.test.ts';
/** Tests that leave nothing behind in their process: the next file goes on in it, with all that it has loaded. */
const leavesNothing = '{components,lib/{domain,operations,queries}}/**/!(lost-database).test.{ts,tsx}';
const leavesNothingInDatabase = 'lib/{operations,queries}/**/!(lost-database).test.ts';
const server = process.env.STINT_TEST_DATABASE_URL;
/** STINT_TEST_BOTH: once on PGlite and, what opens a database, once on that server; else on the server where there is one. */
const both = process.env.STINT_TEST_BOTH === '1' && server !== undefined;

/** Files that mostly wait, for killed processes to be missed, begin first: the others fill the time. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification) => /\/lib\/(jobs|azure)\/[\w-]+\.test/.test(moduleId);
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
  }
}

const all = { name: 'each', include: [everything], exclude: [...configDefaults.exclude, leavesNothing] };
const sharing = { name: 'together', include: [leavesNothing], isolate: false };
const onPostgres = { STINT_TEST_DATABASE_URL: server ?? '' };
const onPglite = { STINT_TEST_DATABASE_URL: '' };
const projects = both
  ? [
      { ...all, name: 'pglite', env: onPglite },
      { ...sharing, name: 'pglite, together', env: onPglite },
      { ...all, name: 'postgres', include: [opensDatabase], env: onPostgres },
      { ...sharing, name: 'postgres, together', include: [leavesNothingInDatabase], env: onPostgres },
    ]
  : [all, sharing];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // Tests start some hundred programs of ours: each compiles what the first has compiled.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/stint-tests') },
    // By default one core stays idle, which is half of a small machine; and who waits needs none.
    maxWorkers: both ? '150%' : '100%',
    sequence: { sequencer: WaitingFirst },
    projects: projects.map((test) => ({ extends: true, test })),
  },
});
