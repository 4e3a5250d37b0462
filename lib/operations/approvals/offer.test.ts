import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { linkedAccounts, offers, signatures } from '#db/schema/approvals.ts';
import { childScopes } from '#db/schema/child-scopes.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import type { LessAsk } from '#lib/domain/terms.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench, type Person } from '#lib/operations/testing.ts';
import { acceptOffer } from './accept-offer.ts';
import { declineOffer } from './decline-offer.ts';
import { offer } from './offer.ts';
import { approvalOf, pins, ruleOf, signedOf, signersOf, stageOf, told } from './talk-testing.ts';

const { ada, bo, cy, lou, samir } = people;
const role = roles.staging;
const payments = `${role.scopeId}/resourceGroups/rg-payments`;
const team = stageOf('Team', [bo, cy], { signatures: 2 });
const security = stageOf('Security', [samir]);
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
  await pins(people, ruleOf('two', [team, security]));
  id = await bench.files(ada, role, { minutes: 120 });
});

const offers_ = async (person: Person, terms: LessAsk = { minutes: 30 }, signs = false) => {
  const shown = { requestId: id, shownStage: await bench.stageShown(id) };
  return offer(bench.as(person), { ...shown, terms, reason: 'Half an hour is enough', signs });
};
const takes = (offerId: string, person: Person = ada) =>
  acceptOffer(bench.as(person), { requestId: id, offerId });
const declines = (offerId: string, person: Person = ada) =>
  declineOffer(bench.as(person), { requestId: id, offerId });
const open = () => db().select().from(offers).where(eq(offers.state, 'open'));
const states = async () => (await signedOf(id)).map(({ approverId, state }) => [approverId, state]);
const placesBelowStaging = () =>
  db()
    .insert(childScopes)
    .values({
      ...{ principalId: ada.id, parentId: role.scopeId.toLowerCase() },
      ...{ id: payments, name: 'rg-payments', kind: 'resource_group' },
    });

describe('an offer', () => {
  test('changes nothing but waits for the requester, who is told, on record with its terms', async () => {
    await offers_(bo);
    expect(await bench.request(id)).toMatchObject({ status: 'awaiting_signatures', minutes: 120 });
    expect(await open()).toMatchObject([{ byId: bo.id, terms: { minutes: 30, scopeId: role.scopeId } }]);
    expect(await told('offer')).toEqual([ada.id]);
    expect((await bench.audit(id)).at(-1)).toMatchObject({
      action: 'request.offered',
      actorId: bo.id,
      details: { terms: { minutes: 30 }, justification: 'Half an hour is enough', signs: false },
    });
  });

  test('a newer one takes the place of the older, of whomever, also two at once', async () => {
    const first = await offers_(bo);
    await Promise.all([offers_(cy, { minutes: 60 }), offers_(bo, { minutes: 45 })]);
    expect(await open()).toHaveLength(1);
    await expect(takes(first)).rejects.toMatchObject({ code: 'offer_closed' });
  });

  test('is not made by a stranger, nor by who signs a later stage, nor by the requester with any account', async () => {
    await expect(offers_(lou)).rejects.toMatchObject({ code: 'not_found' });
    await expect(offers_(samir)).rejects.toMatchObject({ code: 'not_found' });
    await expect(offers_(ada)).rejects.toMatchObject({ code: 'own_request' });
    const link = { ownerId: ada.id, linkedAt: new Date(), linkedByName: 'x' };
    await db()
      .insert(linkedAccounts)
      .values([ada, bo].map(({ id: accountId, name: accountName }) => ({ accountId, accountName, ...link })));
    await expect(offers_(bo)).rejects.toMatchObject({ code: 'own_request' });
    expect(await open()).toEqual([]);
  });

  test.each<[string, LessAsk, string | null]>([
    ['the same', {}, null],
    ['longer', { minutes: 121 }, 'minutes'],
    ['a place nobody knows', { scopeId: payments }, 'scopeId'],
    ['a place beside it', { scopeId: roles.production.scopeId }, 'scopeId'],
    ['in the past', { startsAt: new Date(0) }, 'startsAt'],
  ])('is not for %s', async (_, terms, field) => {
    await expect(offers_(bo, terms)).rejects.toMatchObject({ field });
    expect(await open()).toEqual([]);
  });

  test('signs no stage unseen: who was shown another one than the one that waits offers it without signing', async () => {
    const stale = { requestId: id, shownStage: 2, terms: { minutes: 30 }, reason: 'Half an hour is enough' };
    await expect(offer(bench.as(bo), { ...stale, signs: true })).rejects.toMatchObject({
      code: 'stage_moved',
    });
    expect(await open()).toEqual([]);
    await offer(bench.as(bo), { ...stale, signs: false });
  });

  test('says why, and is for no longer than PIM allows at the narrower place', async () => {
    const none = { requestId: id, shownStage: 1, terms: { minutes: 30 }, reason: '', signs: false };
    await expect(offer(bench.as(bo), none)).rejects.toMatchObject({ code: 'justification_missing' });
    await placesBelowStaging();
    const { plane, roleId } = role;
    const facts = { ...unknownPolicy, maximumMinutes: 60 };
    await db().insert(mirrorPolicies).values({ plane, roleId, scopeId: payments, facts, readAt: new Date() });
    await expect(offers_(bo, { scopeId: payments })).rejects.toMatchObject({ field: 'minutes' });
  });

  test('comes too late once it was denied, or taken back', async () => {
    await bench.signs(bo, id, false);
    await bench.deliver();
    await expect(offers_(cy)).rejects.toMatchObject({ code: 'not_pending' });
  });
});

