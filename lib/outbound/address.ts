import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OutboundFault } from './faults.ts';

/** Hosts that the operator named, and whether this is the sandbox, which calls this machine over plain http. */
export interface Reach {
  hosts: readonly string[];
  sandbox: boolean;
}

const own = new BlockList();
own.addSubnet('127.0.0.0', 8);
own.addAddress('::1', 'ipv6');

/** Networks that nobody outside reaches, where metadata services and neighbours listen: RFC 6890 and its kin. */
const inner = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Azure's own service on every virtual machine: its name servers, its agent.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inner.addSubnet(net, bits);
for (const [net, bits] of [
  // Addresses that carry one of version 4 in them; the first is no place, and this machine too.
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['100::', 64],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inner.addSubnet(net, bits, 'ipv6');

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

export function isNamed(host: string, { hosts }: Reach): boolean {
  return hosts.includes(host.toLowerCase());
}

/** @throws OutboundFault `address_refused` for an address that is not called. */
function requireAddress(host: string, address: string, reach: Reach): void {
  if (isNamed(host, reach)) return;
  if (reach.sandbox && own.check(address, familyOf(address))) return;
  if (inner.check(address, familyOf(address))) throw new OutboundFault('address_refused');
}

/** @throws OutboundFault `address_refused` for plain http outside the sandbox, for credentials in it, and for an inner address. */
export function requireUrl(url: URL, reach: Reach): void {
  const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && reach.sandbox);
  const holdsSecret = url.username !== '' || url.password !== '';
  if (!isWeb || holdsSecret) throw new OutboundFault('address_refused');
  const bare = bareHost(url);
  if (isIP(bare)) requireAddress(bare, bare, reach);
}

/** The host as it is compared: an IPv6 address without its brackets. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** Resolves a name for one connection, which then goes to exactly what was looked at here. */
export function lookupWithin(reach: Reach): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      try {
        for (const { address } of addresses) requireAddress(host, address, reach);
      } catch (fault) {
        return done(fault as NodeJS.ErrnoException, '');
      }
      const [first] = addresses;
      if (options.all || !first) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}
