import { type SQL, sql } from 'drizzle-orm';

/** A pattern for any text that holds what people typed: it is text, not a pattern. */
export function containing(text: string): SQL {
  return sql`${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
}

/** True of `name_parts(…)` of a text that may hold what was typed, in whatever case: by index, to be asked again exactly. */
export function mayContain(parts: SQL, text: string): SQL {
  return sql`${parts} @> (
    select array_agg(substr(typed, place, 3))
    from (select lower(${text}::text) as typed) t, generate_series(1, greatest(1, length(typed) - 2)) place)`;
}
