/** Against the local tenant: what went past Stint's approval is found, taken away by the Applier, and seen gone. */
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { letters } from '#db/schema/letters.ts';
import { sessions } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { accessChanges, applierSwitches } from '#db/schema/reviews.ts';
import { testTenant } from '#db/testing.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { inForce, twoEyes } from '#lib/operations/evaluations/testing.ts';
import { bypasses } from '#lib/queries/bypasses.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { emulatorBench } from './testing/emulator-bench.ts';

const staging = '/subscriptions/55555555-0001-4000-8000-000000000002';
const contributor = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';
const onCall = 'bbbbbbbb-0001-4000-8000-000000000004';
const mira = {
  ...{ tenantId: testTenant, objectId: 'mira', name: 'Mira', upn: 'mira@contoso.example' },
  roles: ['Stint.Administrator' as const],
};
let stage: Awaited<ReturnType<typeof emulatorBench>>;

beforeAll(async () => {
  stage = await emulatorBench(process.env, 'ada.lind');
  await stage.bench.reads(stage.people[0] ?? expect.fail());
  const at = new Date();
  await db()
    .insert(sessions)
    .values({
      ...{ id: randomUUID(), secretHash: randomUUID(), ...mira, createdAt: at, lastSeenAt: at },
      expiresAt: plusMinutes(at, 600),
    });
  // The Applier is there, switched on everywhere, and the tenant was read.
  await db().insert(heartbeats).values({ name: 'applier', beatAt: sql`now() + interval '10 minutes'` });
  const now = sql`stint_now()`;
  await db()
    .insert(inventoryRuns)
    .values({ id: randomUUID(), startedAt: now, finishedAt: now, goneOnAt: now });
  const by = { switchedById: 'mira', switchedByName: 'Mira', switchedAt: at };
  for (const plane of ['entra', 'azure', 'group'] as const)
    await db()
      .insert(applierSwitches)
      .values({ plane, scopeId: '/', ...by });
}, 300_000);
afterAll(() => stage?.close());

/** Three roles, one of each plane, activated at Microsoft's own doors for half an hour. */
async function activatesInAzure(): Promise<void> {
  const [ada] = stage.people;
  if (!ada) expect.fail('nobody is signed in');
  const self = { principalId: ada.id, justification: 'From the portal' };
  const scheduleInfo = {
    startDateTime: new Date().toISOString(),
    expiration: { type: 'afterDuration', duration: 'PT30M' },
  };
  const graph = { ...self, action: 'selfActivate', scheduleInfo };
  const directory = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';
  const role = { roleDefinitionId: userAdministrator, directoryScopeId: '/' };
  await ada.call('graph', 'POST', directory, { ...graph, ...role });
  const group = '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests';
  await ada.call('graph', 'POST', group, { ...graph, groupId: onCall, accessId: 'member' });
  const pim = `${staging}/providers/Microsoft.Authorization`;
  const eligible = await ada.call<{ value: { properties: Record<string, string> }[] }>(
    ...(['arm', 'GET'] as const),
    `${pim}/roleEligibilityScheduleInstances?api-version=2020-10-01&$filter=asTarget()`,
  );
  const own = eligible.value.find(({ properties }) => properties.roleDefinitionId?.endsWith(contributor));
  await ada.call(
    ...(['arm', 'PUT'] as const),
    `${pim}/roleAssignmentScheduleRequests/${randomUUID()}?api-version=2020-10-01`,
    {
      properties: {
        ...{ ...self, requestType: 'SelfActivate', scheduleInfo },
        roleDefinitionId: own?.properties.roleDefinitionId,
        linkedRoleEligibilityScheduleId: own?.properties.roleEligibilityScheduleId,
      },
    },
  );
}

const told = async (requestId: string) =>
  (await db().select().from(letters).where(eq(letters.requestId, requestId)))
    .map(({ kind, personId }) => `${kind} ${personId}`)
    .toSorted();

test('activated past the stages: found, ended by the Applier on every plane after PIM’s floor, and proven by Azure’s own reading', {
  timeout: 120_000,
}, async () => {
  const { bench } = stage;
  const ada = stage.people[0]?.id ?? expect.fail();
  await inForce({ rules: [twoEyes], endsBypassed: true });
  await stage.advance(1);
  await activatesInAzure();
  await stage.advance(1.1);
  expect(await bench.watches()).toEqual([]);
  const rows = await db().select().from(requests);
  expect(rows.map(({ plane, bypassedAt }) => [plane, bypassedAt !== null]).toSorted()).toEqual([
    ['azure', true],
    ['entra', true],
    ['group', true],
  ]);
  expect(await stage.held()).toHaveLength(3);
  // Not before PIM's floor.
  await bench.changes();
  expect(await stage.held()).toHaveLength(3);
  expect(await bypasses(mira)).toMatchObject(
    rows.map(() => ({ status: 'active', ending: { state: 'waiting', goneAt: null } })),
  );
  await stage.advance(5);
  for (let n = 0; n < 40 && (await db().$count(accessChanges, sql`state <> 'done'`)) > 0; n++) {
    expect(await bench.changes()).toEqual([]);
    await stage.advance(2 / 60);
  }
  expect(await stage.held()).toEqual([]);
  expect(await db().select().from(accessChanges)).toMatchObject(
    rows.map(() => ({ state: 'done', outcome: 'removed', confirmedAt: expect.any(Date) })),
  );
  for (const { id } of rows) {
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_by_stint' });
    expect(await bench.actions(id)).toEqual(['seen_in_azure', 'bypassed', 'ended', 'bypass_ended']);
    const proof = (await bench.audit(id)).at(-1)?.details;
    expect(proof).toMatchObject({ outcome: 'removed', goneAt: expect.any(String) });
    expect(await told(id)).toEqual(
      ['bypassed mira', `bypassed ${ada}`, 'bypass_ended mira', `bypass_ended ${ada}`].toSorted(),
    );
    const story = await requestStory(mira, id);
    expect(story?.timeline.at(-1)?.what).toMatch(/^ended it: the Reader saw it gone from Azure \d+ s after/);
  }
  const shown = await bypasses(mira);
  expect(shown).toMatchObject(
    rows.map(() => ({
      status: 'ended',
      ending: { state: 'done', wasGone: false, goneAt: expect.any(Date) },
    })),
  );
  const changes = await db().select().from(auditEntries).where(eq(auditEntries.action, 'access_change.done'));
  expect(changes).toHaveLength(3);
});
