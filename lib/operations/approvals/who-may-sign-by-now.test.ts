/** Who may sign changes while a request waits: whoever may by now hears of it, and nobody waits for nobody unsaid. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { absences } from '#db/schema/approvals.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { takeDueAbsences } from '#lib/operations/absences/take-due-absences.ts';
import { asJob } from '#lib/operations/context.ts';
import { saveSchedule } from '#lib/operations/schedules/save-schedule.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { stalledApprovals } from '#lib/queries/stalled-approvals.ts';
import { nudge } from './nudge.ts';
import { inForce, staged, stageOf } from './testing/policy.ts';
import { code, toldTo } from './testing/told.ts';

const { ada, bo, cy, samir } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('absences duty_overrides duty_schedules');
  await bench.reads(ada);
});

const administrator = () => bench.as(samir, 'Stint.Administrator');
const asks = () => bench.files(ada, roles.staging);

/** A schedule that has this person on duty all the time. */
function dutyOf({ id, name }: { id: string; name: string }, version = 0, scheduleId: string | null = null) {
  const rotation = {
    ...{ zone: 'UTC', people: [{ id, name }], weekday: 1, time: '09:00', lengthDays: 7, from: '2026-01-01' },
  };
  return saveSchedule(administrator(), { id: scheduleId, version, name: 'Platform', rotation });
}

async function asksWhoeverIsOnCall(id: string): Promise<string> {
  const approvers = [{ is: 'on_call' as const, id, name: 'Platform' }];
  await inForce({ rules: [staged([{ ...stageOf([]), approvers }])] });
  return asks();
}

test('duty goes on: within a minute the next is asked and may sign, and the one before may not', async () => {
  const schedule = await dutyOf(bo);
  const id = await asksWhoeverIsOnCall(schedule);
  expect([await toldTo(bo), await toldTo(cy)]).toEqual([['asked_to_sign'], []]);
  await dutyOf(cy, 1, schedule);
  await bench.advance(1.1);
  await bench.duties();
  expect([await toldTo(bo), await toldTo(cy)]).toEqual([['asked_to_sign'], ['asked_to_sign']]);
  expect(await code(bench.signs(bo, id))).toBe('not_found');
  await bench.signs(cy, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});

test('a nudge asks who was not asked yet', async () => {
  const schedule = await dutyOf(bo);
  const id = await asksWhoeverIsOnCall(schedule);
  await dutyOf(cy, 1, schedule);
  await nudge(bench.as(ada), id);
  expect(await toldTo(cy)).toEqual(['asked_to_sign']);
  expect(await code(nudge(bench.as(ada), id))).toBe('nudged_lately');
});

test('away without anybody in their place, the last who could: said once, and seen by administrators', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await asks();
  const times = { startsAt: bench.now(), endsAt: plusMinutes(bench.now(), 600) };
  const by = { setById: bo.id, setByName: bo.name, note: '' };
  await db()
    .insert(absences)
    .values({ id: randomUUID(), personId: bo.id, personName: bo.name, ...by, ...times });
  await bench.advance(0.1);
  await takeDueAbsences(asJob('absences', 'test'));
  expect(await toldTo(ada)).toEqual(['nobody_can_sign']);
  expect(await stalledApprovals(administrator().actor)).toMatchObject([{ requestId: id, able: 0 }]);
  await bench.advance(25);
  await bench.duties();
  const told = (await bench.actions(id)).filter((one) => one === 'nobody_can_sign');
  expect(told).toHaveLength(1);
});
