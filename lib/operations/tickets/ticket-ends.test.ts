/** Access that ends when its ticket closes, where an administrator chose so, with a ticket desk behind ServiceNow's API. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketSystems } from '#db/schema/tickets.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { fakeAzure } from '#lib/azure/fake.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { moveChange } from '#lib/operations/apply/move-change.ts';
import { openBench } from '#lib/operations/testing.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { openTickets } from '#lib/tickets/live.ts';
import { type Desk, deskToken, openDesk, plainTicket } from '#lib/tickets/testing/desk.ts';
import { ticketBench } from './bench.ts';
import { endsBench } from './ends-bench.ts';
import { takeDueHolds } from './take-due-holds.ts';
import { newSystem } from './testing.ts';

const { ada } = people;
const at = ticketBench(() => openBench((now) => fakeAzure({ now }), fakeToken), [ada], roles.staging);
const on = endsBench(at, fakeToken);
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk?.close());
beforeEach(() => {
  desk.tickets.clear();
  Object.assign(desk, { fault: null, asked: [], comments: [] });
  const access = { user: null, token: deskToken };
  at.desk.ports = (system) => openTickets(system, () => access, { hosts: [], sandbox: true });
  at.bench.tickets = at.desk.ports;
});

const system = (rules: Parameters<typeof at.add>[0] = {}) =>
  at.add({ endsWhenClosed: true, ...rules }, { baseUrl: desk.origin });
const ticket = (number: number, facts: Partial<ReturnType<typeof plainTicket>> = {}) =>
  desk.tickets.set(number, plainTicket(number, facts));
const closes = (number: number) => ticket(number, { open: false, state: 'Closed' });
/** How often the desk was asked for any ticket. */
const asked = () => desk.asked.filter((one) => one.startsWith('GET /api/now/table/incident')).length;
/** What the request's page says of it. */
const note = async (id: string) =>
  (await requestStory(at.bench.as(ada).actor, id))?.ticketEnd?.stands ?? null;

/** Active for a ticket that was closed since, and seen so `minutes` ago for the first time. */
async function closed(minutes = 0): Promise<string> {
  ticket(42);
  const id = await on.holds(ada, roles.staging, 'INC42');
  await on.pass(6);
  closes(42);
  await on.pass(5 + minutes);
  return id;
}

