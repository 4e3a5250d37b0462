/** The engine's operations before the local tenant, through Microsoft's SDKs: jobs run when the test says so, on one clock. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { startEmulator } from '#lib/auth/testing.ts';
import { liveApplier, livePersonPorts, livePlaces, liveProof, liveReader } from '#lib/azure/live.ts';
import { holdingKey } from '#lib/domain/difference.ts';
import type { Audience, Plane } from '#lib/domain/plane.ts';
import { openBench } from '#lib/operations/testing.ts';
import { azurePerson } from './azure-person.ts';

const tenant = 'c0470500-0000-4000-8000-000000000001';
const reader = { client_id: '5717a000-0000-4000-8000-000000000003', client_secret: 'reader-secret' };
const applier = { client_id: '5717a000-0000-4000-8000-000000000004', client_secret: 'applier-secret' };
const resources: Record<Audience, string> = {
  graph: 'https://graph.microsoft.com/.default',
  arm: 'https://management.azure.com/.default',
};

interface Assignment {
  plane: Plane;
  kind: string;
  assignmentType: string;
  principalId: string;
  role: string;
  scope: string;
}

/** Opens a tenant, a database and signs these people in; `base` is the environment of the emulator. */
export async function emulatorBench(base: NodeJS.ProcessEnv, ...logins: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'stint-bench-'));
  const emulator = await startEmulator({ ...base, STINT_DATA: folder });
  const people = await Promise.all(logins.map((login) => azurePerson(emulator, folder, login)));
  const origin = `https://localhost:${emulator.httpsPort}`;
  const origins = { graphOrigin: origin, armOrigin: origin };
  async function askToken(client: typeof reader, audience: Audience): Promise<string> {
    const body = new URLSearchParams({
      ...client,
      grant_type: 'client_credentials',
      scope: resources[audience],
    });
    const answer = await fetch(`${origin}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    return ((await answer.json()) as { access_token: string }).access_token;
  }
  const tokensOf = (client: typeof reader) => {
    const given = new Map<Audience, Promise<string>>();
    return (audience: Audience) => {
      const token = given.get(audience) ?? askToken(client, audience);
      given.set(audience, token);
      return token;
    };
  };
  const readerToken = tokensOf(reader);
  const bench = await openBench(
    () => ({
      person: livePersonPorts(origins),
      places: livePlaces(origins),
      reader: liveReader(origins, readerToken),
    }),
    () => '',
    (id, audience) => people.find((one) => one.id === id)?.tokens[audience] ?? '',
  );
  bench.applier = {
    port: liveApplier(origins, applier.client_id, tokensOf(applier)),
    proof: liveProof(origins, readerToken),
  };

  async function control<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
    if (!answer.ok) throw new Error(`The control door refused ${path}: ${await answer.text()}`);
    return answer.json() as Promise<T>;
  }

  let heard = 0;
  return {
    bench,
    people: people.map(({ id, call }, index) => ({ id, name: logins[index] ?? id, call })),
    control,

    /** Both clocks, Stint's and the tenant's. */
    async advance(minutes: number): Promise<void> {
      await control('POST', 'clock', { advanceSeconds: minutes * 60 });
      await bench.advance(minutes);
    },

    /** Who holds which role by activation, as the tenant counts; sorted. */
    async held(): Promise<string[]> {
      const all = await control<Assignment[]>('GET', 'assignments');
      return all
        .filter((one) => one.kind === 'active' && one.assignmentType === 'activated')
        .map(({ principalId, plane, role, scope }) =>
          holdingKey(principalId, { plane, roleId: role, scopeId: scope }),
        )
        .toSorted();
    },

    /** Who holds which role, as Stint says. */
    async recorded(): Promise<string[]> {
      const rows = await db()
        .select()
        .from(requests)
        .where(inArray(requests.status, ['active', 'ending']));
      return rows.map((row) => holdingKey(row.requesterId, row)).toSorted();
    },

    /** How many calls Graph and ARM have had since the last time one asked. */
    async calls(): Promise<number> {
      const lines = await control<{ seq: number; path: string }[]>('GET', `journal?since=${heard}`);
      heard = lines.at(-1)?.seq ?? heard;
      return lines.filter(({ path }) => !path.includes('/oauth2/')).length;
    },

    async close(): Promise<void> {
      await bench.close();
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
