import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { principals, responsibles } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketChecks, ticketFaults, ticketSystems } from '#db/schema/tickets.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import { contextClaims } from '#lib/domain/challenge.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { Submit } from '#lib/operations/requests/activate.ts';
import { addNeed } from '#lib/operations/requests/add-need.ts';
import { answerChallenge } from '#lib/operations/requests/answer-challenge.ts';
import { extend } from '#lib/operations/requests/extend.ts';
import { resume } from '#lib/operations/requests/resume.ts';
import { saveSetting } from '#lib/operations/settings/save-setting.ts';
import { type Bench, openBench, type Person } from '#lib/operations/testing.ts';
import { myAccess } from '#lib/queries/my-access.ts';
import { checkTicket } from './check-ticket.ts';
import { previewTicket, trySystem } from './preview-ticket.ts';
import { saveSystem } from './save-system.ts';
import { switchSystem } from './switch-system.ts';
import { takeDueTickets } from './take-due-tickets.ts';
import { fakeDesk, newSystem } from './testing.ts';

const { ada, bo, lou } = people;
let bench: Bench<FakeAzure>;
let desk = fakeDesk();
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await db().execute(sql`truncate ticket_checks, ticket_comments, ticket_faults, ticket_systems, settings`);
  desk = fakeDesk();
  bench.tickets = desk.ports;
  for (const person of [ada, bo]) await bench.reads(person);
});

const mira = () => bench.as({ id: 'mira', name: 'Mira Novak' }, 'Stint.Administrator');
const add = (...facts: Parameters<typeof newSystem>) =>
  saveSystem(mira(), { id: null, version: 0, facts: newSystem(...facts) });
const system = async () => (await db().select().from(ticketSystems))[0];

/** As the door does it: asks first, then files. */
async function submits(person: Person, role: RoleAtScope, ticketNumber: string, facts: Partial<Submit> = {}) {
  const ticketCheck = await checkTicket(ticketNumber, desk.ports);
  const { answers } = await bench.submits(person, [role], { ticketNumber, ticketCheck, ...facts });
  return answers[0];
}
const filed = async (ticketNumber = 'INC1', facts: Partial<Submit> = {}, role = roles.staging) => {
  const answer = await submits(ada, role, ticketNumber, facts);
  if (!answer?.requestId) throw answer?.refusal ?? new Error('no answer');
  return answer.requestId;
};
const checkOf = async (id: string) =>
  (await db().select().from(ticketChecks).where(eq(ticketChecks.requestId, id)))[0];
const round = async () => {
  await takeDueTickets(randomUUID);
  return bench.deliver();
};

