/** Against the local tenant: what is done in Azure itself comes to be known, and one id follows a click to Azure. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningEmulator, startEmulator } from '#lib/auth/testing.ts';
import { azurePerson } from './testing/azure-person.ts';
import { type Engine, startEngine } from './testing/engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'stint-watch-'));
const staging = '/subscriptions/55555555-0001-4000-8000-000000000002';
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const onCall = 'bbbbbbbb-0001-4000-8000-000000000004';
let emulator: RunningEmulator;
let engine: Engine;

beforeAll(async () => {
  const env = { ...process.env, STINT_DATA: folder, LOG_LEVEL: 'silent', PORT: '3000', DATABASE_URL: '' };
  emulator = await startEmulator(env);
  const ports = { EMULATOR_HTTPS_PORT: emulator.httpsPort, EMULATOR_HTTP_PORT: emulator.httpPort };
  engine = await startEngine({ ...env, ...ports });
});
afterAll(async () => {
  await engine?.kill();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const until = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 60_000, interval: 100 });
const told = async (origin: 'azure' | 'stint') =>
  (await engine.ask('told')).filter((one) => one.origin === origin);

async function control<T>(path: string, body?: object): Promise<T> {
  const answer = await fetch(`http://localhost:${emulator.httpPort}/_emulator/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  });
  return answer.json() as Promise<T>;
}

test('activated in Microsoft’s own portal: in history within one watch, and ended when its time is over', {
  timeout: 120_000,
}, async () => {
  const ada = await azurePerson(emulator, folder, 'ada.lind');
  const window = (duration: string) => ({
    startDateTime: new Date().toISOString(),
    expiration: { type: 'afterDuration', duration },
  });
  const self = { action: 'selfActivate', principalId: ada.id, justification: 'From the portal' };
  await ada.call('graph', 'POST', '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests', {
    ...{ ...self, roleDefinitionId: userAdministrator, directoryScopeId: '/' },
    scheduleInfo: window('PT30M'),
  });
  await ada.call(
    'graph',
    'POST',
    '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests',
    {
      ...{ ...self, groupId: onCall, accessId: 'member' },
      scheduleInfo: window('PT30M'),
    },
  );
  const pim = `${staging}/providers/Microsoft.Authorization`;
  const eligible = await ada.call<{ value: { properties: Record<string, string> }[] }>(
    'arm',
    'GET',
    `${pim}/roleEligibilityScheduleInstances?api-version=2020-10-01&$filter=asTarget()`,
  );
  const own = eligible.value.find(({ properties }) => properties.roleDefinitionId?.endsWith(contributor));
  await ada.call(
    'arm',
    'PUT',
    `${pim}/roleAssignmentScheduleRequests/${randomUUID()}?api-version=2020-10-01`,
    {
      properties: {
        ...{ requestType: 'SelfActivate', principalId: ada.id, justification: self.justification },
        roleDefinitionId: own?.properties.roleDefinitionId,
        linkedRoleEligibilityScheduleId: own?.properties.roleEligibilityScheduleId,
        scheduleInfo: window('PT30M'),
      },
    },
  );
  // Nobody looks at a group that Stint has never met, unless Azure names it: here somebody is known to be eligible.
  await engine.ask('refresh', await engine.ask('signIn', 'ada.lind'), 'refresh-access');
  await until(async () => {
    const session = await engine.ask('signIn', 'ada.lind');
    expect((await engine.ask('eligible', session)).length).toBeGreaterThan(10);
  });
  await control('clock', { advanceSeconds: 61 });
  await until(async () => {
    const seen = await told('azure');
    expect(seen.map(({ called, status, actions }) => [called, status, actions]).toSorted()).toEqual([
      ['Contributor Staging', 'active', ['seen_in_azure']],
      ['Member sg-oncall-platform', 'active', ['seen_in_azure']],
      ['User Administrator Directory', 'active', ['seen_in_azure']],
    ]);
  });
  await control('clock', { advanceSeconds: 31 * 60 });
  await until(async () => {
    const seen = await told('azure');
    expect(seen.map(({ status, actions }) => [status, actions.at(-1)])).toEqual(
      Array.from({ length: 3 }, () => ['ended', 'ended']),
    );
  });
  expect(await told('stint')).toEqual([]);
});

test('one id follows an activation from its audit entries to the calls Azure saw', {
  timeout: 120_000,
}, async () => {
  const session = await engine.ask('signIn', 'ada.lind');
  const roles = await engine.ask('eligible', session);
  const keyOf = (called: string) => roles.find((one) => one.called === called)?.key ?? called;
  const asked = ['Contributor Staging', 'User Administrator Directory'];
  await engine.ask('activate', session, asked.map(keyOf));
  await until(async () => {
    const mine = await told('stint');
    expect(mine.map(({ status }) => status)).toEqual(['active', 'active']);
  });
  const [one, other] = await told('stint');
  // Filed and granted: the click's own id, the same for everything of one submit.
  const trace = one?.traces[0];
  expect([one?.traces[1], other?.traces[0], other?.traces[1]]).toEqual([trace, trace, trace]);
  const journal =
    await control<{ method: string; path: string; clientRequestId: string }[]>('journal?since=0');
  const filings = journal
    .filter(({ method, clientRequestId }) => clientRequestId === trace && method !== 'GET')
    .map(
      ({ method, path }) => `${method} ${path.split('/').find((part) => part.endsWith('ScheduleRequests'))}`,
    );
  expect(filings.toSorted()).toEqual([
    'POST roleAssignmentScheduleRequests',
    'PUT roleAssignmentScheduleRequests',
  ]);
  // What was seen later was seen by looks, under ids of their own that Azure heard too.
  for (const seen of [one?.traces[2], other?.traces[2]]) {
    expect(journal.some(({ clientRequestId }) => clientRequestId === seen)).toBe(true);
  }
});