describe('the policy, of other terms', () => {
  test('is never applied for less than it asks of them, and the pinned rule stays where it would ask less', async () => {
    const owners = stageOf('Owners', [samir]);
    const short = ruleOf('short', [security], { atMostMinutes: 45 });
    const night = ruleOf('at most an hour', [team, security, owners], { atMostMinutes: 60 });
    await bench.clear();
    await pins(people, short, night, ruleOf('two', [team, security]));
    id = await bench.files(ada, role, { minutes: 120 });
    await expect(offers_(bo, { minutes: 60 })).rejects.toMatchObject({ code: 'policy_asks_more' });
    await takes(await offers_(bo, { minutes: 30 }));
    expect((await approvalOf(id))?.rule.name).toBe('two');
  });

  test('is judged by the version that was pinned, again when the offer is taken', async () => {
    const offerId = await offers_(bo);
    const night = ruleOf('short', [team, security, stageOf('Owners', [samir])], { atMostMinutes: 60 });
    const document = { rules: [night], freezes: [], endsBypassed: false };
    await db().execute(sql`update approval_policies set document = ${JSON.stringify(document)}::jsonb`);
    await expect(takes(offerId)).rejects.toMatchObject({ code: 'policy_asks_more' });
    expect((await bench.request(id)).minutes).toBe(120);
  });
});

