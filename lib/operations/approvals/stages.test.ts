import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import {
  linkedAccounts,
  requestApprovals,
  signatures,
  stageApprovers,
  unlinkedAccounts,
} from '#db/schema/approvals.ts';
import { mirrorEligible, mirrorRuns } from '#db/schema/mirror.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { ProofNeeded } from '#lib/domain/proof.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { asJob } from '#lib/operations/context.ts';
import { unlinkAccount } from '#lib/operations/linked-accounts/link-accounts.ts';
import { cancel } from '#lib/operations/requests/cancel.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { stalledApprovals } from '#lib/queries/stalled-approvals.ts';
import { releaseStaleSignatures } from './record-signature.ts';
import { automatic, frozenFor, inForce, persons, staged, stageOf } from './testing/policy.ts';
import { code, toldTo } from './testing/told.ts';

const { ada, bo, cy, lou, petra, samir } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await db().delete(linkedAccounts);
  await db().delete(unlinkedAccounts);
  await bench.reads(ada);
});

const approvalOf = async (id: string) =>
  (await db().select().from(requestApprovals).where(eq(requestApprovals.requestId, id)))[0];
const signedOf = async (id: string) =>
  (
    await db().select().from(signatures).where(eq(signatures.requestId, id)).orderBy(asc(signatures.signedAt))
  ).map((one) => `${one.approverName} ${one.state}`);

/** Ada asks for a role that PIM itself gives freely. */
const asks = (more: Parameters<typeof bench.files>[2] = {}) => bench.files(ada, roles.staging, more);

test('two stages by two people, then a receipt; the window begins when the engineer starts it', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy]), stageOf([petra])])] });
  const id = await asks({ minutes: 60 });
  await bench.deliver();
  expect(await bench.status(id)).toBe('awaiting_signatures');
  expect(bench.azure.journal.some(({ call }) => call === 'activate')).toBe(false);
  expect(await bench.tokensOf(id)).toBe(0);
  expect(await toldTo(bo)).toEqual(['asked_to_sign']);
  expect(await toldTo(petra)).toEqual([]);

  await bench.signs(bo, id);
  await bench.deliver();
  expect(await toldTo(petra)).toEqual(['asked_to_sign']);
  expect(await bench.status(id)).toBe('awaiting_signatures');
  await bench.signs(petra, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
  expect(await toldTo(ada)).toEqual(['approved']);

  await bench.advance(30);
  await bench.starts(ada, id);
  expect(await code(bench.starts(ada, id))).toBe('conflict');
  await bench.deliver();
  await bench.looks();
  const { status, startsAt } = await bench.request(id);
  expect(status).toBe('active');
  expect(Math.abs((startsAt?.getTime() ?? 0) - bench.now().getTime())).toBeLessThan(60_000);
  expect(await bench.actions(id)).toEqual([
    ...['filed', 'awaiting_signatures', 'signature_intended', 'signed', 'signature_intended', 'signed'],
    ...['approved_by_stages', 'started', 'granted', 'activated'],
  ]);
});

test('only who is asked now may sign: not a stranger, not the requester, not the next stage before its turn', async () => {
  await inForce({ rules: [staged([stageOf([bo, ada]), stageOf([cy, petra])])] });
  const id = await asks();
  expect(await code(bench.signs(samir, id))).toBe('not_found');
  expect(await code(bench.signs(ada, id))).toBe('own_request');
  expect(await code(bench.signs(cy, id))).toBe('not_found');
  await db()
    .insert(linkedAccounts)
    .values(
      [ada, cy].map((one) => ({
        ...{ accountId: one.id, accountName: one.name, ownerId: ada.id },
        ...{ linkedAt: new Date(), linkedByName: 'Mira Novak' },
      })),
    );
  await bench.signs(bo, id);
  await bench.deliver();
  expect(await code(bench.signs(bo, id))).toBe('already_signed');
  expect(await code(bench.signs(cy, id))).toBe('own_request');
  expect(await db().select().from(stageApprovers).where(eq(stageApprovers.approverId, cy.id))).toEqual([]);
});

