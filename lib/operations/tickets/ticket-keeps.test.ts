/** Access that ends with its ticket: what keeps it, who ends it, and what happens at the same moment. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { applierSwitches } from '#db/schema/reviews.ts';
import { ticketSystems } from '#db/schema/tickets.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { fakeAzure } from '#lib/azure/fake.ts';
import { withdrawChange } from '#lib/operations/apply/withdraw-change.ts';
import { addNeed } from '#lib/operations/requests/add-need.ts';
import { end } from '#lib/operations/requests/end.ts';
import { openBench } from '#lib/operations/testing.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { ticketBench } from './bench.ts';
import { checkTicket } from './check-ticket.ts';
import { endsBench } from './ends-bench.ts';
import { saveSystem } from './save-system.ts';
import { takeDueHolds } from './take-due-holds.ts';
import { newSystem } from './testing.ts';

const { ada } = people;
const at = ticketBench(() => openBench((now) => fakeAzure({ now }), fakeToken), [ada], roles.staging);
const on = endsBench(at, fakeToken);

const closes = (number: string) => at.desk.has(number, { open: false, state: 'Closed' });
/** What the request's page says of it. */
const note = async (id: string) =>
  (await requestStory(at.bench.as(ada).actor, id))?.ticketEnd?.stands ?? null;
const needs = async (requestId: string, ticketNumber: string) =>
  addNeed(at.bench.as(ada), {
    ...{ requestId, ticketNumber, justification: 'The other one too', minutes: 40 },
    ticketCheck: await checkTicket(ticketNumber, at.desk.ports),
  });

/** Active for a ticket that was closed since, and seen so `minutes` ago for the first time. */
async function closed(minutes = 0): Promise<string> {
  at.desk.has('INC42');
  const id = await on.holds(ada, roles.staging, 'INC42');
  await on.pass(6);
  closes('INC42');
  await on.pass(5 + minutes);
  return id;
}

