import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { clientAddress, notePeers } from './client-address.ts';

const said = (peer: string, forwarded?: string) =>
  new Headers({ 'x-stint-peer': peer, ...(forwarded && { 'x-forwarded-for': forwarded }) });

test('without a proxy it is the socket’s, whatever is forwarded', () => {
  expect(clientAddress(said('192.0.2.1', '203.0.113.9'), 0)).toBe('192.0.2.1');
});

test('behind one proxy it is the last that was forwarded; what a client put before it counts for nothing', () => {
  expect(clientAddress(said('127.0.0.1', '203.0.113.9'), 1)).toBe('203.0.113.9');
  expect(clientAddress(said('127.0.0.1', '10.0.0.1, 203.0.113.9'), 1)).toBe('203.0.113.9');
  expect(clientAddress(said('127.0.0.1', 'evil, 203.0.113.9, 10.1.1.1'), 2)).toBe('203.0.113.9');
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s counts as its network %s', (address, network) =>
  expect(clientAddress(said(address), 0)).toBe(network),
);

test('the socket’s address is set on every request, over what a client sent', async () => {
  notePeers();
  const seen: unknown[] = [];
  const server = createServer(({ headers }, answer) => {
    seen.push(headers['x-stint-peer']);
    answer.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) =>
    request({ port, host: '127.0.0.1', headers: { 'x-stint-peer': '203.0.113.9' } }, resolve).end(),
  );
  server.close();
  expect(seen).toEqual(['127.0.0.1']);
});
