import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { Callout } from '#lib/domain/evaluation.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { byDayAndNight, stageOf } from '#lib/operations/approvals/testing/policy.ts';
import { onCall } from '#lib/operations/on-call/testing.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { approved, asks, inForce, question, twoEyes } from './testing.ts';

const { ada, bo } = people;
const { staging, userAdministrator } = roles;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
beforeEach(async () => {
  await bench.reset();
  await empty('pim_evaluations approval_policies settings linked_accounts');
  await bench.reads(ada);
});
afterAll(() => bench?.close());

const later = (minutes: number) => plusMinutes(bench.now(), minutes);
test.each<[string, Parameters<typeof approved>[3], Partial<Callout>]>([
  ['longer than approved', {}, { minutes: 61 }],
  ['with another ticket', {}, { ticketNumber: 'INC-2' }],
  ['without the ticket', {}, { ticketNumber: '' }],
  ['with a ticket that was not approved', { ticketNumber: '' }, {}],
  ['of somebody else', {}, { principalId: bo.id }],
  ['of another role', {}, { role: userAdministrator }],
  ['above what was approved', { scopeId: `${staging.scopeId}/resourceGroups/rg-web` }, {}],
  ['beside what was approved', { scopeId: `${staging.scopeId}0` }, {}],
  ['before the approved start', { wantedStartAt: new Date(Date.now() + 3_600_000) }, {}],
  ['after its time', { useBy: new Date(Date.now() - 1000) }, {}],
  ['once used', { usedAt: new Date() }, {}],
  ['while signatures are missing', { status: 'awaiting_signatures', state: 'waiting' }, {}],
  ['denied', { status: 'denied', state: 'denied' }, {}],
  ['lapsed', { status: 'lapsed', state: 'lapsed' }, {}],
  ['already active', { status: 'active' }, {}],
])('an approval does not serve an activation %s', async (_, facts, asked) => {
  await inForce({ rules: [twoEyes] });
  await bench.reads(bo);
  const id = await approved(ada, staging, bench.now(), facts ?? {});
  const before = await bench.request(id);
  expect((await asks(question(ada, staging, asked))).outcome).toBe('denied');
  expect(await bench.request(id)).toEqual(before);
});

test('it serves one narrower, shorter, later, and with the ticket in other letters', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now(), { wantedStartAt: later(30) });
  const scopeId = `${staging.scopeId.toUpperCase()}/resourceGroups/rg-web`;
  const role = { plane: 'azure', roleId: staging.roleId, scopeId } as const;
  const asked = question(ada, staging, { role, minutes: 20, startsAt: later(60), ticketNumber: ' inc-1' });
  expect((await asks(asked)).outcome).toBe('approved');
  const eligibleScopeId = staging.scopeId;
  expect(await bench.request(id)).toMatchObject({ status: 'scheduled', scopeId, eligibleScopeId });
});

test('one for an on-call window serves no activation that would outlast it, nor any after it', async () => {
  await inForce({ rules: [twoEyes] });
  const occurrenceId = await onCall(ada, later(-90), 120);
  const id = await approved(ada, staging, bench.now(), { minutes: 120, occurrenceId });
  const asked = (minutes: number, startsAt: Date | null = null) =>
    asks(question(ada, staging, { minutes, startsAt }));
  expect((await asked(31)).reasons[0]).toMatch(/for (29|30) min at most/);
  expect((await asked(25, later(10))).outcome).toBe('denied');
  expect((await asked(5, later(28))).reasons[0]).toContain('on-call window is over');
  expect(await asked(29)).toMatchObject({ outcome: 'approved', requestId: id });
});

test('what was signed for the day serves no activation at night, where its version asks others', async () => {
  const [byDay, atNight] = byDayAndNight(bench.now(), stageOf([bo]), stageOf([people.cy]));
  if (!byDay || !atNight) throw new Error('two rules');
  await inForce({ rules: [byDay, atNight] });
  const id = await approved(ada, staging, bench.now(), { rule: byDay });
  const night = await asks(question(ada, staging, { startsAt: later(90) }));
  expect([night.outcome, night.reasons[0]]).toEqual(['denied', expect.stringContaining('At night')]);
  expect(await asks(question(ada, staging))).toMatchObject({ outcome: 'approved', requestId: id });
});

test('an approval whose signatures do not suffice any more serves nothing, and says so', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now());
  // Whoever signed is found to be who asked, by another account.
  const by = { ownerId: ada.id, linkedAt: bench.now(), linkedByName: 'Mira' };
  await db()
    .insert(linkedAccounts)
    .values([
      { accountId: ada.id, accountName: 'Ada', ...by },
      { accountId: 'bo', accountName: 'Ada (admin)', ...by },
    ]);
  const { outcome, reasons } = await asks(question(ada, staging));
  expect([outcome, reasons[0]]).toEqual(['denied', expect.stringContaining('signatures any more')]);
  expect(await bench.status(id)).toBe('approved');
});