describe('a ticket system', () => {
  test('is set up, changed and switched off by administrators, on record', async () => {
    const id = await add();
    await saveSystem(mira(), { id, version: 1, facts: newSystem({ comments: true }) });
    await switchSystem(mira(), { systemId: id, on: false });
    expect(await system()).toMatchObject({ enabled: false, version: 2, rules: { comments: true } });
    const entries = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(entries.map(({ action, actorName }) => `${actorName} ${action}`)).toEqual([
      'Mira Novak ticket_system.added',
      'Mira Novak ticket_system.changed',
      'Mira Novak ticket_system.switched_off',
    ]);
  });

  test('is nobody else’s to set up, change, try or switch, not even to know of', async () => {
    const id = await add();
    const facts = newSystem();
    const before = await bench.entries();
    for (const stranger of [bench.as(ada), bench.as(bo, 'Stint.Auditor')]) {
      await expect(saveSystem(stranger, { id: null, version: 0, facts })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(saveSystem(stranger, { id, version: 1, facts })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(switchSystem(stranger, { systemId: id, on: false })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(trySystem(stranger, { systemId: id, number: 'INC1' }, desk.ports)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(await bench.entries()).toBe(before);
    expect(desk.asked).toBe(0);
  });

  test('saved by two at once, or added twice under one name, is so by one', async () => {
    const id = await add();
    const change = { id, version: 1, facts: newSystem({ mustBeOpen: false }) };
    const outcomes = await Promise.allSettled([saveSystem(mira(), change), saveSystem(mira(), change)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' });
    const twins = await Promise.allSettled(['Other desk', 'OTHER-desk'].map((name) => add({}, { name })));
    expect(twins.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([
    ['name', { name: '<b>' }],
    ['patterns', { patterns: [] }],
    ['patterns', { patterns: ['INC'] }],
    ['patterns', { patterns: ['(a+)+$'] }],
    ['baseUrl', { baseUrl: 'file:///etc/passwd' }],
    ['baseUrl', { baseUrl: 'https://user:pass@desk.example.com' }],
    ['baseUrl', { baseUrl: 'https://:pass@desk.example.com' }],
    ['project', { kind: 'github' as const, project: 'infra' }],
    ['path', { kind: 'http' as const }],
  ])('whose %s cannot be used is refused: %j', async (field, facts) => {
    await expect(add({}, facts)).rejects.toMatchObject({ code: 'malformed', field });
  });

  test('is tried with a number of its own, on or off, and files nothing', async () => {
    const systemId = await add();
    desk.has('INC1', { open: false, state: 'Closed' });
    await switchSystem(mira(), { systemId, on: false });
    const tried = await trySystem(mira(), { systemId, number: 'INC1' }, desk.ports);
    expect(tried).toMatchObject({
      title: 'About INC1',
      state: 'Closed',
      refusal: expect.stringContaining('Closed'),
    });
    await expect(trySystem(mira(), { systemId, number: 'ABC' }, desk.ports)).rejects.toMatchObject({
      field: 'number',
    });
    expect(await db().$count(requests)).toBe(0);
  });

  test('that does not answer is told to administrators, the last twenty times of it', async () => {
    const systemId = await add();
    desk.away = true;
    for (let n = 0; n < 23; n++) await trySystem(mira(), { systemId, number: 'INC1' }, desk.ports);
    expect(await db().$count(ticketFaults)).toBe(20);
    expect((await system())?.answeredAt).toBeNull();
    desk.away = false;
    await trySystem(mira(), { systemId, number: 'INC1' }, desk.ports);
    expect((await system())?.answeredAt).not.toBeNull();
  });
});

test('a system that said when to come again is left alone until then', async () => {
  const systemId = await add();
  desk.busy = 30;
  const look = () => trySystem(mira(), { systemId, number: 'INC1' }, desk.ports);
  expect(await look()).toMatchObject({ unreachable: 'it is busy.' });
  expect(await look()).toMatchObject({ unreachable: expect.stringContaining('again in 30 s') });
  expect(desk.asked).toBe(1);
});

describe('a submit with a ticket', () => {
  test('keeps what the system said of it, on record with the request', async () => {
    await add();
    desk.has('INC1');
    const id = await filed();
    expect(await checkOf(id)).toMatchObject({
      key: 'INC1',
      title: 'About INC1',
      verdict: 'good',
      note: null,
    });
    expect(await bench.actions(id)).toEqual(['filed', 'ticket_checked']);
  });

  test.each<
    [string, string, Parameters<ReturnType<typeof fakeDesk>['has']>[1], Parameters<typeof newSystem>[0]]
  >([
    ['ticket_not_found', 'INC9', {}, {}],
    ['ticket_closed', 'INC1', { open: false, state: 'Closed' }, {}],
    ['ticket_not_yours', 'INC1', { assignees: ['bo@contoso.example'] }, { mustBeAssigned: true }],
    ['ticket_not_yours', 'INC1', { groups: ['Netops'] }, { mustBeAssigned: true }],
    ['ticket_outside_window', 'CHG1', { window: { from: null, to: new Date(0) } }, { mustBeInWindow: true }],
    [
      'ticket_outside_window',
      'CHG1',
      { window: { from: new Date('2100-01-01'), to: null } },
      { mustBeInWindow: true },
    ],
    ['ticket_other_scope', 'INC1', { affected: ['rg-other'] }, { mustNameScope: true }],
    ['ticket_moved', 'INC1', { key: 'INC7', moved: true }, {}],
  ])('is refused for %s, at its field, and leaves nothing', async (code, number, facts, rules) => {
    await add(rules);
    desk.has(number === 'INC9' ? 'INC1' : number, facts);
    const before = await bench.entries();
    expect((await submits(ada, roles.staging, number))?.refusal).toMatchObject({
      code,
      field: 'ticketNumber',
    });
    expect(await db().$count(requests)).toBe(0);
    expect(await bench.entries()).toBe(before);
  });

  test('that is the person’s own, or names part of the scope, is taken', async () => {
    await add({ mustBeAssigned: true, mustNameScope: true });
    desk.has('INC1', {
      assignees: ['ada lind@contoso.example'],
      affected: [roles.staging.scopeName.toUpperCase()],
    });
    expect((await submits(ada, roles.staging, 'INC1'))?.refusal).toBeNull();
  });

  test('of a group the person is in is theirs, as the last reading has it, unless the name or the group is anybody’s', async () => {
    await add({ mustBeAssigned: true });
    desk.has('INC1', { groups: ['netops'] });
    const seen = { seenIn: randomUUID(), firstSeenAt: new Date(), list: 'groups' as const };
    const group = { ...seen, kind: 'group' as const };
    await db()
      .insert(principals)
      .values({ ...group, id: 'g1', name: 'Netops' });
    await db().insert(effectiveMembers).values({ groupId: 'g1', memberId: ada.id, through: [] });
    const refusal = async (role: RoleAtScope) => (await submits(ada, role, 'INC1'))?.refusal ?? null;
    expect(await refusal(roles.staging)).toBeNull();
    await db()
      .insert(principals)
      .values({ ...group, id: 'g2', name: 'NETOPS' });
    expect(await refusal(roles.onCall)).toMatchObject({ code: 'ticket_not_yours' });
    await db().update(principals).set({ goneAt: new Date() }).where(eq(principals.id, 'g2'));
    await db()
      .insert(responsibles)
      .values({ ...seen, principalId: 'g1', responsibleId: ada.id, as: 'owner' });
    expect(await refusal(roles.onCall)).toMatchObject({ code: 'ticket_not_yours' });
    await db().update(responsibles).set({ goneAt: new Date() });
    expect(await refusal(roles.onCall)).toBeNull();
    await db().execute(sql`truncate principals, effective_members, responsibles`);
  });

  test('whose system does not answer is taken with a mark, or refused, as its policy says', async () => {
    const id = await add();
    desk.away = true;
    const request = await filed();
    expect(await checkOf(request)).toMatchObject({ verdict: 'unreachable', note: 'it does not answer.' });
    await saveSystem(mira(), { id, version: 1, facts: newSystem({ whenUnreachable: 'refuse' }) });
    const refused = await submits(ada, roles.onCall, 'INC1');
    expect(refused?.refusal).toMatchObject({ code: 'ticket_unreachable', field: 'ticketNumber' });
  });

  test('that was not asked about, too long ago, or by rules changed since, counts as one nobody answered for', async () => {
    const id = await add({ whenUnreachable: 'refuse' });
    desk.has('INC1');
    const ticketCheck = await checkTicket('INC1', desk.ports);
    const other = await checkTicket('INC1', desk.ports);
    const unreachable = { code: 'ticket_unreachable' };
    expect((await submits(ada, roles.staging, 'INC1', { ticketCheck: null }))?.refusal).toMatchObject(
      unreachable,
    );
    await saveSystem(mira(), {
      id,
      version: 1,
      facts: newSystem({ whenUnreachable: 'refuse', mustBeOpen: false }),
    });
    expect((await submits(ada, roles.staging, 'INC1', { ticketCheck }))?.refusal).toMatchObject(unreachable);
    await saveSystem(mira(), { id, version: 2, facts: newSystem({ whenUnreachable: 'refuse' }) });
    const fresh = await checkTicket('INC1', desk.ports);
    await bench.advance(4);
    expect((await submits(ada, roles.staging, 'INC1', { ticketCheck: fresh }))?.refusal).toMatchObject(
      unreachable,
    );
    expect(other?.number).toBe('INC1');
  });

  test('goes by what was asked while the person typed, once', async () => {
    await add();
    desk.has('INC1');
    await previewTicket(bench.as(ada), { number: 'INC1', startsAt: null }, desk.ports);
    expect(desk.asked).toBe(1);
    expect((await submits(ada, roles.staging, 'INC1'))?.refusal).toBeNull();
    expect(desk.asked).toBe(1);
    await submits(ada, roles.onCall, 'INC1');
    expect(desk.asked).toBe(2);
  });

  test('of no system is taken, or refused where administrators say so', async () => {
    await add();
    expect((await submits(ada, roles.staging, 'ZZZ-1'))?.refusal).toBeNull();
    const value = { forCritical: false, unknownNumbers: 'refuse' as const };
    await saveSetting(mira(), { key: 'tickets', value, version: 0 });
    expect((await submits(ada, roles.onCall, 'ZZZ-1'))?.refusal).toMatchObject({ code: 'ticket_unknown' });
  });

  test('for a critical role may be demanded, whatever its policy says', async () => {
    await bench.deliver();
    const value = { forCritical: true, unknownNumbers: 'allow' as const };
    await saveSetting(mira(), { key: 'tickets', value, version: 0 });
    await db().execute(
      sql`update mirror_roles set definition = jsonb_set(definition, '{isPrivileged}', 'true')`,
    );
    expect((await submits(ada, roles.staging, ''))?.refusal).toMatchObject({
      code: 'ticket_missing',
      field: 'ticketNumber',
    });
  });

  test('is demanded of a group, and of a role never read, as of a critical role, and the page says so', async () => {
    await bench.deliver();
    const value = { forCritical: true, unknownNumbers: 'allow' as const };
    await saveSetting(mira(), { key: 'tickets', value, version: 0 });
    const missing = { code: 'ticket_missing', field: 'ticketNumber' };
    const harmless = { isPrivileged: false, actions: [], dataActions: [] };
    await db().execute(
      sql`update mirror_roles set definition = definition || ${JSON.stringify(harmless)}::jsonb`,
    );
    expect((await submits(ada, roles.staging, ''))?.refusal).toBeNull();
    expect((await submits(ada, roles.onCall, ''))?.refusal).toMatchObject(missing);
    await db().delete(requests);
    await db().delete(mirrorRoles);
    expect((await submits(ada, roles.staging, ''))?.refusal).toMatchObject(missing);
    const { eligible } = await myAccess(bench.as(ada).actor);
    for (const role of [roles.staging, roles.onCall]) {
      const row = eligible.find(({ key }) => key === roleKey(role));
      expect(row).toMatchObject({ critical: false, policy: { ticket: true } });
    }
  });

  test('shows nobody a ticket who has nothing to ask for', async () => {
    await add();
    desk.has('INC1');
    const look = previewTicket(bench.as(lou), { number: 'INC1', startsAt: null }, desk.ports);
    expect(await look).toBeNull();
    expect(desk.asked).toBe(0);
  });
});

describe('more time, and another ticket, for what is on', () => {
  const more = { minutes: 30, justification: 'Not done yet' };
  const held = async () => {
    const id = await filed();
    await bench.deliver();
    await bench.looks();
    return id;
  };

  test('are refused with a closed ticket like any submit', async () => {
    await add();
    desk.has('INC1');
    desk.has('INC2', { open: false, state: 'Closed' });
    const requestId = await held();
    const ticketCheck = await checkTicket('INC2', desk.ports);
    const asked = { requestId, ...more, ticketNumber: 'INC2', ticketCheck };
    const closed = { code: 'ticket_closed', field: 'ticketNumber' };
    await expect(extend(bench.as(ada), asked, bench.seal(ada))).rejects.toMatchObject(closed);
    await expect(addNeed(bench.as(ada), asked)).rejects.toMatchObject(closed);
  });

  test('keep what the system said of the ticket that more time is asked with', async () => {
    await add();
    desk.has('INC1');
    const requestId = await held();
    const ticketCheck = await checkTicket('INC1', desk.ports);
    const asked = { requestId, ...more, ticketNumber: 'INC1', ticketCheck };
    const next = await extend(bench.as(ada), asked, bench.seal(ada));
    expect(await checkOf(next)).toMatchObject({ key: 'INC1', verdict: 'good' });
    expect(await bench.actions(next)).toEqual(['filed', 'ticket_checked']);
  });
});

describe('afterwards', () => {
  test('a ticket closed before the start is marked when it starts, and so said; opened again, no more', async () => {
    await add();
    desk.has('INC1');
    const id = await filed('INC1', { startsAt: plusMinutes(bench.now(), 60) });
    await bench.deliver();
    desk.has('INC1', { open: false, state: 'Closed' });
    await bench.advance(30);
    await round();
    expect((await checkOf(id))?.verdict).toBe('good');
    await bench.advance(31);
    await round();
    expect(await checkOf(id)).toMatchObject({
      verdict: 'broken',
      state: 'Closed',
      note: expect.stringContaining('Closed'),
    });
    desk.has('INC1');
    await bench.advance(61);
    await round();
    expect(await checkOf(id)).toMatchObject({ verdict: 'good', note: null });
    expect((await bench.actions(id)).filter((action) => action.startsWith('ticket'))).toEqual([
      'ticket_checked',
      'ticket_broken',
      'ticket_good',
    ]);
  });

  test('a ticket nobody answered for is judged whole once its system answers', async () => {
    await add({ mustBeAssigned: true });
    desk.away = true;
    const id = await filed();
    desk.away = false;
    desk.has('INC1', { assignees: ['bo@contoso.example'], assignedTo: 'Bo' });
    await bench.advance(2);
    await round();
    expect(await checkOf(id)).toMatchObject({
      verdict: 'broken',
      note: expect.stringContaining('assigned to Bo'),
    });
  });

  test('a ticket that is not there any more is no reason to keep the access quiet: it is marked', async () => {
    await add();
    desk.has('INC1');
    const id = await filed();
    desk.tickets.delete('INC1');
    await bench.advance(6);
    await round();
    expect(await checkOf(id)).toMatchObject({
      verdict: 'broken',
      note: expect.stringContaining('knows no ticket INC1'),
    });
    expect((await bench.actions(id)).filter((action) => action === 'ticket_broken')).toHaveLength(1);
    desk.has('INC1');
    await bench.advance(61);
    await round();
    expect(await checkOf(id)).toMatchObject({ verdict: 'good', note: null });
  });

  test('handed to somebody else it stays good, and where closing does not matter nothing is marked', async () => {
    await add({ mustBeAssigned: true, markWhenClosed: false });
    desk.has('INC1', { assignees: ['ada lind@contoso.example'] });
    const id = await filed();
    desk.has('INC1', { assignees: ['bo@contoso.example'], open: false, state: 'Closed' });
    await bench.advance(6);
    await round();
    expect(await checkOf(id)).toMatchObject({ verdict: 'good', state: 'Closed' });
  });

  test('looks at a quiet ticket grow rarer, and end with the request', async () => {
    await add();
    desk.has('INC1');
    const id = await filed();
    const minutes: number[] = [];
    for (let n = 0; n < 5; n++) {
      const due = (await checkOf(id))?.nextCheckAt ?? new Date();
      minutes.push(Math.round((due.getTime() - bench.now().getTime()) / 60_000));
      await bench.advance(minutes.at(-1) ?? 0);
      await round();
    }
    expect(minutes).toEqual([5, 5, 10, 20, 40]);
    await db().update(requests).set({ status: 'failed' }).where(eq(requests.id, id));
    await bench.advance(61);
    await round();
    expect((await checkOf(id))?.nextCheckAt).toBeNull();
  });

  test('a system switched off is asked nothing, and its tickets are watched again once it is on', async () => {
    await add();
    desk.has('INC1');
    const id = await filed();
    const systemId = (await system())?.id ?? '';
    await switchSystem(mira(), { systemId, on: false });
    desk.has('INC1', { open: false, state: 'Closed' });
    await bench.advance(6);
    await round();
    expect((await checkOf(id))?.verdict).toBe('good');
    await switchSystem(mira(), { systemId, on: true });
    await bench.advance(6);
    await round();
    expect((await checkOf(id))?.verdict).toBe('broken');
  });

  test('two looks at once put one change on record', async () => {
    await add();
    desk.has('INC1');
    const id = await filed();
    desk.has('INC1', { open: false, state: 'Closed' });
    await bench.advance(6);
    await takeDueTickets(randomUUID);
    await bench.deliverAtOnce(3);
    expect((await bench.actions(id)).filter((action) => action === 'ticket_broken')).toHaveLength(1);
  });
});

describe('a request that waits for its person, whose ticket is closed meanwhile', () => {
  const closes = async () => {
    desk.has('INC1', { open: false, state: 'Closed' });
    await bench.advance(6);
    await round();
  };

  test('does not go on by a click, until it is open again', async () => {
    await add();
    desk.has('INC1');
    const id = await filed();
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('needs_you');
    await closes();
    const resumes = () => resume(bench.as(ada), id, bench.seal(ada));
    await expect(resumes()).rejects.toMatchObject({
      code: 'ticket_closed',
      message: expect.stringContaining('Closed'),
    });
    expect(await bench.tokensOf(id)).toBe(0);
    desk.has('INC1');
    await bench.advance(61);
    await round();
    await resumes();
    expect(await bench.status(id)).toBe('filed');
  });

  test('does not go on by a stronger sign-in', async () => {
    await add();
    desk.has('INC1');
    const id = await filed('INC1', {}, roles.privilegedRole);
    expect(await bench.status(id)).toBe('needs_you');
    await closes();
    const answered = { audience: 'graph', claims: contextClaims('c1') } as const;
    await expect(answerChallenge(bench.as(ada), id, answered, bench.seal(ada))).rejects.toMatchObject({
      code: 'ticket_closed',
    });
    expect(await bench.status(id)).toBe('needs_you');
  });
});

describe('comments', () => {
  test('say in the ticket that access began and ended, each once', async () => {
    await add({ comments: true });
    desk.has('INC1');
    const id = await filed();
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
    await takeDueTickets(randomUUID);
    await takeDueTickets(randomUUID);
    await bench.deliverAtOnce(3);
    expect(desk.comments).toHaveLength(1);
    expect(desk.comments[0]).toMatch(
      /^INC1: Access began: Contributor on .* for Ada Lind until .* UTC\. \[stint /,
    );
    await bench.pass(61);
    await round();
    expect(desk.comments).toHaveLength(2);
    expect(desk.comments[1]).toContain('Access ended after 1 h, its time was over');
    expect((await checkOf(id))?.tells).toBe(false);
    expect((await bench.actions(id)).filter((action) => action === 'ticket_commented')).toHaveLength(2);
  });

  test('never tell the ticket what the person typed', async () => {
    await add({ comments: true });
    desk.has('INC1');
    await filed('INC1', { justification: '[code]<b>secret</b>[/code]' });
    await bench.deliver();
    await bench.looks();
    await round();
    expect(desk.comments.join()).not.toContain('secret');
  });

  test('are tried again when the system is away, told to administrators, and written once', async () => {
    await add({ comments: true });
    desk.has('INC1');
    await filed();
    await bench.deliver();
    await bench.looks();
    desk.away = true;
    expect(await round()).toHaveLength(1);
    expect(await db().$count(ticketFaults)).toBe(1);
    desk.away = false;
    expect(await bench.deliver()).toEqual([]);
    expect(desk.comments).toHaveLength(1);
  });

  test('whose answer was lost are not written again', async () => {
    await add({ comments: true });
    desk.has('INC1');
    const id = await filed();
    await bench.deliver();
    await bench.looks();
    desk.losesAnswers = true;
    expect(await round()).toHaveLength(1);
    desk.losesAnswers = false;
    expect(await bench.deliver()).toEqual([]);
    expect(desk.comments).toHaveLength(1);
    expect((await bench.actions(id)).filter((action) => action === 'ticket_commented')).toHaveLength(1);
  });

  test('are none for a request that came to nothing', async () => {
    await add({ comments: true });
    desk.has('INC1');
    const id = await filed();
    await db().update(requests).set({ status: 'denied' }).where(eq(requests.id, id));
    await round();
    expect(desk.comments).toEqual([]);
    expect((await checkOf(id))?.tells).toBe(false);
  });
});