test('a second account of somebody who signed does not count again', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy, petra], { signatures: 2 })])] });
  await db()
    .insert(linkedAccounts)
    .values(
      [bo, cy].map((one) => ({
        ...{ accountId: one.id, accountName: one.name, ownerId: bo.id },
        ...{ linkedAt: new Date(), linkedByName: 'Mira Novak' },
      })),
    );
  const id = await asks();
  await bench.signs(bo, id);
  await bench.deliver();
  expect(await code(bench.signs(cy, id))).toBe('already_signed');
  await bench.signs(petra, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});

test('accounts that are taken apart while it waits are one person’s for it to its end', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy, petra, samir], { signatures: 2 })])] });
  const owners = [
    [ada, ada],
    [samir, ada],
    [bo, bo],
    [cy, bo],
  ] as const;
  await db()
    .insert(linkedAccounts)
    .values(
      owners.map(([one, owner]) => ({
        ...{ accountId: one.id, accountName: one.name, ownerId: owner.id },
        ...{ linkedAt: new Date(), linkedByName: 'Mira Novak' },
      })),
    );
  const id = await asks();
  await bench.signs(bo, id);
  await bench.deliver();
  for (const one of [samir, cy]) await unlinkAccount(bench.as(lou, 'Stint.Administrator'), one.id);
  expect(await code(bench.signs(samir, id))).toBe('own_request');
  expect(await code(bench.signs(cy, id))).toBe('already_signed');
  await bench.signs(petra, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});

test('a no needs a reason, ends it, and the next one hears whose it was', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy])])] });
  const id = await asks();
  expect(await code(bench.signs(bo, id, false, { justification: '' }))).toBe('justification_missing');
  await bench.signs(bo, id, false, { justification: 'Not in the middle of the day' });
  await expect(bench.signs(cy, id)).rejects.toMatchObject({
    ...{ code: 'already_decided', message: `${bo.name} denied this first.` },
  });
  await bench.deliver();
  expect(await bench.status(id)).toBe('denied');
  await expect(bench.signs(cy, id)).rejects.toMatchObject({ message: `${bo.name} denied this first.` });
  expect(await toldTo(ada)).toEqual(['denied']);
  expect(await code(bench.starts(ada, id))).toBe('conflict');
});

test('what Azure says of the approver decides: out of the set or disabled it does not count, busy it waits', async () => {
  await inForce({
    rules: [staged([stageOf([], { approvers: [...persons(bo), ...persons(cy)] })])],
  });
  const id = await asks();
  bench.azure.failNext('people', new AzureFault('busy', { message: 'later' }));
  await bench.signs(bo, id);
  expect(await bench.deliver()).toHaveLength(1);
  expect(await signedOf(id)).toEqual([`${bo.name} intended`]);
  bo.enabled = false;
  try {
    await bench.deliver();
  } finally {
    bo.enabled = true;
  }
  expect(await signedOf(id)).toEqual([`${bo.name} refused`]);
  bench.azure.failNext('people', new AzureFault('unrecognised', { message: 'no idea' }));
  await bench.signs(cy, id);
  await bench.deliver();
  expect(await signedOf(id)).toEqual([`${bo.name} refused`, `${cy.name} refused`]);
  await bench.signs(cy, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});

test('whoever asked and is gone is given nothing: it is closed, with the reason', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await asks();
  await bench.signs(bo, id);
  bench.proof.shows = async () => false;
  await bench.deliver();
  expect(await bench.request(id)).toMatchObject({
    ...{ status: 'failed', failure: expect.stringContaining('not eligible') },
  });
  expect(await signedOf(id)).toEqual([`${bo.name} lost`]);

  bench.proof.shows = async () => true;
  const other = await bench.files(ada, roles.helpdesk);
  ada.enabled = false;
  try {
    await bench.advance(11);
    await bench.duties();
  } finally {
    ada.enabled = true;
  }
  expect(await bench.request(other)).toMatchObject({ failure: expect.stringContaining('disabled') });
  expect((await bench.actions(other)).at(-1)).toBe('closed');
  expect(await code(bench.signs(bo, other))).toBe('not_pending');
});

test('a look that Azure does not answer concludes nothing', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await asks();
  bench.proof.shows = async () => {
    throw new AzureFault('not_found', { message: 'SubscriptionNotFound' });
  };
  await bench.advance(11);
  await bench.duties();
  expect(await bench.status(id)).toBe('awaiting_signatures');
});

