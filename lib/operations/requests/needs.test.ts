import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { needs } from '#db/schema/needs.ts';
import { ticketSystems } from '#db/schema/tickets.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { Ticket } from '#lib/domain/ticket.ts';
import type { TicketSystem } from '#lib/domain/ticket-system.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { addNeed } from './add-need.ts';
import { callOffEnd } from './call-off-end.ts';
import { end } from './end.ts';
import { extend } from './extend.ts';
import { releaseNeed } from './release-need.ts';

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

const other = { ticketNumber: 'CHG-7', justification: 'The change too', minutes: 20 };
const adds = (requestId: string, ask = other, who = ada) => addNeed(bench.as(who), { requestId, ...ask });
const releases = (requestId: string, ticketNumber: string, who = ada) =>
  releaseNeed(bench.as(who), { requestId, ticketNumber }, bench.seal(who));
const open = async (id: string) => {
  const rows = await db().select().from(needs).where(eq(needs.requestId, id)).orderBy(asc(needs.addedAt));
  return rows.filter(({ releasedAt }) => !releasedAt).map(({ ticketNumber }) => ticketNumber);
};

describe('what is on, for a second ticket', () => {
  test('stays on when one of the two is done, and ends with the last', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await adds(id);
    expect(await open(id)).toEqual(['INC-1', 'CHG-7']);
    expect(await releases(id, 'inc-1')).toBe('kept');
    await bench.pass(1);
    expect([await bench.status(id), await open(id)]).toEqual(['active', ['CHG-7']]);
    expect(await releases(id, 'CHG-7')).toBe('ending');
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
    const told = (await bench.audit(id)).map(({ action }) => action);
    expect(told.slice(told.indexOf('need.added'))).toEqual([
      ...['need.added', 'need.released', 'request.end_asked', 'request.ended', 'need.released'],
    ]);
  });

  test('has its own ticket looked at, and kept as it was then', async () => {
    const id = await bench.holds(ada, role);
    const rules = { mustBeOpen: true, whenUnreachable: 'allow' } as TicketSystem['rules'];
    const [system] = await db()
      .insert(ticketSystems)
      .values({
        ...{ id: randomUUID(), name: 'Changes', kind: 'pattern', baseUrl: '', project: '', rules },
        ...{
          patterns: ['CHG-{n}'],
          closedStates: [],
          enabled: true,
          changedAt: bench.now(),
          changedByName: '',
        },
      })
      .returning();
    if (!system) throw new Error('no system');
    const answer = { key: 'CHG-7', title: 'Core 4.12', state: 'Implement', open: true } as Ticket;
    const check = { number: 'CHG-7', system, answer, checkedAt: bench.now() };
    await addNeed(bench.as(ada), { requestId: id, ...other, ticketCheck: check });
    const told = (await bench.audit(id)).find(({ action }) => action === 'need.added');
    const kept = { system: 'Changes', title: 'Core 4.12', state: 'Implement', verdict: 'good' };
    expect(told?.details).toMatchObject({ ticket: kept });
    const [added] = await db().select().from(needs).where(eq(needs.ticketNumber, 'CHG-7'));
    expect(added?.ticket).toMatchObject(kept);
    await db().delete(ticketSystems);
  });

  test('ends with its ticket, and what was asked to follow only for that one', async () => {
    const followed = async (ticketNumber: string) => {
      await bench.clear();
      const id = await bench.holds(ada, role);
      const more = { minutes: 30, justification: 'Not done yet', ticketNumber };
      const next = await extend(bench.as(ada), { requestId: id, ...more }, bench.seal(ada));
      await bench.deliver();
      await bench.pass(6);
      expect(await releases(id, 'INC-1')).toBe('ending');
      await bench.deliver();
      return bench.status(next);
    };
    expect(await followed('inc-1')).toBe('withdrawn');
    expect(await followed('CHG-9')).toBe('scheduled');
  });

  test('may need it for the same ticket again, once the time for it is over', async () => {
    const id = await bench.holds(ada, role);
    await adds(id);
    await expect(adds(id)).rejects.toMatchObject({ code: 'already_live' });
    await bench.pass(21, 7);
    await adds(id);
    expect(await open(id)).toEqual(['INC-1', 'CHG-7']);
    const [over, again] = (await bench.audit(id)).slice(-2);
    expect(over).toMatchObject({
      action: 'need.released',
      details: { ticketNumber: 'CHG-7', because: 'time_over' },
    });
    expect(again).toMatchObject({ action: 'need.added', details: { ticketNumber: 'CHG-7' } });
  });

  test('is asked for no longer than the window, and says when that is short', async () => {
    const id = await bench.holds(ada, role, 30);
    const { endsAt } = await bench.request(id);
    expect(await adds(id)).toMatchObject({ isShort: false });
    expect(await adds(id, { ...other, ticketNumber: 'CHG-8', minutes: 60 })).toEqual({
      ...{ until: endsAt, isShort: true },
    });
    expect((await bench.request(id)).endsAt).toEqual(endsAt);
  });

  test('is needed no more when its time is over, released or not', async () => {
    const id = await bench.holds(ada, role);
    await adds(id, { ...other, minutes: 7 });
    await bench.pass(8);
    expect(await releases(id, 'INC-1')).toBe('ending');
  });

  test('needs a ticket, and one that it is not on for yet', async () => {
    const id = await bench.holds(ada, role);
    await expect(adds(id, { ...other, ticketNumber: '' })).rejects.toMatchObject({ code: 'ticket_missing' });
    await expect(adds(id, { ...other, justification: '' })).rejects.toMatchObject({
      code: 'justification_missing',
    });
    await expect(adds(id, { ...other, ticketNumber: 'inc-1 ' })).rejects.toMatchObject({
      code: 'already_live',
    });
    expect(await open(id)).toEqual([]);
  });

  test('is a stranger’s neither to add to nor to release', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    const before = await bench.entries();
    await expect(adds(id, other, bo)).rejects.toMatchObject({ code: 'not_found' });
    await expect(releases(id, 'INC-1', bo)).rejects.toMatchObject({ code: 'not_found' });
    await expect(releases(id, 'CHG-7')).rejects.toMatchObject({ code: 'not_found' });
    expect(await bench.entries()).toBe(before);
  });

  test('is released whole once it has ended whatever it is for', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await adds(id);
    await end(bench.as(ada), id, bench.seal(ada));
    await expect(adds(id)).rejects.toMatchObject({ code: 'not_active' });
    await bench.deliver();
    await bench.looks();
    expect([await bench.status(id), await open(id)]).toEqual(['ended', []]);
  });

  test('is needed for both as before when its end is called off', async () => {
    const id = await bench.holds(ada, role);
    await adds(id);
    await end(bench.as(ada), id, bench.seal(ada), { soonest: true });
    expect(
      await releaseNeed(bench.as(ada), { requestId: id, ticketNumber: 'INC-1' }, bench.seal(ada), {
        soonest: true,
      }),
    ).toBe('ending');
    await callOffEnd(bench.as(ada), id);
    expect(await open(id)).toEqual(['INC-1', 'CHG-7']);
    await bench.pass(6);
    expect(await releases(id, 'INC-1')).toBe('kept');
    expect(await bench.status(id)).toBe('active');
  });

  test('is needed for both as before when Azure does not end it', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await adds(id);
    await end(bench.as(ada), id, bench.seal(ada));
    await bench.loseToken(id);
    await bench.deliver();
    expect((await bench.actions(id)).at(-1)).toBe('end_failed');
    expect(await releases(id, 'INC-1')).toBe('kept');
    expect([await bench.status(id), await open(id)]).toEqual(['active', ['CHG-7']]);
  });

  test('that ran its time was released by nobody', async () => {
    const id = await bench.holds(ada, role, 30);
    await adds(id);
    await bench.pass(31);
    expect(await bench.status(id)).toBe('ended');
    expect(await open(id)).toEqual(['INC-1', 'CHG-7']);
  });

  test('and ended at the same moment: either it ends, or it is needed', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    const [added, ended] = await Promise.allSettled([adds(id), releases(id, 'INC-1')]);
    const status = await bench.status(id);
    if (added.status === 'fulfilled' && ended.status === 'fulfilled')
      expect([status, ended.value, await open(id)]).toEqual(['active', 'kept', ['CHG-7']]);
    else if (added.status === 'fulfilled')
      expect([status, await open(id)]).toEqual(['active', ['INC-1', 'CHG-7']]);
    else expect([status, await open(id)]).toEqual(['ending', []]);
  });

  test('is asked for until a moment, by Stint’s clock', async () => {
    const id = await bench.holds(ada, role);
    const { until } = await adds(id);
    expect(until.getTime()).toBeLessThanOrEqual(plusMinutes(bench.now(), 20).getTime());
    expect(until.getTime()).toBeGreaterThan(plusMinutes(bench.now(), 19.5).getTime());
  });
});
