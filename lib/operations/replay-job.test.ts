import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { deadLetters, queueStates } from '#db/queue-state.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { people } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { metrics } from '#lib/queries/metrics.ts';
import { operations } from '#lib/queries/operations.ts';
import { replayJob } from './replay-job.ts';
import { type Bench, openBench } from './testing.ts';

let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());

const admin = () => bench.as(people.petra, 'Stint.Administrator');

/** A job that failed for good, as pg-boss keeps it. */
async function dies(message = 'Azure was never there'): Promise<{ id: string; requestId: string }> {
  const id = randomUUID();
  const requestId = randomUUID();
  const data = JSON.stringify({ requestId, traceId: 'trace-1' });
  await db().execute(sql`
    insert into pgboss.job (id, name, data, source_name, source_id, source_retry_count, source_output)
    values (${id}, 'dead-letter', ${data}::jsonb, 'look', ${randomUUID()}, 8, ${JSON.stringify({ message })}::jsonb)`);
  return { id, requestId };
}

test('a replayed job is in its queue again with what it carried, and on record with who did it', async () => {
  const { id, requestId } = await dies();
  await replayJob(admin(), id);
  await bench.fetchJobs();
  expect(bench.waiting.splice(0)).toEqual([{ name: 'look', data: { requestId, traceId: 'trace-1' } }]);
  expect(await deadLetters(db(), 10)).toEqual([]);
  const [entry] = await db()
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectKind, 'job'), eq(auditEntries.subjectId, id)));
  expect(entry).toMatchObject({
    action: 'job.replayed',
    actorId: people.petra.id,
    details: { name: 'look' },
  });
});

test('who does not operate Stint finds nothing, and changes nothing', async () => {
  const { id } = await dies();
  for (const role of ['Stint.Auditor', 'Stint.Reviewer'] as const) {
    const ctx = bench.as(people.ada, role);
    await expect(replayJob(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await operations(ctx.actor)).toBeNull();
  }
  expect((await deadLetters(db(), 10)).map((one) => one.id)).toEqual([id]);
  await replayJob(admin(), id);
});

test('of two who replay the same job at once one does', async () => {
  const { id } = await dies();
  await bench.fetchJobs();
  bench.waiting = [];
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => replayJob(admin(), id)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
  expect(lost).toEqual(['conflict', 'conflict']);
  await bench.fetchJobs();
  expect(bench.waiting.splice(0)).toHaveLength(1);
});

test('the page shows what failed without its secrets, and the numbers count it', async () => {
  const { id, requestId } = await dies('401 for Bearer eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln');
  const page = await operations(admin().actor);
  expect(page?.dead).toMatchObject([{ id, name: 'look', requestId, tries: 9, error: '401 for [removed]' }]);
  expect(page?.queues.map(({ name }) => name)).toEqual((await queueStates(db())).map(({ name }) => name));
  expect(page?.queues.map(({ name }) => name)).toContain('watch');
  expect(page?.readings.map(({ plane, watch }) => [plane, watch])).toEqual([
    ['entra', null],
    ['azure', null],
    ['group', null],
  ]);
  await bench.watches();
  const numbers = await metrics();
  expect(numbers).toMatchObject({ deadLetters: 1, grantsAlivePastEnd: 0 });
  expect(numbers.watchAge.map(({ plane }) => plane).toSorted()).toEqual(['azure', 'entra', 'group']);
});

test('a job that failed once is counted with its error, until it is done', async () => {
  const states = await queueStates(db());
  expect(states.every(({ failed, lastError }) => failed === 0 && lastError === null)).toBe(true);
});