test('a subscription that neither the Reader nor its own person is shown any more is gone, and so is the request', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await asks();
  bench.proof.shows = async () => {
    throw new AzureFault('not_found', { message: 'SubscriptionNotFound' });
  };
  const readAgain = (failure: string | null) =>
    db().update(mirrorRuns).set({ readAt: sql`stint_now()`, failure });
  const looks = async () => {
    await bench.advance(11);
    await bench.duties();
    return bench.status(id);
  };
  await db().delete(mirrorEligible);
  expect(await looks()).toBe('awaiting_signatures');
  await readAgain('Azure did not answer.');
  expect(await looks()).toBe('awaiting_signatures');
  await readAgain(null);
  expect(await looks()).toBe('failed');
  expect(await bench.request(id)).toMatchObject({ failure: expect.stringContaining('role is gone') });
});

test('reminded, then the next set is asked as well, then it lapses: each once, on record', async () => {
  const escalation = { afterMinutes: 60, approvers: persons(lou) };
  await inForce({
    rules: [staged([stageOf([bo], { remindAfterMinutes: 40, escalation })], { lapseMinutes: 90 })],
  });
  const id = await asks();
  expect(await code(bench.signs(lou, id))).toBe('not_found');
  await bench.advance(41);
  await bench.duties();
  await bench.duties();
  expect(await toldTo(bo)).toEqual(['asked_to_sign', 'reminder']);
  await bench.advance(20);
  await bench.duties();
  expect(await toldTo(lou)).toEqual(['escalated']);
  expect(await db().$count(stageApprovers, eq(stageApprovers.requestId, id))).toBe(2);
  await bench.advance(30);
  await Promise.all([bench.duties(), bench.duties()]);
  expect(await bench.request(id)).toMatchObject({
    ...{ status: 'lapsed', failure: expect.stringContaining('Not enough people signed') },
  });
  const told = (await bench.actions(id)).filter((one) => one !== 'filed' && one !== 'awaiting_signatures');
  expect(told).toEqual(['reminded', 'escalated', 'lapsed']);
  expect(await toldTo(ada)).toEqual(['lapsed']);
  expect((await approvalOf(id))?.dueAt).toBeNull();
  for (const person of [bo, lou]) expect(await code(bench.signs(person, id))).toBe('not_pending');
});

test('due at the same time, the next set is told it is escalated to them, and only the first is reminded', async () => {
  const escalation = { afterMinutes: 40, approvers: persons(lou) };
  await inForce({ rules: [staged([stageOf([bo], { remindAfterMinutes: 40, escalation })])] });
  await asks();
  await bench.advance(41);
  await bench.duties();
  expect(await toldTo(lou)).toEqual(['escalated']);
  expect(await toldTo(bo)).toEqual(['asked_to_sign', 'reminder']);
});

test('where the first set is too small the next is asked at once, on record with why', async () => {
  const escalation = { afterMinutes: 120, approvers: persons(lou) };
  await inForce({ rules: [staged([stageOf([ada], { escalation })])] });
  const id = await asks();
  expect(await toldTo(lou)).toEqual(['escalated']);
  expect(await toldTo(ada)).toEqual([]);
  const entry = (await bench.audit(id)).find(({ action }) => action === 'request.escalated');
  expect(entry?.details).toMatchObject({ because: 'too_few', found: 0 });
  await bench.signs(lou, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});

test('two accounts of one person are one who can sign: where two must, that is too few', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy], { signatures: 2 })])] });
  const by = { linkedByName: 'x', linkedAt: new Date() };
  for (const { id, name } of [bo, cy])
    await db()
      .insert(linkedAccounts)
      .values({ accountId: id, accountName: name, ownerId: bo.id, ...by });
  await asks();
  expect(await toldTo(ada)).toEqual(['nobody_can_sign']);
});

