import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** A column of an export: its heading, and its value as the database makes it. */
export interface Column {
  heading: string;
  /** `typed` by a person or named in Azure, so escaped; `word` and `moment` have nothing to escape. `json`: text in a table. */
  kind: 'typed' | 'word' | 'moment' | 'number' | 'json';
  value: SQLWrapper;
}

/** What a spreadsheet takes for the begin of a formula, full-width forms among it. */
const starters = '=+@\t\r\n\uff1d\uff0b\uff0d\uff20-';
/** What it, or the eye, passes over before one: controls, spaces, what has no width or turns the direction. */
const passedOver =
  '\u0001-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff';
const formula = literal(`^[${passedOver}]*[${starters}]`);

/**
 * A cell as CSV (RFC 4180), nothing as an empty one. What was typed is always quoted, so that no separator or line
 * break in it counts; what a spreadsheet would run as a formula is made text by an apostrophe (OWASP, CSV injection).
 */
export function csvCell({ heading, kind, value }: Column): SQL {
  if (kind === 'moment') return moment(value);
  if (kind === 'json') return csvCell({ heading, kind: 'typed', value: sql`(${value})::text` });
  if (kind !== 'typed') return sql`${value}`;
  return sql`case when ${value} ~ ${formula} then '"''' else '"' end || replace(${value}, '"', '""') || '"'`;
}

/** A cell as JSON: what was typed as it was typed, moments as text, nothing as null. */
export function jsonCell({ kind, value }: Column): SQL {
  if (kind === 'typed') return sql`coalesce(to_json(${value})::text, 'null')`;
  if (kind === 'number' || kind === 'json') return sql`coalesce((${value})::text, 'null')`;
  return sql`coalesce('"' || ${kind === 'moment' ? moment(value) : value} || '"', 'null')`;
}

/** A moment as `Date.toISOString` writes it, in UTC. */
export function moment(value: SQLWrapper): SQL {
  return sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** A constant of ours inside SQL; without backslashes it reads the same under every setting of the server. */
export function literal(text: string): SQL {
  return sql.raw(`'${text.replaceAll("'", "''")}'`);
}