describe('an access that another ticket needs', () => {
  test('stays on for that one, and ends with the last', async () => {
    await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    at.desk.has('INC42');
    at.desk.has('INC43');
    const id = await on.holds(ada, roles.staging, 'INC42');
    await on.pass(6);
    await needs(id, 'INC43');
    closes('INC42');
    await on.pass(10);
    expect([await on.changes(), await on.letters(), await note(id)]).toEqual([[], [], null]);
    expect(await on.holdsOf(id)).toMatchObject([{ key: 'INC43', closedAt: null }]);
    expect((await at.bench.audit(id)).at(-1)).toMatchObject({
      ...{ action: 'need.released', actorName: 'Stint' },
      details: { ticketNumber: 'INC42', because: 'ticket_closed' },
    });
    closes('INC43');
    await on.pass(10);
    await on.applies();
    await on.pass(2);
    expect(await at.bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ticket_closed' });
  });

  test('is kept when that one is added after the end was asked for, and before Azure is told', async () => {
    await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    const id = await closed(5);
    at.desk.has('INC43');
    await needs(id, 'INC43');
    await on.applies();
    expect([on.told, await at.bench.status(id)]).toEqual([[], 'active']);
    expect(await on.changes()).toMatchObject([{ state: 'withdrawn', explanation: 'INC43 still needs it.' }]);
    expect(await on.actions(id)).toEqual([
      ...['ticket_closed', 'ticket_end_asked', 'need.added', 'ticket_end_let_go'],
    ]);
  });

  test('and that is nobody’s to watch keeps it as well', async () => {
    await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    at.desk.has('INC42');
    const id = await on.holds(ada, roles.staging, 'INC42');
    await on.pass(6);
    await needs(id, 'PHONE CALL');
    closes('INC42');
    await on.pass(20);
    expect([await on.changes(), await on.holdsOf(id)]).toEqual([[], []]);
  });
});

describe('where the Applier is not switched on', () => {
  test('the person and administrators are told, once, and nothing is claimed; switched on, it is asked', async () => {
    await at.add({ endsWhenClosed: true });
    const id = await closed();
    expect([await on.letters(), await note(id)]).toEqual([[`${ada.id} by hand`], 'by_hand']);
    await on.pass(15);
    expect(await on.letters()).toEqual([`${ada.id} by hand`, 'mira by hand'].toSorted());
    expect([await on.changes(), await at.bench.status(id)]).toEqual([[], 'active']);
    expect(await on.actions(id)).toEqual(['ticket_closed', 'ticket_end_by_hand']);
    await on.switchesOn();
    await on.pass(5);
    expect(await on.changes()).toMatchObject([{ state: 'waiting' }]);
  });

  test('after it was asked, the end waits, and is let go with the access', async () => {
    await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    const id = await closed(5);
    await db().delete(applierSwitches);
    await on.applies();
    expect(await on.changes()).toMatchObject([{ state: 'waiting', outcome: 'not_switched_on' }]);
    await end(at.bench.as(ada), id, at.bench.seal(ada));
    await on.pass(6);
    expect(await at.bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
    await on.switchesOn();
    const again = await on.holds(ada, roles.staging, 'PHONE CALL');
    await on.applies();
    expect(await on.changes()).toMatchObject([{ state: 'withdrawn' }]);
    expect([on.told, await at.bench.status(again)]).toEqual([[], 'active']);
  });
});

describe('at the same moment', () => {
  test('two workers: one look, one word of it, one end', async () => {
    await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    at.desk.has('INC42');
    const id = await on.holds(ada, roles.staging, 'INC42');
    await on.pass(6);
    closes('INC42');
    for (const _ of [1, 2, 3]) {
      await at.bench.advance(5.1);
      await Promise.all([1, 2, 3].map(() => takeDueHolds(randomUUID)));
      await at.bench.fetchJobs();
      expect(at.bench.waiting.filter(({ name }) => name === 'ticket-hold')).toHaveLength(1);
      await at.bench.deliverAtOnce(3);
    }
    expect(await on.changes()).toHaveLength(1);
    expect(await on.actions(id)).toEqual(['ticket_closed', 'ticket_end_asked']);
    expect(await on.letters()).toHaveLength(1);
  });

  test('the person ends it: it is ended, once', async () => {
    await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    const id = await closed();
    await at.bench.advance(5.1);
    await takeDueHolds(randomUUID);
    const ends = () => end(at.bench.as(ada), id, at.bench.seal(ada));
    const [mine] = await Promise.allSettled([ends(), at.bench.deliverAtOnce()]);
    if (mine.status === 'rejected') {
      expect(mine.reason).toMatchObject({ code: 'conflict' });
      await ends();
    }
    await on.pass(1);
    await on.applies();
    await on.pass(3);
    expect(await at.bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
    for (const change of await on.changes()) expect(change.state).toMatch(/withdrawn|done|confirming/);
  });

  test('what an administrator took back is not asked for again while the ticket stays closed', async () => {
    await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    const id = await closed(5);
    const [change] = await on.changes();
    await withdrawChange(at.mira(), change?.id ?? '');
    await on.pass(15);
    expect(await on.changes()).toMatchObject([{ state: 'withdrawn' }]);
    expect(await note(id)).toBe('let_go');
  });

  test('switched off as a rule, what was asked for is let go', async () => {
    const systemId = await at.add({ endsWhenClosed: true });
    await on.switchesOn();
    const id = await closed(5);
    const facts = newSystem();
    await saveSystem(at.mira(), { id: systemId, version: 1, facts });
    await on.pass(1);
    await on.applies();
    expect([on.told, await at.bench.status(id)]).toEqual([[], 'active']);
    expect(await on.changes()).toMatchObject([{ state: 'withdrawn' }]);
    expect(await db().$count(ticketSystems, eq(ticketSystems.changedById, 'mira'))).toBe(1);
  });
});
