import { createHmac } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { config } from '#lib/config/config.ts';
import { serverKey } from './server-key.ts';

/** Who is connected, as the socket says; set by us on every request, whatever a client sent under this name. */
const PEER_HEADER = 'x-stint-peer';
const held = globalThis as { stintPeers?: true };

/** From now on every HTTP request of this process carries its socket's address: Next hands routes no socket. */
export function notePeers(): void {
  if (held.stintPeers) return;
  held.stintPeers = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
  });
}

/**
 * The client's address: the socket's, or with STINT_PROXIES what the outermost of our own proxies saw. Entries of
 * X-Forwarded-For left of that are the client's word. IPv6 by its /64, which is one customer's.
 */
export function clientAddress(headers: Pick<Headers, 'get'>, proxies: number = config().proxies): string {
  const peer = headers.get(PEER_HEADER) ?? '';
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((one) => one.trim());
  const address = proxies > 0 ? (forwarded.at(-proxies) ?? peer) : peer;
  return isIPv6(address) ? network(address) : address.slice(0, 45);
}

/** What the record and the rate limits know of an address: enough to see the same one again, not to read it back. */
export function hashedAddress(headers: Pick<Headers, 'get'>): string {
  return createHmac('sha256', serverKey())
    .update(`address ${clientAddress(headers)}`)
    .digest('base64url')
    .slice(0, 22);
}

/** The first four groups, written out; IPv4 in IPv6 as IPv4. */
function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [left = '', right = ''] = address.split('%')[0]?.split('::') ?? [];
  const head = left.split(':').filter(Boolean);
  const tail = right.split(':').filter(Boolean);
  const gap = address.includes('::') ? Array(Math.max(0, 8 - head.length - tail.length)).fill('0') : [];
  return [...head, ...gap, ...tail]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
