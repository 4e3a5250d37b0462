import { badRequest } from '#lib/emulator/graph/refusal.ts';
import type { Call } from '#lib/emulator/wire.ts';

export interface PageSizes {
  usual: number;
  /** A larger `$top` is refused, or with `isCap` cut to it. */
  largest: number;
  isCap?: boolean;
}

const USUAL: PageSizes = { usual: 100, largest: 999 };

/** The part of the rows this call asks for, and where the next part is. Pages are cut by position. */
export function page<T>(
  call: Call,
  rows: { readonly length: number; slice(from: number, until: number): T[] },
  sizes: PageSizes = USUAL,
): { rows: T[]; nextLink: string | null } {
  const size = pageSize(call.query.get('$top'), sizes);
  const from = readToken(call.query.get('$skiptoken'));
  const until = from + size;
  return {
    rows: rows.slice(from, until),
    nextLink: until < rows.length ? linkTo(call, until) : null,
  };
}

function pageSize(top: string | null, { usual, largest, isCap = false }: PageSizes): number {
  if (top === null) return usual;
  const size = Number(top);
  const most = isCap ? USUAL.largest : largest;
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${most} inclusive.`);
  }
  return Math.min(size, largest);
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
