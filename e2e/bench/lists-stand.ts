/** One Stint for each size of the record: portals that run no jobs, on databases of one PostgreSQL, beside one emulator. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from '@playwright/test';
import { Client } from 'pg';
import { emulatorAt } from '#e2e/fixtures/emulator.ts';
import { postSignIn } from '#e2e/fixtures/sign-in.ts';
import { buildPortal, nextBin } from '#scripts/build-portal.ts';
import { freePort } from '#scripts/ports.ts';
import { ensurePostgres, scratchDatabase } from '#scripts/postgres.ts';
import { type Program, startProgram } from '#scripts/program.ts';
import { untilReady } from '#scripts/until-ready.ts';
import type { Cast } from './seed-record.ts';

const logins = {
  engineer: 'ada.lind',
  approver: 'bo.okafor',
  auditor: 'auden.hale',
  administrator: 'mira.novak',
};

/** What a request carries to be theirs. */
export type Viewers = Record<keyof typeof logins, string>;

interface Site {
  size: number;
  origin: string;
  databaseUrl: string;
  viewers: Viewers;
}

export interface ListStand {
  sites: Site[];
  stop(): Promise<void>;
}

/** Fills an empty, migrated database. */
type Seed = (client: Client, size: number, cast: Cast) => Promise<void>;

/** Starts and fills one for each size. @throws NotReady with the output of what did not start. */
export async function startLists(
  sizes: readonly number[],
  say: (line: string) => void,
  seed: Seed,
): Promise<ListStand> {
  const postgres = await ensurePostgres(say);
  if (!postgres) throw new Error('Lists are measured on PostgreSQL, and there is none.');
  const programs: Program[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'stint-lists-'));
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await buildPortal(startProgram, say);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...{
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        LOG_LEVEL: 'error',
        STINT_RATE_FACTOR: '1000',
      },
      // Nobody works: what waits keeps waiting, and no job disturbs.
      STINT_JOBS: 'worker',
      STINT_DATA: folder,
      EMULATOR_HTTP_PORT: String(await freePort()),
      EMULATOR_HTTPS_PORT: String(await freePort()),
    };
    const emulatorOrigin = `http://localhost:${env.EMULATOR_HTTP_PORT}`;
    const emulator = startProgram('emulator', ['lib/emulator/main.ts'], env);
    programs.push(emulator);
    await untilReady(emulator, `${emulatorOrigin}/_emulator/clock`, 60);
    const cast = await castOf(emulatorOrigin);
    const sites: Site[] = [];
    for (const size of sizes) {
      const { url: databaseUrl } = await scratchDatabase(postgres.url);
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const portal = startProgram('portal', [nextBin, 'start', '-p', String(port)], {
        ...env,
        ...{ PORT: String(port), DATABASE_URL: databaseUrl },
      });
      programs.push(portal);
      await untilReady(portal, `${origin}/auth/signed-out`, 60);
      const began = performance.now();
      await fill(databaseUrl, (client) => seed(client, size, cast));
      say(`  a record of ${size} in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      sites.push({ size, origin, databaseUrl, viewers: await signInAll(origin) });
    }
    return { sites, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function castOf(emulatorOrigin: string) {
  const all = await emulatorAt(emulatorOrigin).assignments();
  const idOf = (name: string) => {
    const id = all.find(({ principalName }) => principalName === name)?.principalId;
    if (!id) throw new Error(`The tenant knows no ${name}.`);
    return id;
  };
  return { engineer: idOf('Ada Lind'), approver: idOf('Bo Okafor') };
}

async function fill(databaseUrl: string, seed: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await seed(client);
  } finally {
    await client.end();
  }
}

async function signInAll(origin: string): Promise<Viewers> {
  const cookies = await Promise.all(
    Object.entries(logins).map(async ([who, login]) => {
      const door = await request.newContext({ baseURL: origin });
      await postSignIn(door, await door.get('/auth/sign-in'), login);
      const own = (await door.storageState()).cookies.filter(({ name }) => name.includes('stint'));
      await door.dispose();
      return [who, own.map(({ name, value }) => `${name}=${value}`).join('; ')] as const;
    }),
  );
  return Object.fromEntries(cookies) as Viewers;
}
