import type { z } from 'zod';
import type { TicketSystem } from '#lib/domain/ticket-system.ts';
import type { Reach } from '#lib/outbound/address.ts';
import { bareHost, isNamed } from '#lib/outbound/address.ts';
import { type Answer, type Call, call } from './call.ts';
import { TicketSystemFault } from './faults.ts';

/** A credential from the environment: `user` and `token`, or a token alone. */
export interface Access {
  user: string | null;
  token: string;
}

/** What an adapter is given: its system, and a way to ask it. */
export interface Asking {
  system: TicketSystem;
  ask(path: string, what?: Call): Promise<Answer>;
}

/** `bearer` where a token alone is one; `basic` where it is a password. */
export type Scheme = 'bearer' | 'basic';

/** Asks one system at its own address. The credential goes nowhere else, and outside the sandbox only to named hosts. */
export function askingOf(system: TicketSystem, access: Access | null, scheme: Scheme, reach: Reach): Asking {
  const base = new URL(system.baseUrl.endsWith('/') ? system.baseUrl : `${system.baseUrl}/`);
  return {
    system,
    ask: (path, what = {}) => {
      const url = new URL(path.replace(/^\//, ''), base);
      if (url.origin !== base.origin) throw new TicketSystemFault('redirected');
      if (access && !reach.sandbox && !isNamed(bareHost(base), reach)) {
        const detail = `a credential goes only to hosts named in STINT_TICKET_HOSTS, and ${base.hostname} is not.`;
        throw new TicketSystemFault('address_refused', { detail });
      }
      const headers = { ...what.headers, ...(access && { authorization: header(access, scheme) }) };
      return call(url, { ...what, headers }, reach);
    },
  };
}

function header({ user, token }: Access, scheme: Scheme): string {
  if (scheme === 'bearer' && user === null) return `Bearer ${token}`;
  return `Basic ${Buffer.from(`${user ?? ''}:${token}`).toString('base64')}`;
}

/**
 * A 2xx answer in the shape it should have. A 3xx goes to another place, and some send who is not signed in there.
 * @throws TicketSystemFault
 */
export function shaped<Shape>({ status, json }: Answer, shape: z.ZodType<Shape>): Shape {
  if (status >= 300 && status < 400) throw new TicketSystemFault('redirected', { status });
  // Azure DevOps answers 203 with its sign-in page where the token is none.
  if (status === 203) throw new TicketSystemFault('credential_refused', { status });
  const read = shape.safeParse(json);
  if (status >= 300 || !read.success) throw new TicketSystemFault('broken', { status });
  return read.data;
}

/** Text of any length as one line that fits. */
export function line(text: string, most = 200): string {
  const one = text
    .toWellFormed()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  return one.length > most ? `${one.slice(0, most - 1).toWellFormed()}…` : one;
}
