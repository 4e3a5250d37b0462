/** Breaks each control on purpose, in a copy, and expects its tests to go red. `npm run bench:mutants`, a name to run fewer. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type Mutant, mutants } from './mutants/list.ts';

const root = join(import.meta.dirname, '..');
const left = new Set(['node_modules', '.next', '.git', '.stint', '.bench', 'test-results']);
const copy = mkdtempSync(join(tmpdir(), 'stint-mutants-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

cpSync(root, copy, { recursive: true, filter: (from) => !left.has(basename(from)) });
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
const asked = mutants.filter(({ breaks, file }) => `${breaks} ${file}`.includes(process.argv[2] ?? ''));
const tests = [...new Set(asked.map((one) => one.tests))];
if (!passes(tests)) {
  console.error('The tests are red before anything is broken.');
  process.exit(1);
}
let red = 0;
for (const mutant of asked) {
  const seen = isSeen(mutant);
  if (seen) red += 1;
  console.log(`${seen ? 'red    ' : 'SURVIVED'} ${mutant.breaks.padEnd(42)} ${mutant.file}`);
}
console.log(`${red} of ${asked.length} red`);
process.exit(red === asked.length ? 0 : 1);

/** Whether the tests go red; throws when the place to break is not there, or not once. */
function isSeen({ file, find, put, tests: of }: Mutant): boolean {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2) throw new Error(`${file}: not there exactly once: ${find}`);
  writeFileSync(
    path,
    text.replace(find, () => put),
  );
  try {
    return !passes([of]);
  } finally {
    writeFileSync(path, text);
  }
}

function passes(files: string[]): boolean {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--bail=1', ...files],
    { cwd: copy, stdio: 'ignore', env: { ...process.env, DATABASE_URL: '', STINT_TEST_DATABASE_URL: '' } },
  );
  return status === 0;
}
