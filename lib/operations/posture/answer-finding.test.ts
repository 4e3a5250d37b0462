import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { assignments, responsibles } from '#db/schema/inventory.ts';
import { sessions } from '#db/schema/people.ts';
import { effectiveMembers, findings } from '#db/schema/posture.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { asPerson } from '#lib/operations/context.ts';
import { acceptFinding } from './accept-finding.ts';
import { assignFinding } from './assign-finding.ts';
import { reopenFinding } from './reopen-finding.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());

const as = (objectId: string, ...roles: AppRole[]) =>
  asPerson(
    { tenantId: testTenant, objectId, name: objectId, upn: `${objectId}@contoso.example`, roles },
    'trace',
  );
const mira = as('mira', 'Stint.Administrator');
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const acceptance = { reason: 'Until the migration is over', until: inDays(30) };

let findingId = '';
beforeEach(async () => {
  await empty('findings effective_members sessions assignments responsibles');
  findingId = randomUUID();
  await db()
    .insert(findings)
    .values({
      ...{ id: findingId, kind: 'standing_privilege', subject: findingId, risk: 'high', rank: 0, title: 'T' },
      ...{
        evidence: [],
        nextStep: 'N',
        principalId: 'ines',
        state: 'open',
        firstSeenAt: inDays(-1),
        lastSeenAt: inDays(0),
      },
    });
});

const now = async () => (await db().select().from(findings).where(eq(findings.id, findingId)))[0];
const told = async () =>
  (await db().select().from(auditEntries).where(eq(auditEntries.subjectId, findingId))).map(
    ({ action, actorId, details }) => ({ action, actorId, details }),
  );
const seen = (version = 1) => ({ findingId, version });
const refused = (what: Promise<unknown>, code: RefusalCode) => expect(what).rejects.toMatchObject({ code });
const signedIn = (objectId: string, ...roles: AppRole[]) =>
  db()
    .insert(sessions)
    .values({
      ...{
        id: randomUUID(),
        secretHash: randomUUID(),
        objectId,
        tenantId: testTenant,
        name: objectId,
        upn: objectId,
        roles,
      },
      ...{ createdAt: inDays(-1), lastSeenAt: inDays(0), expiresAt: inDays(1) },
    });
const verbs = {
  assign: (ctx = mira, version = 1) => assignFinding(ctx, seen(version), null),
  accept: (ctx = mira, version = 1) => acceptFinding(ctx, seen(version), acceptance),
  reopen: (ctx = mira, version = 1) => reopenFinding(ctx, seen(version)),
};

describe.each(Object.entries(verbs))('to %s', (_, verb) => {
  test('is for administrators: others find nothing, and nothing is written', async () => {
    for (const stranger of [as('ada'), as('rhea', 'Stint.Reviewer'), as('auden', 'Stint.Auditor')])
      await refused(verb(stranger), 'not_found');
    expect(await now()).toMatchObject({ version: 1, state: 'open' });
    expect(await told()).toEqual([]);
  });
  test('what changed since it was seen, or is gone, is a conflict; what never was is not found', async () => {
    await refused(verb(mira, 2), 'conflict');
    await db().update(findings).set({ state: 'gone' });
    await refused(verb(), 'conflict');
    await db().delete(findings);
    await refused(verb(), 'not_found');
  });
});

describe('a finding is given', () => {
  test('to an administrator or auditor who has signed in, and taken from them again, on record', async () => {
    await signedIn('auden', 'Stint.Auditor');
    await assignFinding(mira, seen(), 'auden');
    expect(await now()).toMatchObject({ assigneeId: 'auden', assigneeName: 'auden', version: 2 });
    await assignFinding(mira, seen(2), null);
    expect(await now()).toMatchObject({ assigneeId: null, assigneeName: null });
    expect((await told()).map(({ action, details }) => [action, details.to])).toEqual([
      ['finding.assigned', 'auden'],
      ['finding.assigned', null],
    ]);
  });
  test('to nobody else', async () => {
    await signedIn('rhea', 'Stint.Reviewer');
    for (const id of ['rhea', 'unknown']) await refused(assignFinding(mira, seen(), id), 'malformed');
  });
});

