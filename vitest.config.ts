import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The folders whose tests open a database. */
const opensDatabase = '{db,lib/audit,lib/auth,lib/export,lib/jobs,lib/operations,lib/queries}';
const everything = ['{lib,db,scripts,components,app}/**/*.test.{ts,tsx}'];
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

export default defineConfig({
  test: {
    ...(!both && { include: everything }),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // By default one core stays idle, which is half of a small machine; and who waits needs none.
    maxWorkers: both ? '150%' : '100%',
    sequence: { sequencer: WaitingFirst },
    ...(both && {
      projects: [
        {
          extends: true,
          test: { name: 'pglite', include: everything, env: { STINT_TEST_DATABASE_URL: '' } },
        },
        {
          extends: true,
          test: {
            name: 'postgres',
            include: [`${opensDatabase}/**/*.test.ts`],
            env: { STINT_TEST_DATABASE_URL: server },
          },
        },
      ],
    }),
  },
});