describe('a ticket that is closed', () => {
  test('ends the access by the Applier once it was seen so twice, and it is gone when Azure says so', async () => {
    await system({ comments: true });
    await on.switchesOn();
    const id = await closed();
    expect([await on.letters(), await note(id)]).toEqual([[`${ada.id} ends`], 'waits']);
    expect(await on.changes()).toEqual([]);
    await on.pass(5);
    expect(await on.changes()).toMatchObject([
      {
        ...{ requestId: id, state: 'waiting', verb: 'remove', askedById: 'mira', principalId: ada.id },
        ...{ kept: { kind: 'activated', roleId: roles.staging.roleId } },
      },
    ]);
    await on.pass(5);
    expect(await on.changes()).toHaveLength(1);
    expect([await at.bench.status(id), await note(id)]).toEqual(['active', 'asked']);
    await on.applies();
    expect([on.told, await at.bench.status(id)]).toEqual([[ada.id], 'active']);
    await on.pass(2);
    expect(await at.bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ticket_closed' });
    expect(await on.actions(id)).toEqual(['ticket_closed', 'ticket_end_asked', 'ended']);
    await at.round();
    expect(desk.comments.map(({ text }) => text).join()).toMatch(
      /Access ended after \d+ min, since its ticket was closed/,
    );
    await on.pass(1);
    expect(await on.holdsOf(id)).toEqual([]);
    // Proven, it is not told as the end of what went past approval.
    for (let minutes = 0; minutes < 8; minutes++) {
      await on.pass(1);
      await on.applies();
    }
    expect(await on.changes()).toMatchObject([{ state: 'done' }]);
    expect(await at.bench.actions(id)).not.toContain('bypass_ended');
  });

  test('proven gone, its request is looked at now, though a reading had put that off', async () => {
    await system();
    await on.switchesOn();
    const id = await closed(5);
    const later = plusMinutes(at.bench.now(), 60);
    await db().update(requests).set({ checkAt: later }).where(eq(requests.id, id));
    for (let minutes = 0; minutes < 8; minutes++) {
      await at.bench.advance(1);
      await on.applies();
    }
    expect(await on.changes()).toMatchObject([{ state: 'done' }]);
    expect((await at.bench.request(id)).checkAt?.getTime()).toBeLessThanOrEqual(at.bench.now().getTime());
  });

  test('that the Applier cannot end says so to its person and to administrators, once', async () => {
    await system();
    await on.switchesOn();
    const id = await closed(5);
    on.answers(async () => ({ is: 'obstacle', outcome: 'locked', why: 'CanNotDelete' }));
    for (const _ of Array(3)) {
      await on.applies();
      await on.pass(1);
    }
    expect([await at.bench.status(id), await note(id)]).toEqual(['active', 'stuck']);
    const why =
      'A lock on the resource keeps it. Have the lock lifted, then run the command or try again. CanNotDelete';
    expect(await on.letters('ticket_not_ended')).toEqual([`${ada.id} ${why}`, `mira ${why}`]);
    expect((await on.actions(id)).filter((action) => action === 'ticket_not_ended')).toHaveLength(1);
  });

  test('whose end is stuck when the access is over already says nothing of it', async () => {
    await system();
    await on.switchesOn();
    const id = await closed(5);
    const [change] = await on.changes();
    await db().update(requests).set({ status: 'ended' }).where(eq(requests.id, id));
    await transaction(async (tx) => {
      if (change) await moveChange(tx, change, 'blocked', { state: 'blocked' });
    });
    expect(await on.changes()).toMatchObject([{ state: 'blocked' }]);
    expect(await on.letters('ticket_not_ended')).toEqual([]);
  });

  test('ends nothing where nobody chose so, nor by rules saved before there was such a rule', async () => {
    await at.add({}, { baseUrl: desk.origin });
    const { endsWhenClosed: _, ...rules } = newSystem().rules;
    await db()
      .update(ticketSystems)
      .set({ rules: rules as typeof rules & { endsWhenClosed: boolean } });
    await on.switchesOn();
    ticket(42);
    const id = await on.holds(ada, roles.staging, 'INC42');
    closes(42);
    await on.pass(20);
    expect([await on.holdsOf(id), await on.changes(), await on.letters()]).toEqual([[], [], []]);
  });

  test('is asked about once, however many it gives access', async () => {
    await system();
    ticket(42);
    const ids = [
      await on.holds(ada, roles.staging, 'INC42'),
      await on.holds(ada, roles.machines, 'INC42'),
      await on.holds(ada, roles.onCall, 'inc42'),
    ];
    const before = asked();
    await on.pass(15);
    expect(asked() - before).toBe(3);
    for (const id of ids) expect(await on.holdsOf(id)).toHaveLength(1);
  });

  test.each<[string, () => unknown]>([
    ['whose system does not answer', () => Object.assign(desk, { fault: 500 })],
    ['whose system refuses its credential', () => Object.assign(desk, { fault: 401 })],
    ['whose system answers what nobody understands', () => Object.assign(desk, { fault: 'shapeless' })],
    ['that its system knows no more', () => desk.tickets.clear()],
    ['that has another number by now', () => ticket(42, { movedTo: 7, open: false, state: 'Closed' })],
  ])('%s ends nothing', async (_, happens) => {
    await system();
    await on.switchesOn();
    ticket(42);
    const id = await on.holds(ada, roles.staging, 'INC42');
    happens();
    await on.pass(20);
    expect(await on.holdsOf(id)).toMatchObject([{ closedAt: null }]);
    expect([await on.changes(), await on.letters(), await at.bench.status(id)]).toEqual([[], [], 'active']);
  });

  test('is closed no second time by a system that fell silent: the end waits for its next word', async () => {
    await system();
    await on.switchesOn();
    await closed();
    desk.fault = 500;
    await on.pass(20);
    expect(await on.changes()).toEqual([]);
    desk.fault = null;
    await on.pass(5);
    expect(await on.changes()).toHaveLength(1);
  });
});

describe('opened again', () => {
  test('before the second look, it keeps the access, and starts anew when it is closed again', async () => {
    await system();
    await on.switchesOn();
    const id = await closed(2);
    ticket(42);
    await on.pass(5);
    expect(await on.holdsOf(id)).toMatchObject([{ closedAt: null }]);
    expect(await note(id)).toBeNull();
    closes(42);
    await on.pass(5);
    expect([await on.changes(), await on.actions(id)]).toEqual([
      [],
      ['ticket_closed', 'ticket_reopened', 'ticket_closed'],
    ]);
    expect(await on.letters()).toHaveLength(2);
  });

  test('before Azure is told, it takes the end back; closed later, that is asked for again', async () => {
    await system();
    await on.switchesOn();
    const id = await closed(5);
    expect(await on.changes()).toMatchObject([{ state: 'waiting' }]);
    ticket(42);
    await on.pass(5);
    expect(await on.changes()).toMatchObject([{ state: 'withdrawn' }]);
    await on.applies();
    expect([on.told, await at.bench.status(id)]).toEqual([[], 'active']);
    closes(42);
    await on.pass(10);
    expect(await on.changes()).toMatchObject([{ state: 'withdrawn' }, { state: 'waiting' }]);
  });

  test('and told to Azure at the same moment: either the one or the other', async () => {
    await system();
    await on.switchesOn();
    const id = await closed(5);
    ticket(42);
    await at.bench.advance(5);
    await takeDueHolds(randomUUID);
    await at.bench.fetchJobs();
    const looks = at.bench.waiting.splice(0);
    await Promise.allSettled([...looks.map((job) => at.bench.run(job)), on.applies()]);
    const [change] = await on.changes();
    expect(['withdrawn', 'confirming', 'done']).toContain(change?.state);
    expect(on.told).toEqual(change?.state === 'withdrawn' ? [] : [ada.id]);
    await on.pass(2);
    expect(await at.bench.status(id)).toBe(change?.state === 'withdrawn' ? 'active' : 'ended');
  });
});
