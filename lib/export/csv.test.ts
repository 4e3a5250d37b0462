import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Column, csvHeading, csvLines, csvStream } from './csv.ts';

/** RFC 4180, written from the RFC alone: fields between commas, quotes doubled inside quotes, CRLF between records. */
function parse(text: string): string[][] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      let field = '';
      if (text[at] === '"') {
        for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
          if (at >= text.length) throw new Error('a quoted field does not end');
          if (text[at] === '"') at++;
          field += text[at];
        }
        at++;
      } else {
        for (; at < text.length && text[at] !== ',' && text[at] !== '\r' && text[at] !== '\n'; at++) {
          if (text[at] === '"') throw new Error('a quote in an unquoted field');
          field += text[at];
        }
      }
      record.push(field);
      if (text[at] !== ',') break;
      at++;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`a record ends otherwise at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;
}

const columns: Column<string[]>[] = [
  { heading: 'one', value: (row) => row[0] ?? null },
  { heading: 'two', value: (row) => row[1] ?? null },
];
const readBack = (value: string) => parse(csvLines(columns, [[value, 'x']]))[0]?.[0];
const asTyped = (text: string) => text.replaceAll('\0', '');

describe('a text comes back as it was typed', () => {
  const nasty = fc.string({
    unit: fc.constantFrom(
      '"',
      ',',
      ';',
      '\r',
      '\n',
      '\t',
      ' ',
      '=',
      '+',
      '-',
      '@',
      '＝',
      "'",
      '\0',
      'a',
      'é',
      '𝄞',
      '\u202e',
    ),
    maxLength: 12,
  });
  test('whatever is in it, but for the apostrophe that defuses', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, fc.string({ unit: 'binary' })), { maxLength: 5 }), (rows) => {
        const read = parse(csvLines(columns, rows));
        expect(read).toHaveLength(rows.length);
        for (const [index, row] of rows.entries()) {
          for (const [column, cell] of row.entries()) {
            const got = read[index]?.[column] ?? '(missing)';
            expect(got === asTyped(cell) || got === `'${asTyped(cell)}`).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a cell that a spreadsheet would run', () => {
  test.each([
    '=1+1',
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '\ttab',
    '\rreturn',
    '\nline',
    ' =1+1',
    '   @SUM(A1)',
    '\u00a0=1+1',
    '\u3000=1+1',
    '\u200b=1+1',
    '\ufeff=1+1',
    '\0=1+1',
    '＝1+1',
    '＋1+1',
    '－1+1',
    '＠SUM(A1)',
    ' ＝1+1',
    '=HYPERLINK("http://x","y")',
    "-2+3+cmd|'/C calc'!A0",
  ])('%j is made text', (value) => {
    expect(readBack(value)).toBe(`'${asTyped(value)}`);
  });

  test.each(['a=1', '1-1', 'x@y', 'INC-1', '2026-03-01', "'quoted", '#1', ' a', ''])(
    '%j is none and stays as it is',
    (value) => {
      expect(readBack(value)).toBe(value);
    },
  );

  test('cannot begin inside another, where the separator is a semicolon or a tab', () => {
    for (const value of ['a;=1+1', 'a\t=1+1']) {
      expect(csvLines(columns, [[value, 'x']])).toBe(`"${value}",x\r\n`);
    }
  });
});

test('nothing is an empty cell, a moment is UTC, a negative number stays a number', () => {
  const facts: Column<null>[] = [
    { heading: 'nothing', value: () => null },
    { heading: 'at', value: () => new Date('2026-03-01T10:00:00+02:00') },
    { heading: 'minutes', value: () => -5 },
  ];
  expect(csvLines(facts, [null])).toBe(',2026-03-01T08:00:00.000Z,-5\r\n');
});

describe('a stream', () => {
  test('is the heading and then each page, taken only as the reader asks', async () => {
    const taken: number[] = [];
    async function* pages() {
      for (let page = 0; page < 3; page++) {
        taken.push(page);
        yield [[`a${page}`, 'b']];
      }
    }
    const text = new TextDecoder();
    const reader = csvStream(columns, pages()).getReader();
    expect(text.decode((await reader.read()).value)).toBe(csvHeading(columns));
    expect(taken.length).toBeLessThan(3);
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read())
      rest += text.decode(part.value);
    expect(parse(rest)).toEqual([
      ['a0', 'b'],
      ['a1', 'b'],
      ['a2', 'b'],
    ]);
  });

  test('stops reading the list when its reader leaves', async () => {
    let closed = false;
    async function* pages() {
      try {
        for (;;) yield [['a', 'b']];
      } finally {
        closed = true;
      }
    }
    const stream = csvStream(columns, pages());
    const reader = stream.getReader();
    await reader.read();
    await reader.read();
    await reader.cancel();
    expect(closed).toBe(true);
  });
});
