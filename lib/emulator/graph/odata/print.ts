import type { Row } from '#lib/emulator/graph/exchange.ts';
import { badRequest } from '#lib/emulator/graph/refusal.ts';
import type { Expansion } from './expansions.ts';
import type { PageSizes } from './page.ts';

/** What is known of a kind of entity besides its rows. */
export interface EntitySet {
  /** What follows `$metadata#`. */
  context: string;
  /** Printed without $select; left out: everything. */
  defaults?: (row: Row) => readonly string[];
  /** Rows of several kinds: a property that some of them lack is left out of those. */
  isMixed?: boolean;
  /** What $expand may name. */
  expand?: Record<string, Expandable>;
  /** `$expand=*` is understood. */
  canExpandAll?: boolean;
  /** Directory objects: counting, ordering and negation need the header ConsistencyLevel: eventual. */
  isDirectory?: boolean;
  /** A `$filter` may look inside a text. */
  canContain?: boolean;
  /** The rows come filtered: $filter says more here than what is in them. */
  isFiltered?: boolean;
  /** Told in every answer, asked for or not. */
  isCounted?: boolean;
  /** `$skip` is understood. */
  canSkip?: boolean;
  /** Rows per page without and at most with `$top`; left out: 100 and 999. */
  pages?: PageSizes;
}

export interface Expandable {
  read(row: Row): Row | Row[] | null;
  expand?: Record<string, Expandable>;
  /** Printed without a nested $select; left out: everything. */
  defaults?: (row: Row) => readonly string[];
}

/** A row with only the properties asked for, and the relationships asked for. Throws Request_BadRequest for unknown names. */
export function print(
  row: Row,
  { defaults, isMixed, expand = {} }: Omit<EntitySet, 'context'>,
  select: string[] | null,
  expansions: Expansion[],
): Row {
  const names = select ?? defaults?.(row) ?? Object.keys(row);
  const printed: Row = {};
  if ('@odata.type' in row) printed['@odata.type'] = row['@odata.type'];
  for (const name of names) {
    if (name in row) printed[name] = row[name];
    else if (!isMixed) throw badRequest(`Could not find a property named '${name}'.`);
  }
  for (const expansion of expansions) {
    const relation = expand[expansion.name];
    if (!relation) throw badRequest(`Could not find a property named '${expansion.name}'.`);
    printed[expansion.name] = related(relation, row, expansion);
  }
  return printed;
}

function related(relation: Expandable, row: Row, { select, expand }: Expansion): Row | Row[] | null {
  const found = relation.read(row);
  const { read: _read, ...set } = relation;
  if (found === null) return null;
  if (Array.isArray(found)) return found.map((one) => print(one, set, select, expand));
  return print(found, set, select, expand);
}