describe('taking an offer', () => {
  test('gives the same request the terms, tells the offerer, and implies no signature', async () => {
    const startsAt = plusMinutes(bench.now(), 300);
    await placesBelowStaging();
    await takes(await offers_(bo, { minutes: 30, scopeId: payments.toUpperCase(), startsAt }));
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({
      ...{ status: 'awaiting_signatures', minutes: 30, wantedStartAt: startsAt, scopeId: payments },
      ...{ scopeName: 'rg-payments', scopeKind: 'resource_group', eligibleScopeId: role.scopeId },
    });
    expect(await signedOf(id)).toEqual([]);
    expect(await told('offer_answered')).toEqual([bo.id]);
    expect((await bench.audit(id)).at(-1)).toMatchObject({
      action: 'request.offer_accepted',
      actorId: ada.id,
      details: { terms: { minutes: 30 }, offeredBy: bo.name, signs: false },
    });
  });

  test('keeps every signature that fits, and the request is approved and started with the terms', async () => {
    await bench.signs(cy, id);
    await bench.deliver();
    await takes(await offers_(bo));
    await bench.signs(bo, id);
    await bench.deliver();
    await bench.signs(samir, id);
    await bench.deliver();
    expect(await states()).toEqual([
      [cy.id, 'recorded'],
      [bo.id, 'recorded'],
      [samir.id, 'recorded'],
    ]);
    await bench.starts(ada, id);
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'active', minutes: 30 });
  });

  test('voids a signature that was given for less than that, and tells who gave it', async () => {
    await bench.signs(cy, id);
    await bench.deliver();
    const narrower = { minutes: 10, scopeId: role.scopeId, scopeName: 'Staging', startsAt: null };
    await db().update(signatures).set({ terms: narrower });
    await takes(await offers_(bo));
    expect(await states()).toEqual([[cy.id, 'void']]);
    expect((await told('asked_to_sign')).filter((one) => one === cy.id)).toHaveLength(2);
    await bench.signs(cy, id);
    await bench.deliver();
    expect((await states()).at(-1)).toEqual([cy.id, 'recorded']);
  });

  test('counts as the offerer’s signature where they said so, looked at like any other', async () => {
    await takes(await offers_(bo, { minutes: 30 }, true));
    expect(await states()).toEqual([[bo.id, 'intended']]);
    const signed = (await bench.audit(id)).find(({ action }) => action === 'request.signature_intended');
    expect(signed).toMatchObject({ actorId: ada.id, details: { approverId: bo.id, approve: true } });
    await bench.deliver();
    expect(await signedOf(id)).toMatchObject([{ state: 'recorded', terms: { minutes: 30 }, approve: true }]);
    await bench.signs(cy, id);
    await bench.deliver();
    expect(await approvalOf(id)).toMatchObject({ stage: 1 });
  });

  test('signs nothing for an offerer who signed meanwhile, may not any more, or whose stage is over', async () => {
    const first = await offers_(bo, { minutes: 60 }, true);
    await bench.signs(bo, id);
    await bench.deliver();
    await takes(first);
    expect(await states()).toEqual([[bo.id, 'recorded']]);
    const second = await offers_(cy, { minutes: 30 }, true);
    await db().execute(sql`update principals set enabled = false where id = ${cy.id}`);
    await takes(second);
    expect(await states()).toEqual([[bo.id, 'recorded']]);
  });

  test('happens once, also twice at once', async () => {
    const offerId = await offers_(bo, { minutes: 30 }, true);
    const tries = await Promise.allSettled([takes(offerId), takes(offerId), declines(offerId)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const answers = (await bench.audit(id)).filter(({ action }) => /offer_(acc|decl)/.test(action));
    expect(answers).toHaveLength(1);
  });

  test('is the requester’s alone, and of the offer that is open', async () => {
    const offerId = await offers_(bo);
    await expect(takes(offerId, bo)).rejects.toMatchObject({ code: 'not_found' });
    await expect(takes(offerId, lou)).rejects.toMatchObject({ code: 'not_found' });
    await expect(takes(randomUUID())).rejects.toMatchObject({ code: 'offer_closed' });
  });

  test('is refused where the same role is asked for at that place already', async () => {
    await placesBelowStaging();
    const offerId = await offers_(bo, { scopeId: payments });
    const keys = {
      roles: [{ key: `azure|${role.roleId}|${role.scopeId}`, minutes: 5, narrowerScopeId: payments }],
    };
    await db().execute(
      sql`insert into child_scope_reads values (${ada.id}, ${role.scopeId.toLowerCase()}, stint_now(), stint_now(), null)`,
    );
    const { answers } = await bench.submits(ada, [], keys);
    expect(answers[0]?.requestId).toEqual(expect.any(String));
    await expect(takes(offerId)).rejects.toMatchObject({ code: 'already_live' });
  });
});

test('declining leaves it as it was asked, tells the offerer, and is the requester’s alone', async () => {
  const offerId = await offers_(bo);
  await expect(declines(offerId, cy)).rejects.toMatchObject({ code: 'not_found' });
  await declines(offerId);
  expect(await open()).toEqual([]);
  expect(await told('offer_answered')).toEqual([bo.id]);
  expect(await bench.request(id)).toMatchObject({ status: 'awaiting_signatures', minutes: 120 });
  expect((await bench.audit(id)).at(-1)).toMatchObject({ action: 'request.offer_declined', actorId: ada.id });
  expect(await signersOf(id)).not.toEqual([]);
});
