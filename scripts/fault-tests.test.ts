import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultRows, faultTests } from './fault-tests.ts';

test.each(faultRows)('%s is played by somebody', (row) => {
  expect(faultTests([row])).not.toEqual([]);
});

test('every test that counts its rounds belongs to a row', () => {
  const counting = globSync('**/*.test.ts', { exclude: ['node_modules/**'] }).filter((path) =>
    /\bplayed\(\s*context,\s*'|\/racing\.ts'/.test(readFileSync(path, 'utf8')),
  );
  expect(faultTests(faultRows).toSorted()).toEqual(counting.toSorted());
});