test('who was asked by an escalation may sign as well as the first', async () => {
  const escalation = { afterMinutes: 60, approvers: persons(lou) };
  await inForce({ rules: [staged([stageOf([bo, cy], { signatures: 2, escalation })])] });
  const id = await asks();
  await bench.advance(61);
  await bench.duties();
  await bench.signs(lou, id);
  await bench.signs(bo, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});

test('a stage for two people is stalled where its two approvers are one person', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy], { signatures: 2 })])] });
  await asks();
  const mira = bench.as(lou, 'Stint.Administrator').actor;
  expect(await stalledApprovals(mira)).toEqual([]);
  const link = { ownerId: bo.id, linkedAt: bench.now(), linkedByName: 'Mira Novak' };
  const accounts = [bo, cy].map(({ id, name }) => ({ ...link, accountId: id, accountName: name }));
  await db().insert(linkedAccounts).values(accounts);
  expect(await stalledApprovals(mira)).toMatchObject([{ missing: 2, able: 1 }]);
  await db().delete(linkedAccounts);
});

test('a stage that nobody can sign waits, and says so; it is never approved', async () => {
  await inForce({ rules: [staged([stageOf([ada])], { lapseMinutes: 30 })] });
  const id = await asks();
  expect(await toldTo(ada)).toEqual(['nobody_can_sign']);
  expect(await bench.actions(id)).toEqual(['filed', 'awaiting_signatures', 'nobody_can_sign']);
  const mira = bench.as(lou, 'Stint.Administrator').actor;
  expect(await stalledApprovals(mira)).toMatchObject([{ requestId: id, missing: 1, able: 0 }]);
  expect(await stalledApprovals(bench.as(bo).actor)).toBeNull();
  await bench.advance(31);
  await bench.duties();
  expect(await bench.status(id)).toBe('lapsed');
});

test('a receipt is over at its time: said before, refused by then, lapsed after', async () => {
  await inForce({ rules: [staged([stageOf([bo])], { useByMinutes: 60 })] });
  const id = await asks();
  await bench.signs(bo, id);
  await bench.deliver();
  await bench.advance(31);
  await bench.duties();
  expect(await toldTo(ada)).toEqual(['approved', 'start_soon']);
  await bench.advance(30);
  expect(await code(bench.starts(ada, id))).toBe('receipt_over');
  await bench.duties();
  expect(await bench.request(id)).toMatchObject({
    ...{ status: 'lapsed', failure: expect.stringContaining('not started within 1 h') },
  });
  expect(await code(bench.starts(ada, id))).toBe('conflict');
});

test('nobody but its owner starts a receipt, and nobody in a freeze', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await asks();
  expect(await code(bench.starts(ada, id))).toBe('conflict');
  await bench.signs(bo, id);
  await bench.deliver();
  expect(await code(bench.starts(bo, id))).toBe('not_found');
  await inForce({ freezes: [frozenFor(plusMinutes(bench.now(), -5), plusMinutes(bench.now(), 60))] });
  await expect(bench.starts(ada, id)).rejects.toMatchObject({
    ...{ code: 'frozen', message: expect.stringMatching(/until .* UTC \(Year end\).*sg-on-duty/) },
  });
  await expect(bench.files(ada, roles.helpdesk)).rejects.toMatchObject({ code: 'frozen' });
  await inForce({});
  await bench.starts(ada, id);
  expect(await bench.status(id)).toBe('filed');
});

test('the rule a request was filed under stays its rule, whatever is saved later', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await asks();
  await inForce({ rules: [staged([stageOf([cy]), stageOf([petra])])] });
  expect(await code(bench.signs(cy, id))).toBe('not_found');
  await bench.signs(bo, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});

test('an automatic rule leaves the same record, and Azure is asked at once', async () => {
  await inForce({ rules: [automatic] });
  const id = await asks();
  await bench.deliver();
  await bench.looks();
  expect(await bench.status(id)).toBe('active');
  expect(await bench.actions(id)).toEqual(['filed', 'approved_by_rule', 'granted', 'activated']);
  expect(await approvalOf(id)).toMatchObject({ state: 'automatic', rule: { id: 'rule-2' }, dueAt: null });
});

test('its requester takes it back while it waits, or before it is started: Azure is not asked', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  for (const isSigned of [false, true]) {
    const id = await asks();
    await expect(asks()).rejects.toMatchObject({ code: 'already_live' });
    await bench.signs(bo, id);
    if (isSigned) await bench.deliver();
    await cancel(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    expect(await bench.status(id)).toBe('withdrawn');
    expect(await signedOf(id)).toEqual([`${bo.name} ${isSigned ? 'recorded' : 'lost'}`]);
    expect(await bench.tokensOf(id)).toBe(0);
    expect((await bench.actions(id)).at(-1)).toBe('taken_back');
    expect(await code(bench.starts(ada, id))).toBe('conflict');
  }
});

