import { globSync, readFileSync } from 'node:fs';

/** The rows of the table of faults: what each does to Stint is said by the test that plays it. */
export const faultRows = ['K1', 'K3', 'K4', 'K5', 'K6', 'K8', 'K11', 'L2', 'R'];

/** The test files that play any of these rows: those that count rounds by db/rounds.ts and name the row, or race. */
export function faultTests(rows: readonly string[]): string[] {
  return globSync('{lib,db,scripts,app}/**/*.test.ts').filter((path) => {
    const text = readFileSync(path, 'utf8');
    const from = (file: string) => new RegExp(`from '[^']*/${file}\\.ts'`).test(text);
    return (
      (from('rounds') && rows.some((row) => text.includes(`'${row}'`))) ||
      (from('racing') && rows.includes('R'))
    );
  });
}