describe('a finding is accepted', () => {
  test('until a day, with a reason, on record; and the acceptance taken back', async () => {
    await verbs.accept();
    expect(await now()).toMatchObject({
      state: 'accepted',
      acceptedById: 'mira',
      acceptedReason: acceptance.reason,
    });
    await verbs.reopen(mira, 2);
    expect(await now()).toMatchObject({ state: 'open', acceptedById: null, acceptedUntil: null, version: 3 });
    expect((await told()).map(({ action, actorId }) => `${actorId} ${action}`)).toEqual([
      'mira finding.accepted',
      'mira finding.reopened',
    ]);
    await refused(verbs.reopen(mira, 3), 'conflict');
  });
  test.each([
    ['without a reason', { ...acceptance, reason: '' }, 'reason'],
    ['with too long a reason', { ...acceptance, reason: 'x'.repeat(501) }, 'reason'],
    ['until a day that is past', { ...acceptance, until: inDays(-1) }, 'until'],
    ['for more than 180 days', { ...acceptance, until: inDays(181) }, 'until'],
  ])('not %s', async (_, how, field) => {
    await expect(acceptFinding(mira, seen(), how)).rejects.toMatchObject({ code: 'malformed', field });
    expect(await now()).toMatchObject({ state: 'open' });
  });
  test('not by the one it is about, nor through a group they are in', async () => {
    await refused(verbs.accept(as('ines', 'Stint.Administrator')), 'own_finding');
    await db().update(findings).set({ principalId: 'sg-ops' });
    await db()
      .insert(effectiveMembers)
      .values({ groupId: 'sg-ops', memberId: 'mira', through: ['sg-between'] });
    await refused(verbs.accept(), 'own_finding');
    await verbs.accept(as('nadia', 'Stint.Administrator'));
  });
  test('not by who may join the group it is about, or owns it or the workload, but by their manager', async () => {
    const seenBy = { seenIn: findingId, firstSeenAt: inDays(-1) };
    await db().update(findings).set({ principalId: 'sg-ops' });
    const may = (id: string, roleId: string, scopeId: string) =>
      db()
        .insert(assignments)
        .values({
          ...{ id, list: 'group_eligible', place: scopeId, plane: 'group', kind: 'eligible', roleId },
          ...{ roleName: roleId, scopeId, scopeName: scopeId, scopeKind: 'group', principalId: id },
          ...{ azureId: id, ...seenBy },
        });
    await may('ada', 'member', 'sg-ops');
    await may('bo', 'owner', 'SG-inner');
    await db().insert(effectiveMembers).values({ groupId: 'sg-ops', memberId: 'sg-inner', through: [] });
    const answers = (responsibleId: string, as: 'owner' | 'manager') => ({
      ...{ principalId: 'sg-ops', responsibleId, as, list: 'groups' as const, ...seenBy },
    });
    await db()
      .insert(responsibles)
      .values([answers('cy', 'owner'), answers('nadia', 'manager')]);
    for (const id of ['ada', 'bo', 'cy']) {
      await refused(verbs.accept(as(id, 'Stint.Administrator')), 'own_finding');
    }
    await verbs.accept(as('nadia', 'Stint.Administrator'));
  });
  test('nor by another account of who it is about', async () => {
    await db()
      .insert(linkedAccounts)
      .values(
        ['ines', 'adm-ines'].map((accountId) => ({
          ...{ ownerId: 'ines', accountId, accountName: accountId },
          ...{ linkedByName: 'Nadia', linkedAt: inDays(-1) },
        })),
      );
    try {
      await refused(verbs.accept(as('adm-ines', 'Stint.Administrator')), 'own_finding');
    } finally {
      await db().delete(linkedAccounts);
    }
  });
  test('by two at once: one wins, the other is told, and the record has one', async () => {
    const both = await Promise.allSettled([verbs.accept(), verbs.accept(as('nadia', 'Stint.Administrator'))]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect(await told()).toHaveLength(1);
  });
});