test('a critical role is signed in the portal, by whoever signs in once more; from a chat it leads there', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await bench.files(ada, roles.privilegedRole);
  expect(await code(bench.signs(bo, id, true, { via: 'slack' }))).toBe('portal_needed');
  await expect(bench.signs(bo, id)).rejects.toThrow(ProofNeeded);
});

test('where PIM asks the same person, their decision is passed on while their token lasts, once', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await bench.files(ada, roles.cluster, { minutes: 30 });
  await bench.signs(bo, id, true, { justification: 'The node is down' });
  await bench.deliver();
  await bench.starts(ada, id);
  await bench.deliver();
  await bench.looks();
  expect(await bench.status(id)).toBe('active');
  const passed = (await bench.audit(id)).find(({ action }) => action === 'request.approved');
  expect(passed?.details).toMatchObject({ approverId: bo.id, justification: 'The node is down' });
  const [signed] = await db().select().from(signatures);
  expect(await bench.tokensOf(signed?.id ?? '')).toBe(0);
  expect(await toldTo(bo)).toEqual(['asked_to_sign']);
});

test('in a freeze that came since, no kept token approves anything: who signed is told that PIM asks', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await bench.files(ada, roles.cluster, { minutes: 30 });
  await bench.signs(bo, id);
  await bench.deliver();
  await bench.starts(ada, id);
  await inForce({ freezes: [frozenFor(plusMinutes(bench.now(), -5), plusMinutes(bench.now(), 60))] });
  await bench.deliver();
  expect(await bench.status(id)).toBe('awaiting_approval');
  expect(await toldTo(bo)).toEqual(['asked_to_sign', 'pim_asks_too']);
});

test('a decision that was passed on and refused: everybody who signed is told that PIM still asks them', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy], { signatures: 2 })])] });
  const id = await bench.files(ada, roles.cluster, { minutes: 30 });
  for (const one of [bo, cy]) await bench.signs(one, id, true);
  await bench.deliver();
  await bench.starts(ada, id);
  bench.azure.failNext('decide', new AzureFault('not_allowed', { message: 'No' }));
  await bench.deliver();
  expect(await bench.status(id)).toBe('awaiting_approval');
  for (const one of [bo, cy]) expect(await toldTo(one)).toEqual(['asked_to_sign', 'pim_asks_too']);
});

test('without their token, who signed is told that PIM asks them too', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await bench.files(ada, roles.cluster, { minutes: 30 });
  await bench.signs(bo, id);
  await bench.deliver();
  const [signed] = await db().select().from(signatures);
  await bench.loseToken(signed?.id ?? '');
  await bench.starts(ada, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('awaiting_approval');
  expect(await toldTo(bo)).toEqual(['asked_to_sign', 'pim_asks_too']);
  await bench.decides(bo, id, true);
});

test('an intent whose job is gone gives its place back after a quarter hour', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy])])] });
  const id = await asks();
  await bench.signs(bo, id);
  await bench.fetchJobs();
  bench.waiting = [];
  await bench.advance(16);
  await releaseStaleSignatures(asJob('sweep', 'trace'));
  expect(await signedOf(id)).toEqual([`${bo.name} refused`]);
  await bench.signs(cy, id);
});

test('what waits too long for a start at a set time begins at once when it is started', async () => {
  await inForce({ rules: [staged([stageOf([bo])])] });
  const id = await asks({ startsAt: plusMinutes(bench.now(), 30) });
  await bench.signs(bo, id);
  await bench.deliver();
  await bench.advance(60);
  await bench.starts(ada, id);
  await bench.deliver();
  await bench.looks();
  expect(await bench.request(id)).toMatchObject({ status: 'active', wantedStartAt: null });
});

test('who was asked for one stage and did not sign it may sign the next; who comes late hears who was first', async () => {
  await inForce({ rules: [staged([stageOf([bo, cy, petra]), stageOf([cy])])] });
  const id = await asks();
  await bench.signs(bo, id);
  await bench.deliver();
  await expect(bench.signs(petra, id)).rejects.toMatchObject({
    ...{ code: 'already_decided', message: `${bo.name} approved this first.` },
  });
  await bench.signs(cy, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
});
