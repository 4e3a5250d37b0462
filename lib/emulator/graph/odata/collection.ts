import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import { badRequest, GraphRefusal } from '#lib/emulator/graph/refusal.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import type { Rows } from './drawn.ts';
import { type Expansion, readExpand } from './expansions.ts';
import { type Filter, parseFilter } from './filter.ts';
import { isAdvanced, looksInside, matches, pathsOf, read } from './matches.ts';
import { page } from './page.ts';
import { type EntitySet, print } from './print.ts';

const KNOWN = ['$filter', '$select', '$expand', '$orderby', '$count', '$top', '$skiptoken', '$search'];

/** The call's $filter, read; null when there is none. */
export function filterOf({ call }: Exchange): Filter | null {
  const text = call.query.get('$filter');
  return text === null ? null : parseFilter(text);
}

/** A list as Graph answers it: filtered, ordered, counted, paged, then printed. Throws Request_BadRequest for what it does not know. */
export function collection(exchange: Exchange, rows: Rows, set: EntitySet): Answer {
  const { call } = exchange;
  const unknown = [...call.query.keys()].find(
    (name) => name.startsWith('$') && !(KNOWN.includes(name) || (set.canSkip && name === '$skip')),
  );
  if (unknown) throw badRequest(`'${unknown}' is not supported by the service.`);
  const filter = set.isFiltered ? null : filterOf(exchange);
  if (filter && looksInside(filter) && !set.canContain)
    throw badRequest("Invalid filter clause: 'contains' is not supported here.");
  const order = call.query.get('$orderby');
  if (set.isDirectory && filter && (order || isAdvanced(filter))) needConsistency(exchange);
  const narrows = filter !== null || order !== null || call.query.has('$search');
  const passes = (row: Row) => filter === null || matches(filter, withRelations(row, filter, set));
  const wanted = narrows ? sorted(searched(exchange, rows.slice(), set).filter(passes), order) : rows;
  const left = set.canSkip ? wanted.slice(skipped(exchange)) : wanted;
  const { rows: shown, nextLink } = page(call, left, set.pages);
  const select = selected(exchange);
  const expansions = readExpand(call.query.get('$expand') ?? '', set);
  const asked = call.query.get('$count') === 'true' && (!set.isDirectory || isEventual(exchange));
  return {
    status: 200,
    body: {
      '@odata.context': contextOf(exchange, set.context + shape(select, expansions)),
      ...((asked || set.isCounted) && { '@odata.count': wanted.length }),
      ...(nextLink && { '@odata.nextLink': nextLink }),
      value: shown.map((row) => print(row, set, select, expansions)),
    },
  };
}

/** One entity as Graph answers it; 201 for what was just made. */
export function entity(exchange: Exchange, row: Row, set: EntitySet, status: 200 | 201 = 200): Answer {
  const expansions = readExpand(exchange.call.query.get('$expand') ?? '', set);
  const select = selected(exchange);
  return {
    status,
    body: {
      '@odata.context': contextOf(exchange, `${set.context}${shape(select, expansions)}/$entity`),
      ...print(row, set, select, expansions),
    },
  };
}

/** Refuses with Request_UnsupportedQuery unless the header and `$count=true` are both there. */
export function needConsistency(exchange: Exchange): void {
  if (isEventual(exchange) && exchange.call.query.get('$count') === 'true') return;
  throw consistencyNeeded();
}

export const consistencyNeeded = () =>
  new GraphRefusal(
    400,
    'Request_UnsupportedQuery',
    'The request uses advanced query capabilities: send the header ConsistencyLevel: eventual with $count=true.',
  );

/** The address of what an answer's body is made of. */
export function contextOf({ call, version }: Exchange, context: string): string {
  return `${call.origin}/${version}/$metadata#${context}`;
}

/** The row with those relationships that the filter asks about, as in `owners/$count eq 0`. */
function withRelations(row: Row, filter: Filter, { expand = {} }: EntitySet): Row {
  const named = pathsOf(filter).map((path) => path.split('/')[0] ?? '');
  const wanted = Object.entries(expand).filter(([name]) => named.includes(name) && !(name in row));
  return { ...row, ...Object.fromEntries(wanted.map(([name, relation]) => [name, relation.read(row)])) };
}

/** What `$select` and `$expand` leave of the entities, as the context tells it: `(id,policy(rules()))`. */
function shape(select: string[] | null, expansions: Expansion[]): string {
  const inner = expansions.map((one) => `${one.name}${shape(one.select, one.expand) || '()'}`);
  const names = [...(select ?? []), ...inner];
  return names.length > 0 ? `(${names.join(',')})` : '';
}

/** `$search="displayName:term"` on directory objects: an advanced query, case does not matter. */
function searched(exchange: Exchange, rows: Row[], set: EntitySet): Row[] {
  const text = exchange.call.query.get('$search');
  if (text === null) return rows;
  if (!set.isDirectory) throw badRequest("'$search' is not supported by the service.");
  if (!isEventual(exchange)) {
    const words =
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'";
    throw new GraphRefusal(400, 'Request_UnsupportedQuery', words);
  }
  const found = /^"(\w+):([^"]*)"$/.exec(text.trim());
  if (!found) throw badRequest(`Syntax error: '${text}' is not a search clause such as "displayName:term".`);
  const [, name = '', term = ''] = found;
  return rows.filter((row) =>
    String(read(row, name) ?? '')
      .toLowerCase()
      .includes(term.toLowerCase()),
  );
}

function isEventual({ call }: Exchange): boolean {
  return call.headers.consistencylevel?.toLowerCase() === 'eventual';
}

/** How many rows `$skip` leaves out. */
function skipped({ call }: Exchange): number {
  const written = call.query.get('$skip') ?? '0';
  if (!/^\d{1,9}$/.test(written))
    throw badRequest(`Invalid value '${written}' for $skip query option found.`);
  return Number(written);
}

function selected({ call }: Exchange): string[] | null {
  return (
    call.query
      .get('$select')
      ?.split(',')
      .map((name) => name.trim()) ?? null
  );
}

function sorted(rows: Row[], order: string | null): Row[] {
  const found = order === null ? null : /^\s*([\w/]+)(?:\s+(asc|desc))?\s*$/i.exec(order);
  if (order === null) return rows;
  if (!found?.[1]) throw badRequest(`Unsupported sort expression '${order}'.`);
  const [, path, direction] = found;
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
  const key = (row: Row) => String(read(row, path) ?? '').toLowerCase();
  return rows.toSorted((one, other) => sign * (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
}
