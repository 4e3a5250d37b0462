/** The Applier beside an embedded database: who may ask it, and what. */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Act, ApplierPort, ApplierStep, Told } from '#lib/azure/ports.ts';
import { applierAddress } from './address.ts';
import { remoteApplier } from './remote.ts';
import { serveApplier } from './serve.ts';

const applierId = '5717a000-0000-4000-8000-000000000004';
let folder: string;
let address: string;
let server: { stop(): Promise<void> };
let asked: [ApplierStep, Act][];
let does: () => Promise<Told>;
const port: ApplierPort = {
  clientId: async () => applierId,
  act: (step, one) => {
    asked.push([step, one]);
    return does();
  },
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stint-applier-'));
  address = applierAddress(folder);
  asked = [];
  does = async () => ({ is: 'told', facts: { left_plain: 'for good' } });
  server = await serveApplier(address, port);
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const act = (): Act => ({
  ...{ changeId: randomUUID(), round: 0, memberId: randomUUID(), wayGroupId: null, facts: {} },
  now: new Date().toISOString(),
  kept: {
    ...{ assignmentId: 'a', azureId: 'a', scheduleId: null, kind: 'standing', plane: 'azure' },
    ...{ roleId: randomUUID(), scopeId: '/subscriptions/x', roleName: 'R', scopeName: 'S' },
    ...{ scopeKind: 'subscription', principalId: randomUUID(), principalName: 'P' },
    ...{ principalKind: 'member', condition: null, conditionVersion: null, startsAt: null, endsAt: null },
  },
});

/** What the socket answers to a line as it is. */
function say(line: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(address);
    socket.on('data', (more) => {
      heard += more;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
    socket.write(line);
  });
}

test('an ask reaches Azure word for word, and its answer comes back', async () => {
  const remote = remoteApplier(() => address);
  expect(await remote.clientId()).toBe(applierId);
  const one = act();
  expect(await remote.act('leave', one)).toEqual({ is: 'told', facts: { left_plain: 'for good' } });
  expect(asked).toEqual([['leave', one]]);
});

test('a busy Azure is busy on the other side too', async () => {
  does = () => Promise.reject(new AzureFault('busy', { status: 429, message: 'slow', retryAfterSeconds: 9 }));
  await expect(remoteApplier(() => address).act('remove', act())).rejects.toMatchObject({
    ...{ kind: 'busy', status: 429, retryAfterSeconds: 9 },
  });
});

test('only the account that runs it may open the socket', () => {
  expect(statSync(address).mode & 0o777).toBe(0o600);
});

test('where the data folder’s path is too long it is in a folder of its own, which nobody else may have made or open', async () => {
  const far = applierAddress(join(folder, 'x'.repeat(100)));
  const itsOwn = dirname(far);
  expect(far.length).toBeLessThan(108);
  const other = await serveApplier(far, port);
  try {
    expect(statSync(itsOwn).mode & 0o777).toBe(0o700);
    expect(await remoteApplier(() => far).clientId()).toBe(applierId);
    chmodSync(itsOwn, 0o755);
    await expect(remoteApplier(() => far).clientId()).rejects.toMatchObject({ retry: 'later' });
    await expect(serveApplier(far, port)).rejects.toThrow('only this account');
  } finally {
    await other.stop();
    rmSync(itsOwn, { recursive: true, force: true });
  }
});

test.each([
  ['no ask', 'hello'],
  ['another verb', JSON.stringify({ ask: 'act', traceId: 't', step: 'delete_user', act: act() })],
  ['a field too many', JSON.stringify({ ask: 'who', also: 1 })],
  ...Object.entries({
    'a principal that is a path': { principalId: '../users/x' },
    'a scope that leads elsewhere': { scopeId: '/subscriptions/../x' },
    'a scope with a query': { scopeId: '/subscriptions/x?y' },
    'a scope of another host': { scopeId: '@evil.example' },
    'a role that is none': { roleId: "x' or 1 eq 1" },
  }).map(([name, bad]) => {
    const one = act();
    const odd = { ...one, kept: { ...one.kept, ...bad } };
    return [name, JSON.stringify({ ask: 'act', traceId: 't', step: 'remove', act: odd })];
  }),
])('%s is refused, and Azure hears nothing', async (_, line) => {
  expect(await say(`${line}\n`)).toContain('refused');
  expect(asked).toEqual([]);
});

test('more than an ask is cut off', async () => {
  expect(await say('x'.repeat(200_000))).toBe('');
});

test('what the Applier does not foresee stays with it', async () => {
  does = () => Promise.reject(new Error('secret applier-secret in here'));
  expect(
    await say(`${JSON.stringify({ ask: 'act', traceId: 't', step: 'remove', act: act() })}\n`),
  ).not.toContain('applier-secret');
});

test('two for one folder are one too many; one that was killed leaves room for the next', async () => {
  await expect(serveApplier(address, port)).rejects.toThrow('Another Applier');
  await server.stop();
  server = await serveApplier(address, port);
  expect(await remoteApplier(() => address).clientId()).toBe(applierId);
});

test('nobody there: what Azure knows of it is open', async () => {
  await server.stop();
  await expect(remoteApplier(() => address).act('remove', act())).rejects.toMatchObject({ retry: 'later' });
  server = await serveApplier(address, port);
});
