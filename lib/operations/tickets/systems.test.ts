import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketFaults } from '#db/schema/tickets.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { fakeAzure } from '#lib/azure/fake.ts';
import { usualRules } from '#lib/domain/ticket-system.ts';
import { openBench } from '#lib/operations/testing.ts';
import { ticketBench } from './bench.ts';
import { trySystem } from './preview-ticket.ts';
import { saveSystem } from './save-system.ts';
import { switchSystem } from './switch-system.ts';
import { newSystem } from './testing.ts';

const { ada, bo } = people;
const at = ticketBench(() => openBench((now) => fakeAzure({ now }), fakeToken), [ada, bo], roles.staging);

describe('a ticket system', () => {
  test('is set up, changed and switched off by administrators, on record', async () => {
    const id = await at.add();
    await saveSystem(at.mira(), { id, version: 1, facts: newSystem({ endsWhenClosed: true }) });
    await switchSystem(at.mira(), { systemId: id, on: false });
    expect(await at.system()).toMatchObject({
      ...{ enabled: false, version: 2, rules: { endsWhenClosed: true }, changedById: 'mira' },
    });
    const entries = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id));
    expect(entries.map(({ action, actorName }) => `${actorName} ${action}`)).toEqual([
      'Mira Novak ticket_system.added',
      'Mira Novak ticket_system.changed',
      'Mira Novak ticket_system.switched_off',
    ]);
    expect(entries[1]?.details).toMatchObject({
      before: { rules: { endsWhenClosed: false } },
      after: { rules: { endsWhenClosed: true } },
    });
  });

  test('is nobody else’s to set up, change, try or switch, not even to know of', async () => {
    const id = await at.add();
    const facts = newSystem();
    const before = await at.bench.entries();
    for (const stranger of [at.bench.as(ada), at.bench.as(bo, 'Stint.Auditor')]) {
      await expect(saveSystem(stranger, { id: null, version: 0, facts })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(saveSystem(stranger, { id, version: 1, facts })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(switchSystem(stranger, { systemId: id, on: false })).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(
        trySystem(stranger, { systemId: id, number: 'INC1' }, at.desk.ports),
      ).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(await at.bench.entries()).toBe(before);
    expect(at.desk.asked).toBe(0);
  });

  test('saved by two at once, or added twice under one name, is so by one', async () => {
    const id = await at.add();
    const change = { id, version: 1, facts: newSystem({ mustBeOpen: false }) };
    const outcomes = await Promise.allSettled([saveSystem(at.mira(), change), saveSystem(at.mira(), change)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' });
    const twins = await Promise.allSettled(['Other desk', 'OTHER-desk'].map((name) => at.add({}, { name })));
    expect(twins.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([
    ['name', { name: '<b>' }],
    ['patterns', { patterns: [] }],
    ['patterns', { patterns: ['INC'] }],
    ['patterns', { patterns: ['(a+)+$'] }],
    ['baseUrl', { baseUrl: 'file:///etc/passwd' }],
    ['baseUrl', { baseUrl: 'https://user:pass@at.desk.example.com' }],
    ['baseUrl', { baseUrl: 'https://:pass@at.desk.example.com' }],
    ['project', { kind: 'github' as const, project: 'infra' }],
    ['path', { kind: 'http' as const }],
    ['endsWhenClosed', { rules: { ...usualRules, endsWhenClosed: true, mustBeOpen: false } }],
    ['endsWhenClosed', { kind: 'pattern' as const, rules: { ...usualRules, endsWhenClosed: true } }],
  ])('whose %s cannot be used is refused: %j', async (field, facts) => {
    await expect(at.add({}, facts)).rejects.toMatchObject({ code: 'malformed', field });
  });

  test('is tried with a number of its own, on or off, and files nothing', async () => {
    const systemId = await at.add();
    at.desk.has('INC1', { open: false, state: 'Closed' });
    await switchSystem(at.mira(), { systemId, on: false });
    const tried = await trySystem(at.mira(), { systemId, number: 'INC1' }, at.desk.ports);
    expect(tried).toMatchObject({
      title: 'About INC1',
      state: 'Closed',
      refusal: expect.stringContaining('Closed'),
    });
    await expect(trySystem(at.mira(), { systemId, number: 'ABC' }, at.desk.ports)).rejects.toMatchObject({
      field: 'number',
    });
    expect(await db().$count(requests)).toBe(0);
  });

  test('that does not answer is told to administrators, the last twenty times of it', async () => {
    const systemId = await at.add();
    at.desk.away = true;
    for (let n = 0; n < 23; n++) await trySystem(at.mira(), { systemId, number: 'INC1' }, at.desk.ports);
    expect(await db().$count(ticketFaults)).toBe(20);
    expect((await at.system())?.answeredAt).toBeNull();
    at.desk.away = false;
    await trySystem(at.mira(), { systemId, number: 'INC1' }, at.desk.ports);
    expect((await at.system())?.answeredAt).not.toBeNull();
  });
});

test('a system that said when to come again is left alone until then', async () => {
  const systemId = await at.add();
  at.desk.busy = 30;
  const look = () => trySystem(at.mira(), { systemId, number: 'INC1' }, at.desk.ports);
  expect(await look()).toMatchObject({ unreachable: 'it is busy.' });
  expect(await look()).toMatchObject({ unreachable: expect.stringContaining('again in 30 s') });
  expect(at.desk.asked).toBe(1);
});
