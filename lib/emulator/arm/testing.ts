import { settle } from '#lib/emulator/pim/settle.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { seedTenant } from '#lib/emulator/tenant/seed.ts';
import { servicePrincipalId } from '#lib/emulator/tenant/service-principals.ts';
import type { Answer, Call, Caller, World } from '#lib/emulator/wire.ts';
import { knownVersions } from './known-versions.ts';
import { armSurface } from './surface.ts';

/** 1 June 2026, noon UTC. */
const noon = Date.UTC(2026, 5, 1, 12);
export const minute = 60_000;

export interface Tenant extends World {
  advance(milliseconds: number): void;
  /** One call to ARM: `GET /subscriptions`, the api-version added when the path has none. */
  arm(who: Caller | null, line: string, body?: unknown): Answer;
}

/** The seeded tenant with a clock in hand, and provisioning at once. */
export function tenant(): Tenant {
  let now = noon;
  const state = { ...seedTenant(noon), provisioningDelayMs: 0 };
  const world: World = { state, now: () => now, changed: () => {} };
  return {
    ...world,
    advance: (milliseconds) => {
      now += milliseconds;
    },
    arm: (who, line, body) => {
      settle(world);
      return armSurface(callOf(who, line, body), world);
    },
  };
}

/** A person signed in with MFA, with a token for ARM. */
export function person(login: string, changes: Partial<Caller> = {}): Caller {
  return caller('user', personId(login), changes);
}

/** An application by its name. */
export function app(name: string): Caller {
  return caller('app', servicePrincipalId(name), { scopes: [], mfa: false });
}

/** The rows of a list. Fails on an answer that is none. */
export function rows(answer: Answer): { name: string; id: string; properties: Record<string, unknown> }[] {
  if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  return Object(answer.body).value;
}

/** `status code` of a refusal. */
export function refusal(answer: Answer): string {
  return `${answer.status} ${Object(answer.body).error?.code}`;
}

function caller(kind: Caller['kind'], objectId: string, changes: Partial<Caller>): Caller {
  return {
    kind,
    objectId,
    appId: '5717a000-0000-4000-8000-000000000001',
    audience: 'arm',
    scopes: ['user_impersonation'],
    roles: [],
    mfa: true,
    acrs: [],
    displayName: '',
    ...changes,
  };
}

function callOf(who: Caller | null, line: string, body: unknown): Call {
  const [method = '', target = ''] = line.split(/ (.*)/s);
  const url = new URL(`https://localhost:4443${target.startsWith('//') ? target.slice(1) : target}`);
  if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', versionFor(target));
  return {
    method,
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: {},
    body,
    caller: who,
    requestId: 'r',
    clientRequestId: 'c',
    origin: url.origin,
  };
}

function versionFor(target: string): string {
  const collection = /Microsoft\.Authorization\/([^/?]+)/i.exec(target)?.[1] ?? '';
  const known = knownVersions(collection) ?? ['2020-10-01'];
  return known.find((version) => !version.endsWith('preview')) ?? known.at(-1) ?? '';
}
