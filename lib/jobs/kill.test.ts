/** An engine killed between any two of intent, act and record, against the local tenant, ends right, once. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { type Engine, startEngine } from './testing/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-kill-'));
const server = process.env.STINT_TEST_DATABASE_URL;
const name = `stint_kill_${randomUUID().slice(0, 8)}`;
let emulator: RunningEmulator;
let env: NodeJS.ProcessEnv;
let engine: Engine;
let ada: string;
let bo: string;

beforeAll(async () => {
  const base = { ...process.env, STINT_DATA: folder, LOG_LEVEL: 'silent', PORT: '3000' };
  emulator = await startEmulator(base);
  env = {
    ...base,
    EMULATOR_HTTPS_PORT: emulator.httpsPort,
    EMULATOR_HTTP_PORT: emulator.httpPort,
    ...(server ? { DATABASE_URL: await freshDatabase(server) } : { DATABASE_URL: '' }),
  };
  engine = await startEngine(env);
});
afterAll(async () => {
  await engine?.kill();
  await emulator?.stop();
  if (server) await run(server, `drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

async function freshDatabase(url: string): Promise<string> {
  await run(url, `create database ${name}`);
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 60_000, interval: 250 });
const told = async () => new Map((await engine.ask('told')).map((one) => [one.called, one]));
const statusOf = async (called: string) => (await told()).get(called)?.status;

async function control(path: string, body?: object): Promise<unknown> {
  const method = body ? 'POST' : 'GET';
  const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  return answer.json();
}

/** How often Ada holds each role by activation, as the tenant counts. */
async function held(): Promise<string[]> {
  const all = (await control('assignments')) as {
    kind: string;
    assignmentType: string;
    principalName: string;
    plane: string;
    roleName: string;
    scope: string;
  }[];
  return all
    .filter((one) => one.kind === 'active' && one.assignmentType === 'activated')
    .map((one) => `${one.principalName} ${one.plane} ${one.roleName}`)
    .toSorted();
}

/** Ada’s roles by name, and what happens to each. */
const roles = {
  intent: 'Contributor Staging',
  acted: 'User Administrator Directory',
  recorded: 'Member sg-oncall-platform',
  lookedAt: 'Deployment Operator Staging',
  lookNoted: 'Reader Platform',
  approvedActed: 'Azure Kubernetes Service RBAC Cluster Admin aks-core',
  approvedRecorded: 'Member sg-breakfix-network',
  withdrawn: 'Application Administrator Directory',
  ended: 'Security Reader Directory',
  endNoted: 'Reports Reader Directory',
};
const keys = new Map<string, string>();
const ids = new Map<string, string>();

async function files(...called: string[]): Promise<void> {
  const asked = called.map((one) => {
    const key = keys.get(one);
    if (!key) throw new Error(`${one} is none of ${[...keys.keys()].join(', ')}.`);
    return key;
  });
  const answers = await engine.ask('activate', ada, asked);
  for (const [index, one] of called.entries()) ids.set(one, answers[index] ?? '');
}

const idOf = (called: string) => ids.get(called) ?? `(never filed: ${called})`;

/** Arms the point, does the act, waits for the process to be killed by it, and boots the next one. */
async function killedAt(point: string, act: () => Promise<unknown>): Promise<void> {
  await engine.ask('arm', point);
  let failed: unknown = null;
  act().catch((error: unknown) => {
    failed = error;
  });
  let signal: string | null | undefined;
  void engine.gone.then((by) => {
    signal = by;
  });
  await until(async () => {
    expect(signal, `${point}: ${failed}`).toBe('SIGKILL');
  });
  engine = await startEngine(env);
}

test('killed at every step, everything ends in the right state, once', { timeout: 300_000 }, async () => {
  [ada, bo] = (await Promise.all(['ada.lind', 'bo.okafor'].map((one) => engine.ask('signIn', one)))) as [
    string,
    string,
  ];
  await engine.ask('refresh', ada, 'refresh-access');
  await until(async () => expect((await engine.ask('eligible', ada)).length).toBeGreaterThan(15));
  for (const { called, key } of await engine.ask('eligible', ada)) keys.set(called, key);

  await files(roles.ended, roles.endNoted, roles.approvedActed, roles.approvedRecorded, roles.withdrawn);
  await until(async () => {
    for (const one of [roles.ended, roles.endNoted]) expect(await statusOf(one)).toBe('active');
    for (const one of [roles.approvedActed, roles.approvedRecorded, roles.withdrawn])
      expect(await statusOf(one)).toBe('awaiting_approval');
  });
  await engine.ask('refresh', bo, 'refresh-approvals');
  const decidable = [idOf(roles.approvedActed), idOf(roles.approvedRecorded)].toSorted();
  await until(async () => expect((await engine.ask('mayDecide', bo)).toSorted()).toEqual(decidable));
  await control('clock', { advanceSeconds: 400 });

  // Of each kind first the step whose job, run again, does nothing: it cannot strike where the next is armed.
  await killedAt('activate:after-intent', () => files(roles.intent));
  await until(async () => expect(await statusOf(roles.intent)).toBe('active'));
  await killedAt('provision:after-record', () => files(roles.recorded));
  await killedAt('provision:after-act', () => files(roles.acted));
  await killedAt('decide:after-record', () => engine.ask('approve', bo, idOf(roles.approvedRecorded)));
  await killedAt('decide:after-act', () => engine.ask('approve', bo, idOf(roles.approvedActed)));
  await killedAt('withdraw:after-act', () => engine.ask('cancel', ada, idOf(roles.withdrawn)));
  await killedAt('deactivate:after-record', () => engine.ask('end', ada, idOf(roles.endNoted)));
  await until(async () => expect(await statusOf(roles.endNoted)).toBe('ended'));
  await killedAt('deactivate:after-act', () => engine.ask('end', ada, idOf(roles.ended)));
  // Looks come by themselves: the role is filed first, and any look then is the last.
  await files(roles.lookedAt);
  await killedAt('look:after-act', async () => {});
  await files(roles.lookNoted);
  await killedAt('look:after-record', async () => {});

  const granted = ['activated', 'filed', 'granted'];
  const approved = ['activated', 'approval_intended', 'approved', 'awaiting_approval', 'filed'];
  const ended = ['activated', 'end_asked', 'ended', 'filed', 'granted'];
  // Each step once; whether the look or the decision’s own job tells first is chance.
  const expected: Record<string, [status: string, actions: string[]]> = {
    [roles.intent]: ['active', granted],
    [roles.acted]: ['active', granted],
    [roles.recorded]: ['active', granted],
    [roles.lookedAt]: ['active', granted],
    [roles.lookNoted]: ['active', granted],
    [roles.approvedActed]: ['active', approved],
    [roles.approvedRecorded]: ['active', approved],
    [roles.withdrawn]: ['withdrawn', ['awaiting_approval', 'cancel_asked', 'cancelled', 'filed']],
    [roles.ended]: ['ended', ended],
    [roles.endNoted]: ['ended', ended],
  };
  await until(async () => {
    const now = [...(await told()).values()];
    expect(Object.fromEntries(now.map((one) => [one.called, [one.status, one.actions.toSorted()]]))).toEqual(
      expected,
    );
  });
  expect(await held()).toEqual(
    [
      'Ada Lind azure Contributor',
      'Ada Lind azure Deployment Operator',
      'Ada Lind azure Reader',
      'Ada Lind azure Azure Kubernetes Service RBAC Cluster Admin',
      'Ada Lind entra User Administrator',
      'Ada Lind group member',
      'Ada Lind group member',
    ].toSorted(),
  );
});
