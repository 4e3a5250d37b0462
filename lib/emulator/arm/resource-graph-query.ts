import { PimRefusal } from '#lib/emulator/pim/refusal.ts';

/** A row of a table: what a column is called, and what is in it. */
export type Columns = Record<string, unknown>;

/** The part of Kusto that is understood: one table, then where, project, limit and take, in any order. */
interface GraphQuery {
  table: string;
  /** What the first comparison of `type` names, lower-cased; null where there is none. */
  type: string | null;
  /** Rows in, rows out. Throws BadRequest for a column the table lacks. */
  run(rows: Columns[]): Columns[];
}

const WHERE = /^where\s+([\w.]+)\s*(==|=~)\s*(?:'([^']*)'|"([^"]*)")$/i;
const PROJECT = /^project\s+([\w.]+(?:\s*,\s*[\w.]+)*)$/i;
const LIMIT = /^(?:limit|take)\s+(\d{1,9})$/i;

type Step = (rows: Columns[]) => Columns[];

/** Reads a query; null for one that says more than is understood. */
export function readGraphQuery(text: string): GraphQuery | null {
  const [table = '', ...parts] = text
    .trim()
    .replace(/\s*;$/, '')
    .split('|')
    .map((part) => part.trim());
  const steps = parts.map(stepOf);
  if (!/^\w+$/.test(table) || steps.includes(null)) return null;
  const compared = parts.map((part) => WHERE.exec(part)).find((found) => found?.[1] === 'type');
  return {
    table: table.toLowerCase(),
    type: compared ? (compared[3] ?? compared[4] ?? '').toLowerCase() : null,
    run: (rows) => steps.reduce((left, step) => step?.(left) ?? left, rows),
  };
}

function stepOf(part: string): Step | null {
  const [, column, operator, single, double] = WHERE.exec(part) ?? [];
  const wanted = single ?? double ?? '';
  if (column) return (rows) => rows.filter((row) => isSame(operator, cell(row, column), wanted));
  const names = PROJECT.exec(part)?.[1]?.split(/\s*,\s*/);
  if (names) return (rows) => rows.map((row) => projected(row, names));
  const most = LIMIT.exec(part)?.[1];
  return most === undefined ? null : (rows) => rows.slice(0, Number(most));
}

/** `==` heeds case, `=~` does not. */
function isSame(operator: string | undefined, value: unknown, wanted: string): boolean {
  if (typeof value !== 'string') return false;
  return operator === '==' ? value === wanted : value.toLowerCase() === wanted.toLowerCase();
}

/** `properties.scope` becomes the column `properties_scope`. */
function projected(row: Columns, names: string[]): Columns {
  return Object.fromEntries(names.map((name) => [name.replaceAll('.', '_'), cell(row, name) ?? null]));
}

function cell(row: Columns, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  if (!(first in row)) {
    throw new PimRefusal(
      400,
      'BadRequest',
      'Please provide below info when asking for support: InvalidQuery.',
    );
  }
  return rest.reduce<unknown>((value, name) => Object(value)[name], row[first]);
}
