import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { onCall } from '#lib/operations/on-call/testing.ts';
import { extend } from '#lib/operations/requests/extend.ts';
import { resume } from '#lib/operations/requests/resume.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { automatic, byDayAndNight, frozenFor, inForce, staged, stageOf } from './testing/policy.ts';

const { ada, bo } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );
/** Ada's request, left for her to resume. */
async function needsAda(): Promise<string> {
  const id = await bench.files(ada, roles.staging);
  await bench.loseToken(id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('needs_you');
  return id;
}
/** Signed by Bo and started, and left for her to resume. */
async function startedByAda(): Promise<string> {
  const id = await bench.files(ada, roles.staging);
  await bench.signs(bo, id);
  await bench.deliver();
  await bench.starts(ada, id);
  await bench.loseToken(id);
  await bench.deliver();
  return id;
}
const resumes = (id: string) => code(resume(bench.as(ada), id, bench.seal(ada)));

test('what a rule approved by itself goes on only while it would still', async () => {
  await inForce({ rules: [automatic] });
  const id = await needsAda();
  await inForce({ rules: [staged([stageOf([bo])])] });
  expect(await resumes(id)).toBe('receipt_over');
  await inForce({ rules: [automatic] });
  expect(await resumes(id)).toBe('done');
});

test('what nothing was asked of goes on only while nothing is, and not in a freeze', async () => {
  await inForce({});
  const id = await needsAda();
  await inForce({ rules: [staged([stageOf([bo])])] });
  expect(await resumes(id)).toBe('receipt_over');
  await inForce({ freezes: [frozenFor(bench.now(), plusMinutes(bench.now(), 60))] });
  expect(await resumes(id)).toBe('frozen');
  expect(await bench.tokensOf(id)).toBe(0);
  await inForce({});
  expect(await resumes(id)).toBe('done');
});

test('a receipt that was started and waits for its person lasts until its use-by, whatever the policy says by then', async () => {
  await inForce({ rules: [staged([stageOf([bo])], { useByMinutes: 30 })] });
  const id = await startedByAda();
  expect(await bench.status(id)).toBe('needs_you');
  await db()
    .update(requestApprovals)
    .set({ useBy: plusMinutes(bench.now(), -1) })
    .where(eq(requestApprovals.requestId, id));
  expect(await resumes(id)).toBe('receipt_over');
  await db()
    .update(requestApprovals)
    .set({ useBy: plusMinutes(bench.now(), 5) })
    .where(eq(requestApprovals.requestId, id));
  expect(await resumes(id)).toBe('done');
});

test('a receipt that was started by day, and waits for its person, does not go on at night, where its version asks others', async () => {
  await inForce({ rules: byDayAndNight(bench.now(), stageOf([bo]), stageOf([people.cy])) });
  const id = await startedByAda();
  await bench.advance(90);
  expect(await resumes(id)).toBe('policy_asks_more');
  expect(await bench.tokensOf(id)).toBe(0);
});

test('what is for an on-call window goes on with what is left of it, and not after it', async () => {
  await inForce({});
  const id = await needsAda();
  const occurrenceId = await onCall(ada, plusMinutes(bench.now(), -90), 120);
  await db().update(requests).set({ occurrenceId }).where(eq(requests.id, id));
  expect(await resumes(id)).toBe('done');
  expect([29, 30]).toContain((await bench.request(id)).minutes);
  await bench.loseToken(id);
  await bench.deliver();
  await bench.advance(27);
  expect(await resumes(id)).toBe('occurrence_over');
});

test('many short ones after each other are one long one', async () => {
  const long = staged([stageOf([bo])]);
  await inForce({ rules: [{ ...long, when: { ...long.when, longerThanMinutes: 60 } }, automatic] });
  const id = await bench.holds(ada, roles.staging, 40);
  const more = { requestId: id, minutes: 30, justification: 'Not done yet', ticketNumber: 'INC-1' };
  const next = await extend(bench.as(ada), more, bench.seal(ada));
  expect(await bench.status(next)).toBe('awaiting_signatures');
});
