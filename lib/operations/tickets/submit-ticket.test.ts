import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { principals, responsibles } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { fakeAzure } from '#lib/azure/fake.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import { addNeed } from '#lib/operations/requests/add-need.ts';
import { extend } from '#lib/operations/requests/extend.ts';
import { saveSetting } from '#lib/operations/settings/save-setting.ts';
import { openBench } from '#lib/operations/testing.ts';
import { myAccess } from '#lib/queries/my-access.ts';
import { ticketBench } from './bench.ts';
import { checkTicket } from './check-ticket.ts';
import { previewTicket } from './preview-ticket.ts';
import { saveSystem } from './save-system.ts';
import { type fakeDesk, newSystem } from './testing.ts';

const { ada, bo, lou } = people;
const at = ticketBench(() => openBench((now) => fakeAzure({ now }), fakeToken), [ada, bo], roles.staging);

describe('a submit with a ticket', () => {
  test('keeps what the system said of it, on record with the request', async () => {
    await at.add();
    at.desk.has('INC1');
    const id = await at.filed();
    expect(await at.checkOf(id)).toMatchObject({
      key: 'INC1',
      title: 'About INC1',
      verdict: 'good',
      note: null,
    });
    expect(await at.bench.actions(id)).toEqual(['filed', 'ticket_checked']);
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
    await at.add(rules);
    at.desk.has(number === 'INC9' ? 'INC1' : number, facts);
    const before = await at.bench.entries();
    expect((await at.submits(ada, roles.staging, number))?.refusal).toMatchObject({
      code,
      field: 'ticketNumber',
    });
    expect(await db().$count(requests)).toBe(0);
    expect(await at.bench.entries()).toBe(before);
  });

  test('that is the person’s own, or names part of the scope, is taken', async () => {
    await at.add({ mustBeAssigned: true, mustNameScope: true });
    at.desk.has('INC1', {
      assignees: ['ada lind@contoso.example'],
      affected: [roles.staging.scopeName.toUpperCase()],
    });
    expect((await at.submits(ada, roles.staging, 'INC1'))?.refusal).toBeNull();
  });

  test('of a group the person is in is theirs, as the last reading has it, unless the name or the group is anybody’s', async () => {
    await at.add({ mustBeAssigned: true });
    at.desk.has('INC1', { groups: ['netops'] });
    const seen = { seenIn: randomUUID(), firstSeenAt: new Date(), list: 'groups' as const };
    const group = { ...seen, kind: 'group' as const };
    await db()
      .insert(principals)
      .values({ ...group, id: 'g1', name: 'Netops' });
    await db().insert(effectiveMembers).values({ groupId: 'g1', memberId: ada.id, through: [] });
    const refusal = async (role: RoleAtScope) => (await at.submits(ada, role, 'INC1'))?.refusal ?? null;
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
    await empty('principals effective_members responsibles');
  });

  test('whose system does not answer is taken with a mark, or refused, as its policy says', async () => {
    const id = await at.add();
    at.desk.away = true;
    const request = await at.filed();
    expect(await at.checkOf(request)).toMatchObject({ verdict: 'unreachable', note: 'it does not answer.' });
    await saveSystem(at.mira(), { id, version: 1, facts: newSystem({ whenUnreachable: 'refuse' }) });
    const refused = await at.submits(ada, roles.onCall, 'INC1');
    expect(refused?.refusal).toMatchObject({ code: 'ticket_unreachable', field: 'ticketNumber' });
  });

  test('that was not asked about, too long ago, or by rules changed since, counts as one nobody answered for', async () => {
    const id = await at.add({ whenUnreachable: 'refuse' });
    at.desk.has('INC1');
    const ticketCheck = await checkTicket('INC1', at.desk.ports);
    const other = await checkTicket('INC1', at.desk.ports);
    const unreachable = { code: 'ticket_unreachable' };
    expect((await at.submits(ada, roles.staging, 'INC1', { ticketCheck: null }))?.refusal).toMatchObject(
      unreachable,
    );
    await saveSystem(at.mira(), {
      id,
      version: 1,
      facts: newSystem({ whenUnreachable: 'refuse', mustBeOpen: false }),
    });
    expect((await at.submits(ada, roles.staging, 'INC1', { ticketCheck }))?.refusal).toMatchObject(
      unreachable,
    );
    await saveSystem(at.mira(), { id, version: 2, facts: newSystem({ whenUnreachable: 'refuse' }) });
    const fresh = await checkTicket('INC1', at.desk.ports);
    await at.bench.advance(4);
    expect((await at.submits(ada, roles.staging, 'INC1', { ticketCheck: fresh }))?.refusal).toMatchObject(
      unreachable,
    );
    expect(other?.number).toBe('INC1');
  });

  test('goes by what was asked while the person typed, once', async () => {
    await at.add();
    at.desk.has('INC1');
    await previewTicket(at.bench.as(ada), { number: 'INC1', startsAt: null }, at.desk.ports);
    expect(at.desk.asked).toBe(1);
    expect((await at.submits(ada, roles.staging, 'INC1'))?.refusal).toBeNull();
    expect(at.desk.asked).toBe(1);
    await at.submits(ada, roles.onCall, 'INC1');
    expect(at.desk.asked).toBe(2);
  });

  test('of no system is taken, or refused where administrators say so', async () => {
    await at.add();
    expect((await at.submits(ada, roles.staging, 'ZZZ-1'))?.refusal).toBeNull();
    const value = { forCritical: false, unknownNumbers: 'refuse' as const };
    await saveSetting(at.mira(), { key: 'tickets', value, version: 0 });
    expect((await at.submits(ada, roles.onCall, 'ZZZ-1'))?.refusal).toMatchObject({ code: 'ticket_unknown' });
  });

  test('for a critical role may be demanded, whatever its policy says', async () => {
    await at.bench.deliver();
    const value = { forCritical: true, unknownNumbers: 'allow' as const };
    await saveSetting(at.mira(), { key: 'tickets', value, version: 0 });
    await db().execute(
      sql`update mirror_roles set definition = jsonb_set(definition, '{isPrivileged}', 'true')`,
    );
    expect((await at.submits(ada, roles.staging, ''))?.refusal).toMatchObject({
      code: 'ticket_missing',
      field: 'ticketNumber',
    });
  });

  test('is demanded of a group, and of a role never read, as of a critical role, and the page says so', async () => {
    await at.bench.deliver();
    const value = { forCritical: true, unknownNumbers: 'allow' as const };
    await saveSetting(at.mira(), { key: 'tickets', value, version: 0 });
    const missing = { code: 'ticket_missing', field: 'ticketNumber' };
    const harmless = { isPrivileged: false, actions: [], dataActions: [] };
    await db().execute(
      sql`update mirror_roles set definition = definition || ${JSON.stringify(harmless)}::jsonb`,
    );
    expect((await at.submits(ada, roles.staging, ''))?.refusal).toBeNull();
    expect((await at.submits(ada, roles.onCall, ''))?.refusal).toMatchObject(missing);
    await db().delete(requests);
    await db().delete(mirrorRoles);
    expect((await at.submits(ada, roles.staging, ''))?.refusal).toMatchObject(missing);
    const { eligible } = await myAccess(at.bench.as(ada).actor);
    for (const role of [roles.staging, roles.onCall]) {
      const row = eligible.find(({ key }) => key === roleKey(role));
      expect(row).toMatchObject({ critical: false, policy: { ticket: true } });
    }
  });

  test('shows nobody a ticket who has nothing to ask for', async () => {
    await at.add();
    at.desk.has('INC1');
    const look = previewTicket(at.bench.as(lou), { number: 'INC1', startsAt: null }, at.desk.ports);
    expect(await look).toBeNull();
    expect(at.desk.asked).toBe(0);
  });
});

