import { stringify } from 'csv-stringify/sync';

/** A column: its heading and a row's value in it. */
export interface Column<Row> {
  heading: string;
  value(row: Row): string | number | Date | null;
}

/**
 * CSV text of some rows (RFC 4180, CRLF). Cells that a spreadsheet would run as a formula are made text:
 * those beginning with = + - @ tab or return, and their full-width forms, also behind spaces (OWASP, CSV injection).
 */
export function csvLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return stringify(
    rows.map((row) => columns.map((column) => cell(column.value(row)))),
    { record_delimiter: 'windows', quoted_match: separators },
  );
}

export function csvHeading<Row>(columns: readonly Column<Row>[]): string {
  return stringify([columns.map((column) => column.heading)], { record_delimiter: 'windows' });
}

/** Every break of a line, not only CRLF; and what other spreadsheets take for the separator. */
const separators = /[\r\n;\t]/;

const formula = /^[\s\u200b\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

function cell(value: string | number | Date | null): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') return String(value);
  const text = value.replaceAll('\0', '');
  return formula.test(text) ? `'${text}` : text;
}

/** Streams a list page by page: nothing of it is held but the page in hand. */
export function csvStream<Row>(
  columns: readonly Column<Row>[],
  pages: AsyncIterable<readonly Row[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pages[Symbol.asyncIterator]();
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      if (!begun) {
        begun = true;
        controller.enqueue(encoder.encode(csvHeading(columns)));
        return;
      }
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(csvLines(columns, value)));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
