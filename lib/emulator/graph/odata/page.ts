import { badRequest } from '#lib/emulator/graph/refusal.ts';
import type { Call } from '#lib/emulator/wire.ts';

const DEFAULT_SIZE = 100;
const LARGEST = 999;

/** The part of the rows this call asks for, and where the next part is. Pages are cut by position. */
export function page<T>(call: Call, rows: T[]): { rows: T[]; nextLink: string | null } {
  const size = pageSize(call.query.get('$top'));
  const from = readToken(call.query.get('$skiptoken'));
  const until = from + size;
  return {
    rows: rows.slice(from, until),
    nextLink: until < rows.length ? linkTo(call, until) : null,
  };
}

function pageSize(top: string | null): number {
  if (top === null) return DEFAULT_SIZE;
  const size = Number(top);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${LARGEST} inclusive.`);
  }
  return size;
}

function readToken(token: string | null): number {
  if (token === null) return 0;
  const found = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!found) throw badRequest('The $skiptoken is invalid.');
  return Number(found[1]);
}

function linkTo({ origin, path, query }: Call, from: number): string {
  const next = new URLSearchParams(query);
  next.set('$skiptoken', Buffer.from(`page:${from}`).toString('base64url'));
  const options = [...next].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${origin}${encodeURI(path)}?${options.join('&')}`;
}