describe('more time, and another ticket, for what is on', () => {
  const more = { minutes: 30, justification: 'Not done yet' };
  const held = async () => {
    const id = await at.filed();
    await at.bench.deliver();
    await at.bench.looks();
    return id;
  };

  test('are refused with a closed ticket like any submit', async () => {
    await at.add();
    at.desk.has('INC1');
    at.desk.has('INC2', { open: false, state: 'Closed' });
    const requestId = await held();
    const ticketCheck = await checkTicket('INC2', at.desk.ports);
    const asked = { requestId, ...more, ticketNumber: 'INC2', ticketCheck };
    const closed = { code: 'ticket_closed', field: 'ticketNumber' };
    await expect(extend(at.bench.as(ada), asked, at.bench.seal(ada))).rejects.toMatchObject(closed);
    await expect(addNeed(at.bench.as(ada), asked)).rejects.toMatchObject(closed);
  });

  test('keep what the system said of the ticket that more time is asked with', async () => {
    await at.add();
    at.desk.has('INC1');
    const requestId = await held();
    const ticketCheck = await checkTicket('INC1', at.desk.ports);
    const asked = { requestId, ...more, ticketNumber: 'INC1', ticketCheck };
    const next = await extend(at.bench.as(ada), asked, at.bench.seal(ada));
    expect(await at.checkOf(next)).toMatchObject({ key: 'INC1', verdict: 'good' });
    expect(await at.bench.actions(next)).toEqual(['filed', 'ticket_checked']);
  });
});
