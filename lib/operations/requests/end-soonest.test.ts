import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { asJob } from '#lib/operations/context.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { callOffEnd } from './call-off-end.ts';
import { end } from './end.ts';
import { extend } from './extend.ts';
import { takeDueEnds } from './take-due-ends.ts';

const { ada, bo } = people;
const role = roles.staging;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const soonest = (id: string) => end(bench.as(ada), id, bench.seal(ada), { soonest: true });
const due = () => takeDueEnds(asJob('due ends', randomUUID()));
const more = (requestId: string) =>
  extend(
    bench.as(ada),
    { requestId, minutes: 30, justification: 'Not done yet', ticketNumber: '' },
    bench.seal(ada),
  );

describe('an end asked for in PIM’s first five minutes, as soon as they are over', () => {
  test('comes then, with the token of the click', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(2);
    await soonest(id);
    expect(await bench.request(id)).toMatchObject({ status: 'active', endAfter: expect.any(Date) });
    expect(await due()).toBe(0);
    await bench.pass(3.2);
    expect(await due()).toBe(1);
    expect(await due()).toBe(0);
    expect(await bench.request(id)).toMatchObject({ status: 'ending', endAfter: null });
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
    expect((await bench.actions(id)).slice(3)).toEqual(['end_planned', 'end_asked', 'ended']);
  });

  test('is taken up once, by however many workers', async () => {
    const id = await bench.holds(ada, role);
    await soonest(id);
    await bench.advance(5.2);
    const taken = await Promise.all(Array.from({ length: 5 }, due));
    expect(taken.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect((await bench.actions(id)).filter((one) => one === 'end_asked')).toHaveLength(1);
  });

  test('can be called off before it comes, by its person alone', async () => {
    const id = await bench.holds(ada, role);
    await soonest(id);
    await expect(callOffEnd(bench.as(bo), id)).rejects.toMatchObject({ code: 'not_found' });
    await callOffEnd(bench.as(ada), id);
    await expect(callOffEnd(bench.as(ada), id)).rejects.toMatchObject({ code: 'conflict' });
    await bench.pass(6);
    expect(await due()).toBe(0);
    expect(await bench.request(id)).toMatchObject({ status: 'active', endAfter: null });
    expect(await bench.tokensOf(id)).toBe(0);
  });

  test('whose token is gone by then leaves it active, and says so', async () => {
    const id = await bench.holds(ada, role);
    await soonest(id);
    await bench.loseToken(id);
    await bench.pass(5.2);
    await due();
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({
      status: 'active',
      failure: expect.stringContaining('End it again'),
    });
  });
});

describe('ending what was extended', () => {
  test('cancels what was to follow, too', async () => {
    const id = await bench.holds(ada, role);
    const next = await more(id);
    await bench.deliver();
    await bench.pass(6);
    await end(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    await bench.looks();
    expect([await bench.status(id), await bench.status(next)]).toEqual(['ended', 'withdrawn']);
  });

  test('keeps it, when that is what is wanted', async () => {
    const id = await bench.holds(ada, role);
    const next = await more(id);
    await bench.deliver();
    await bench.pass(6);
    await end(bench.as(ada), id, bench.seal(ada), { keepFollowOn: true });
    await bench.deliver();
    await bench.looks();
    expect([await bench.status(id), await bench.status(next)]).toEqual(['ended', 'scheduled']);
    expect((await bench.request(next)).waitsForEnd).toBe(false);
  });

  test('waits while Azure is being asked for it, and changes nothing', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    const next = await more(id);
    await expect(end(bench.as(ada), id, bench.seal(ada))).rejects.toMatchObject({ code: 'conflict' });
    expect([await bench.status(id), await bench.status(next)]).toEqual(['active', 'filed']);
  });

  test('and extending it at the same moment: nothing follows what has ended', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    const [ended, extended] = await Promise.allSettled([end(bench.as(ada), id, bench.seal(ada)), more(id)]);
    expect([ended, extended].filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await bench.status(id)).toBe(ended.status === 'fulfilled' ? 'ending' : 'active');
  });
});
