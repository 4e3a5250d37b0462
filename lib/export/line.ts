import { type SQL, sql } from 'drizzle-orm';
import { type Column, csvCell, jsonCell, literal } from './cells.ts';

/** What an export is made as: each row a line, made by the database; `heading` goes before the first. */
export interface LineFormat {
  type: string;
  heading(columns: readonly Column[]): string;
  line(columns: readonly Column[]): SQL;
}

export const lineFormats = {
  csv: {
    type: 'text/csv; charset=utf-8',
    heading: (columns) => `${columns.map(({ heading }) => heading).join(',')}\r\n`,
    line: (columns) =>
      joined(
        columns.map((column) => [column === columns[0] ? '' : ',', csvCell(column)]),
        '\r\n',
      ),
  },
  jsonl: {
    type: 'application/x-ndjson; charset=utf-8',
    heading: () => '',
    line: (columns) =>
      joined(
        columns.map((column) => [
          `${column === columns[0] ? '{' : ','}"${column.heading}":`,
          jsonCell(column),
        ]),
        '}\n',
      ),
  },
} satisfies Record<string, LineFormat>;

export function isLineFormat(name: string): name is keyof typeof lineFormats {
  return Object.hasOwn(lineFormats, name);
}

/** One call for the whole line: a chain of || would copy it once for every cell. Nothing counts as an empty text. */
function joined(cells: [before: string, cell: SQL][], end: string): SQL {
  const parts = cells.flatMap(([before, cell]) => (before ? [literal(before), cell] : [cell]));
  return sql`concat(${sql.join([...parts, literal(end)], sql`, `)})`;
}
