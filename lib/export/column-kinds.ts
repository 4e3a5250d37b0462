import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type Column, literal } from './cells.ts';

export const typed = (heading: string, value: SQLWrapper): Column => ({ heading, kind: 'typed', value });
export const word = (heading: string, value: SQLWrapper): Column => ({ heading, kind: 'word', value });
export const at = (heading: string, value: SQLWrapper): Column => ({ heading, kind: 'moment', value });
export const number = (heading: string, value: SQLWrapper): Column => ({ heading, kind: 'number', value });

/** Our words for what a column holds. */
export function named(column: SQLWrapper, names: Record<string, string>): SQL {
  const cases = Object.entries(names).map(
    ([value, name]) => sql`when ${literal(value)} then ${literal(name)}`,
  );
  return sql`case ${column} ${sql.join(cases, sql` `)} end`;
}
