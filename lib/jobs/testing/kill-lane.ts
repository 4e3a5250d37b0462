/** An engine with a tenant and a database of its own, that is killed where one says and booted again. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { expect, vi } from 'vitest';
import { openEmbedded } from '#db/testing.ts';
import { startEmulator } from '#lib/auth/testing.ts';
import { type Engine, spareEngine, startEngine } from './engine.ts';
import type { Verbs } from './engine-child.ts';

export type KillLane = Awaited<ReturnType<typeof openKillLane>>;

/** `server`: a PostgreSQL to make a database on; null: PGlite in a folder, which outlives its process. */
export async function openKillLane(server: string | null, base: NodeJS.ProcessEnv) {
  const folder = mkdtempSync(join(tmpdir(), 'stint-kill-'));
  const name = `stint_kill_${randomUUID().slice(0, 8)}`;
  if (server) await run(server, `create database ${name}`);
  else await (await openEmbedded(folder)).close();
  const databaseUrl = server ? Object.assign(new URL(server), { pathname: `/${name}` }).href : '';
  const own = { ...base, STINT_DATA: folder, LOG_LEVEL: 'silent', PORT: '3000', DATABASE_URL: databaseUrl };
  const emulator = await startEmulator(own);
  const ports = { EMULATOR_HTTPS_PORT: emulator.httpsPort, EMULATOR_HTTP_PORT: emulator.httpPort };
  const env = { ...own, ...ports };
  let engine: Engine = await startEngine(env);
  let spare: Engine | null = null;

  const lane = {
    emulator,
    folder,
    /** Empty: PGlite. */
    databaseUrl,

    ask<Verb extends keyof Verbs>(verb: Verb, ...given: Parameters<Verbs[Verb]>): ReturnType<Verbs[Verb]> {
      return engine.ask(verb, ...given);
    },

    until: <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 120_000, interval: 250 }),

    /** Arms the point, does the act, waits for the process to be killed by it, and boots the next one. */
    async killedAt(point: string, act: () => Promise<unknown> = async () => {}): Promise<void> {
      spare = spareEngine(env);
      await engine.ask('arm', point);
      let failed: unknown = null;
      // On a busy machine a token or a sign-in may not come in time: nothing was done then, and it is asked again.
      const tryAct = (left: number): Promise<unknown> =>
        act().catch((error: unknown) => {
          failed = error;
          return left > 0 && /timeout|cannot be reached/.test(String(error)) ? tryAct(left - 1) : null;
        });
      void tryAct(3);
      let signal: string | null | undefined;
      void engine.gone.then((by) => {
        signal = by;
      });
      await vi.waitFor(() => expect(signal, `${point}: ${failed}`).toBe('SIGKILL'), {
        timeout: 120_000,
        interval: 20,
      });
      [engine, spare] = [spare, null];
      await engine.ask('boot');
    },

    async control<T>(path: string, body?: object): Promise<T> {
      const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      });
      if (!answer.ok) throw new Error(`The control door refused ${path}: ${await answer.text()}`);
      return answer.json() as Promise<T>;
    },

    /** Who holds what by activation, as the tenant counts. */
    async held(): Promise<string[]> {
      const all = await lane.control<Record<string, string>[]>('assignments');
      return all
        .filter((one) => one.kind === 'active' && one.assignmentType === 'activated')
        .map((one) => `${one.principalName} ${one.plane} ${one.roleName}`)
        .toSorted();
    },

    async close() {
      await Promise.all([engine.kill(), spare?.kill()]);
      await emulator.stop();
      if (server) await run(server, `drop database if exists ${name} with (force)`);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return lane;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}
