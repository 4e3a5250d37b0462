import { randomUUID } from 'node:crypto';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { describe, expect, test } from 'vitest';
import { type Audience, audienceOf, planes } from '#lib/domain/plane.ts';
import { applierPort } from './applier/live.ts';
import { describePorts } from './contract.ts';
import { livePersonPorts, livePlaces, liveReader } from './live.ts';
import type { LiveOptions } from './live-options.ts';
import type { Act } from './ports.ts';
import type { Bench } from './testing/bench.ts';
import { contoso } from './testing/contoso.ts';
import { activate, seen } from './testing/moves.ts';
import { startEmulator } from './testing/start-emulator.ts';

const tenant = 'c0470500-0000-4000-8000-000000000001';
const redirectUri = 'http://localhost:3000/auth/callback';
const scopes: Record<Audience, string[]> = {
  graph: ['https://graph.microsoft.com/.default'],
  arm: ['https://management.azure.com/.default'],
};

/** Microsoft's SDKs against the local tenant, over real sockets, with tokens of the real code flow. */
async function emulatorBench(): Promise<Bench & { origins: LiveOptions }> {
  const { httpsOrigin, control, stop } = await startEmulator();
  const origins = { graphOrigin: httpsOrigin, armOrigin: httpsOrigin };
  // Access tokens outlive a reset of the tenant: nobody signs in twice.
  const signedIn = new Map<string, Promise<Record<Audience, string>>>();
  const spoil = (plane: string, rule: object) =>
    control('POST', 'faults', {
      match: 'ScheduleRequests',
      method: plane === 'azure' ? 'PUT' : 'POST',
      times: 1,
      ...rule,
    });

  return {
    origins,
    ports: {
      person: livePersonPorts(origins),
      places: livePlaces(origins),
      reader: liveReader(origins, appTokens(httpsOrigin, reader)),
    },
    cast: contoso,
    async token({ login }, plane, session = { mfa: true }) {
      const key = `${login} ${session.mfa}`;
      const tokens = signedIn.get(key) ?? signIn(httpsOrigin, login, session.mfa);
      signedIn.set(key, tokens);
      return (await tokens)[audienceOf[plane]];
    },
    advance: (minutes) => control('POST', 'clock', { advanceSeconds: minutes * 60 }),
    throttle: (plane, retryAfter) => spoil(plane, { status: 429, retryAfter }),
    loseAnswer: (plane) => spoil(plane, { kind: 'reset', afterEffect: true }),
    reset: () => control('POST', 'reset'),
    stop,
  };
}

function clientOf(httpsOrigin: string, clientId: string, clientSecret: string) {
  const authority = `${httpsOrigin}/${tenant}`;
  return new ConfidentialClientApplication({
    auth: { clientId, clientSecret, authority, knownAuthorities: [new URL(httpsOrigin).host] },
  });
}

/** The code flow of a browser: the sign-in form, the answer to the redirect URI, a token for each API. */
async function signIn(httpsOrigin: string, login: string, mfa: boolean): Promise<Record<Audience, string>> {
  const client = clientOf(httpsOrigin, '5717a000-0000-4000-8000-000000000001', 'sandbox-secret');
  const page = await fetch(await client.getAuthCodeUrl({ scopes: scopes.graph, redirectUri }));
  const form = await page.text();
  const fields = new URLSearchParams({ login, ...(mfa ? { mfa: 'true' } : {}) });
  for (const [, name = '', value = ''] of form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    fields.set(name, value);
  }
  const action = new URL(/action="([^"]+)"/.exec(form)?.[1] ?? '', page.url);
  const answer = await fetch(action, { method: 'POST', body: fields, redirect: 'manual' });
  const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const graph = await client.acquireTokenByCode({ code, scopes: scopes.graph, redirectUri });
  if (!graph.account) throw new Error(`No account came back for ${login}.`);
  const arm = await client.acquireTokenSilent({ account: graph.account, scopes: scopes.arm });
  return { graph: graph.accessToken, arm: arm.accessToken };
}

type Registration = [clientId: string, secret: string];
const reader: Registration = ['5717a000-0000-4000-8000-000000000003', 'reader-secret'];
const applier: Registration = ['5717a000-0000-4000-8000-000000000004', 'applier-secret'];

function appTokens(
  httpsOrigin: string,
  [clientId, secret]: Registration,
): (audience: Audience) => Promise<string> {
  const client = clientOf(httpsOrigin, clientId, secret);
  return async (audience) => {
    const result = await client.acquireTokenByClientCredential({ scopes: scopes[audience] });
    if (!result) throw new Error('The application got no token.');
    return result.accessToken;
  };
}

describePorts('the local tenant', emulatorBench);

test('the Applier ends an activation on each plane, and lets the one be that came after it', async () => {
  const bench = await emulatorBench();
  const { graphOrigin } = bench.origins;
  const port = applierPort(bench.origins, applier[0], appTokens(graphOrigin, applier));
  const who = contoso.engineer;
  for (const plane of planes) {
    const role = contoso.plain[plane];
    await activate(bench, who, role);
    const { startsAt, endsAt } = await seen(bench, role, who);
    const ends: Act = {
      ...{ changeId: randomUUID(), round: 0, memberId: who.id, wayGroupId: null },
      ...{ facts: { because: 'ticket_closed' }, now: new Date().toISOString() },
      kept: {
        ...{ ...role, roleName: '', scopeName: '', scopeKind: 'subscription', kind: 'activated' },
        ...{ assignmentId: '', azureId: '', scheduleId: null, condition: null, conditionVersion: null },
        ...{ principalId: who.id, principalName: who.name, principalKind: 'member' },
        ...{ startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null },
      },
    };
    await bench.advance?.(6);
    expect(await port.act('remove', ends)).toEqual({ is: 'told', facts: {} });
    expect(await bench.ports.reader.activated(role, who.id)).toBeNull();
    expect(await port.act('remove', ends)).toEqual({ is: 'gone' });
    await activate(bench, who, role);
    await seen(bench, role, who);
    expect(await port.act('remove', ends)).toMatchObject({ is: 'obstacle', outcome: 'changed_since' });
  }
  await bench.stop();
});

describe('every call', () => {
  test('carries the trace id it was given, to Graph and to ARM', async () => {
    const { httpsOrigin, httpOrigin, stop } = await startEmulator();
    const traceId = '7ace1d00-0000-4000-8000-000000000001';
    const origins = { graphOrigin: httpsOrigin, armOrigin: httpsOrigin };
    const port = liveReader(origins, appTokens(httpsOrigin, reader), { traceId: () => traceId });
    await port.roleDefinition(contoso.plain.entra);
    await port.roleDefinition(contoso.plain.azure);
    await port.policy(contoso.plain.azure);
    const journal = await (await fetch(`${httpOrigin}/_emulator/journal`)).text();
    await stop();
    expect(journal.split(traceId)).toHaveLength(4);
  });
});
