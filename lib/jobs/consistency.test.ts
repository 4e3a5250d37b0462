/** Azure shows late what it granted, what it was asked and what it ended: Stint says nothing before Azure does. */
import { eq, inArray, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { played, rounds } from '#db/rounds.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { differences } from '#db/schema/watch.ts';
import { holdingKey } from '#lib/domain/difference.ts';
import { end } from '#lib/operations/requests/end.ts';
import { emulatorBench } from './testing/emulator-bench.ts';

const times = rounds({ quick: 1, full: 50 });
/** What Azure has shown in this round. */
const shown = new Set<string>();
let stage: Awaited<ReturnType<typeof emulatorBench>>;
beforeAll(async () => {
  stage = await emulatorBench(process.env, 'ada.lind');
  await stage.bench.reads(stage.people[0] ?? expect.fail());
}, 300_000);
afterAll(() => stage?.close());

/** One step of time, after which nothing may be said that Azure does not say. */
async function passes(minutes: number, ids: string[]): Promise<void> {
  await stage.advance(minutes);
  await stage.bench.looks();
  await stage.bench.watches();
  await stage.control('POST', 'clock', { advanceSeconds: 66 });
  await stage.bench.looks();
  const held = new Set(await stage.held());
  for (const key of held) shown.add(key);
  for (const row of await db().select().from(requests).where(inArray(requests.id, ids))) {
    const key = holdingKey(row.requesterId, row);
    if (row.status === 'active') expect(shown, 'called active before it was seen').toContain(key);
    if (row.status === 'ended') expect(held, 'called ended while it is held').not.toContain(key);
  }
}

async function until(ids: string[], step: number, reached: (statuses: string[]) => boolean): Promise<void> {
  for (let n = 0; n < 120; n++) {
    const rows = await db().select().from(requests).where(inArray(requests.id, ids));
    if (reached(rows.map(({ status }) => status))) return;
    await passes(step, ids);
  }
  expect.fail(`never reached: ${JSON.stringify(await Promise.all(ids.map((id) => stage.bench.status(id))))}`);
}

describe.each([0, 0.5, 5, 20])('shown %d minutes late', (minutes) => {
  test('it is active when it is seen and ended when it is gone, and no alarm stays', {
    timeout: 60_000 + times * 120_000,
  }, async (context) => {
    const { bench, people, control } = stage;
    const ada = people[0] ?? expect.fail();
    const delay = minutes * 60_000;
    await control('POST', 'consistency', { activation: delay, removal: delay, request: delay });
    const eligible = await db().select().from(mirrorEligible);
    const roles = ['User Administrator', 'Reports Reader', 'Contributor', 'Member'].map(
      (name) =>
        eligible.find((row) => row.roleName === name && !row.scopeName.includes('breakfix')) ??
        expect.fail(name),
    );
    const step = minutes > 1 ? 1 : 0.25;
    for (let n = 0; n < times; n++) {
      const ids: string[] = [];
      shown.clear();
      for (const role of roles) ids.push(await bench.files(ada, role, { minutes: 45 }));
      // The first answer of each API is lost after its effect, and no list shows what became of it.
      const lost = { kind: 'reset', afterEffect: true, times: 1 };
      const rules = [
        { ...lost, match: 'roleManagement/directory/roleAssignmentScheduleRequests', method: 'POST' },
        { ...lost, match: 'Microsoft.Authorization/roleAssignmentScheduleRequests', method: 'PUT' },
      ];
      await control('POST', 'faults', { rules });
      await bench.deliver();
      await bench.deliver();
      await control('DELETE', 'faults');
      await until(ids, step, (all) => all.every((status) => status === 'active'));
      const [cut = '', ...rest] = ids;
      await stage.advance(6);
      await bench.looks();
      await end(bench.as(ada), cut, bench.seal(ada));
      await bench.deliver();
      await until([cut], step, ([status]) => status === 'ended');
      await until(ids, 5, (all) => all.every((status) => status === 'ended'));
      await stage.advance(12);
      await bench.watches();
      await control('POST', 'clock', { advanceSeconds: 66 });
      expect(await bench.request(cut)).toMatchObject({ endCause: 'ended_early' });
      for (const id of rest) expect(await bench.request(id)).toMatchObject({ endCause: 'expired' });
      for (const id of ids) {
        const actions = await bench.actions(id);
        expect(actions.filter((one) => ['end_failed', 'failed', 'needs_person'].includes(one))).toEqual([]);
        for (const once of new Set(actions)) expect(actions.filter((one) => one === once)).toHaveLength(1);
      }
      expect(await db().select().from(requests).where(eq(requests.origin, 'azure'))).toEqual([]);
      expect(await db().select().from(differences).where(isNull(differences.resolvedAt))).toEqual([]);
    }
    played(context, 'K4', `granted, asked and ended shown ${minutes} min late`, times);
  });
});
