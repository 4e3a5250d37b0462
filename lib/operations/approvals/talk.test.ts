import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { absences, linkedAccounts, requestMessages, watches } from '#db/schema/approvals.ts';
import { principals } from '#db/schema/inventory.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { groupIsRead, ids, reading } from '#lib/operations/approval-policy/testing.ts';
import { type Bench, openBench, type Person } from '#lib/operations/testing.ts';
import { answer, ask } from './ask.ts';
import { handOver } from './hand-over.ts';
import { nudge } from './nudge.ts';
import { offer } from './offer.ts';
import { approvalOf, pins, ruleOf, signedOf, signersOf, stageOf, told } from './talk-testing.ts';
import { decisionsAsk } from './testing/step-up.ts';
import { watchRequest } from './watch-request.ts';

const { ada, bo, cy, lou, petra, samir } = people;
const role = roles.staging;
const vendors = ids.group;
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await decisionsAsk('never');
  await bench.reads(ada);
  await waits();
});

/** Ada’s request waits for Bo and Cy, then for Samir. */
async function waits(team = stageOf('Team', [bo, cy])): Promise<void> {
  await bench.clear();
  await pins(people, ruleOf('two', [team, stageOf('Security', [samir])]));
  id = await bench.files(ada, role);
}
const asks = (person: Person, text = 'Which disk?') => ask(bench.as(person), { requestId: id, text });
const answers = (person: Person, text = 'The second') => answer(bench.as(person), { requestId: id, text });
const nudges = (person: Person = ada) => nudge(bench.as(person), id);
const hands = (person: Person, to: { upn: string | null }, reason = 'I am on a train') =>
  handOver(bench.as(person), { requestId: id, to: to.upn ?? '', reason });
const follows = (person: Person, on = true, ...may: Parameters<typeof bench.as>[1][]) =>
  watchRequest(bench.as(person, ...may), { requestId: id, on });
const thread = () => db().select().from(requestMessages).where(eq(requestMessages.requestId, id));
const turnsCritical = () =>
  db().execute(
    sql`update mirror_roles set definition = jsonb_set(definition, '{actions}', '["*"]') where role_id = ${role.roleId}`,
  );
const awayFor = ({ id: personId, name: personName }: Person) =>
  db()
    .insert(absences)
    .values({
      ...{ id: randomUUID(), personId, personName, note: '', setById: personId, setByName: personName },
      ...{ startsAt: sql`stint_now() - interval '1 hour'`, endsAt: sql`stint_now() + interval '1 hour'` },
    });
const signs = async (person: Person, approve = true) => {
  await bench.signs(person, id, approve);
  return bench.deliver();
};

describe('a question', () => {
  test('reaches the requester, and the answer whoever asked; both are on record', async () => {
    await asks(bo);
    await answers(ada);
    expect(await told('question')).toEqual([ada.id]);
    expect(await told('answer')).toEqual([bo.id]);
    expect((await thread()).map(({ kind, text }) => [kind, text])).toEqual([
      ['question', 'Which disk?'],
      ['answer', 'The second'],
    ]);
    const [asked, answered] = (await bench.audit(id)).slice(-2);
    expect(asked).toMatchObject({
      action: 'request.asked',
      actorId: bo.id,
      details: { text: 'Which disk?' },
    });
    expect(answered).toMatchObject({ action: 'request.answered', actorId: ada.id });
  });

  test('does not stop the clock', async () => {
    const before = await approvalOf(id);
    await asks(bo);
    expect(await approvalOf(id)).toMatchObject({ lapsesAt: before?.lapsesAt, dueAt: before?.dueAt });
  });

  test('is asked by who may sign now, answered by the requester, and only where one was asked', async () => {
    await expect(asks(lou)).rejects.toMatchObject({ code: 'not_found' });
    await expect(asks(samir)).rejects.toMatchObject({ code: 'not_found' });
    await expect(asks(ada)).rejects.toMatchObject({ code: 'own_request' });
    await expect(answers(ada)).rejects.toMatchObject({ code: 'not_pending' });
    await expect(answers(cy)).rejects.toMatchObject({ code: 'not_found' });
    expect(await thread()).toEqual([]);
  });

  test('has a text, and none too long; two at once are both kept', async () => {
    await expect(asks(bo, '')).rejects.toMatchObject({ field: 'text' });
    await expect(asks(bo, 'x'.repeat(501))).rejects.toMatchObject({ field: 'text' });
    await Promise.all([asks(bo), asks(cy)]);
    await answers(ada);
    expect(await told('answer')).toEqual([bo.id, cy.id]);
  });

  test('comes too late once it was denied', async () => {
    await signs(bo, false);
    await expect(asks(cy)).rejects.toMatchObject({ code: 'not_pending' });
    await expect(answers(ada)).rejects.toMatchObject({ code: 'not_pending' });
  });
});

describe('a nudge', () => {
  test('reaches who may sign now and has not, once an hour', async () => {
    await waits(stageOf('Team', [bo, cy], { signatures: 2 }));
    await signs(cy);
    await nudges();
    expect(await told('nudge')).toEqual([bo.id]);
    expect((await bench.audit(id)).at(-1)).toMatchObject({ action: 'request.nudged', actorId: ada.id });
    await bench.advance(59);
    await expect(nudges()).rejects.toMatchObject({ code: 'nudged_lately' });
    await bench.advance(1);
    await nudges();
    expect(await told('nudge')).toEqual([bo.id, bo.id]);
  });

  test('tells nobody where nobody is there who could sign, and the hour is not spent', async () => {
    await waits(stageOf('Team', [bo]));
    await bench.signs(bo, id);
    await expect(nudges()).rejects.toMatchObject({ code: 'nobody_to_nudge' });
    expect(await told('nudge')).toEqual([]);
    expect(await approvalOf(id)).toMatchObject({ nudgedAt: null });
  });

  test('twice at once is one', async () => {
    const tries = await Promise.allSettled([nudges(), nudges(), nudges()]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await told('nudge')).toEqual([bo.id, cy.id]);
  });

  test('is the requester’s alone, while it waits', async () => {
    for (const person of [bo, lou]) await expect(nudges(person)).rejects.toMatchObject({ code: 'not_found' });
    await signs(bo, false);
    await expect(nudges()).rejects.toMatchObject({ code: 'not_pending' });
  });
});

describe('handing over', () => {
  test('lets somebody else sign in one’s place, tells them, and is on record', async () => {
    await hands(bo, petra);
    expect(await told('handed_over')).toEqual([petra.id]);
    expect((await bench.audit(id)).at(-1)).toMatchObject({
      ...{ action: 'request.handed_over', actorId: bo.id },
      details: { to: petra.id, toName: petra.name, stage: 0, justification: 'I am on a train' },
    });
    await signs(petra);
    expect(await signedOf(id)).toMatchObject([{ approverId: petra.id, forId: bo.id, state: 'recorded' }]);
    expect(await approvalOf(id)).toMatchObject({ stage: 1 });
  });

  test('makes no second signature: of the two, one signs', async () => {
    await waits(stageOf('Team', [bo, cy], { signatures: 2 }));
    await hands(bo, petra);
    await signs(bo);
    await expect(signs(petra)).rejects.toMatchObject({ code: 'not_pending' });
    await waits(stageOf('Team', [bo, cy], { signatures: 2 }));
    await hands(bo, petra);
    await signs(petra);
    await expect(signs(bo)).rejects.toMatchObject({ code: 'not_pending' });
    await expect(hands(bo, lou)).rejects.toMatchObject({ code: 'not_pending' });
    await signs(cy);
    expect(await approvalOf(id)).toMatchObject({ stage: 1 });
  });

  test('fills no second stage: in whose place one was signed signs no other', async () => {
    await bench.clear();
    await pins(people, ruleOf('two', [stageOf('Team', [bo, cy]), stageOf('Security', [bo, samir])]));
    id = await bench.files(ada, role);
    await hands(bo, petra);
    await signs(petra);
    expect(await approvalOf(id)).toMatchObject({ stage: 1 });
    await expect(signs(bo)).rejects.toMatchObject({ code: 'already_decided' });
    await signs(samir);
    expect(await approvalOf(id)).toMatchObject({ state: 'approved' });
  });

  test('gives nothing more than its giver has: who is no approver any more has given nothing', async () => {
    await waits(stageOf('Team', [], { approvers: [{ is: 'group', id: 'g', name: 'sg-team' }] }));
    await empty('effective_members');
    await db().execute(sql`insert into effective_members values ('g', ${bo.id}, '[]')`);
    await waits(stageOf('Team', [], { approvers: [{ is: 'group', id: 'g', name: 'sg-team' }] }));
    await hands(bo, petra);
    bench.proof = { ...bench.proof, isWithin: async () => false };
    await signs(petra);
    expect(await signedOf(id)).toMatchObject([{ approverId: petra.id, state: 'refused' }]);
    await empty('effective_members');
    await expect(signs(petra)).rejects.toMatchObject({ code: 'not_pending' });
  });

  test.each<[string, () => Promise<unknown>]>([
    [
      'excluded',
      () => db().execute(sql`insert into effective_members values (${vendors}, ${petra.id}, '[]')`),
    ],
    ['away', () => awayFor(petra)],
    ['asked of a role that turned critical', () => turnsCritical()],
  ])('counts no more once who got it is %s', async (_, happens) => {
    await empty('effective_members inventory_runs');
    await reading();
    await groupIsRead();
    await waits(stageOf('Team', [bo, cy], { excluded: [{ id: vendors, name: 'sg-vendors' }] }));
    bench.proof = { ...bench.proof, isWithin: async (groupId) => groupId !== vendors };
    await hands(bo, petra);
    await happens();
    await expect(signs(petra)).rejects.toMatchObject({ code: 'not_pending' });
    await signs(bo);
    expect(await approvalOf(id)).toMatchObject({ stage: 1 });
  });

  test('again takes the first one back', async () => {
    await hands(bo, petra);
    await hands(bo, lou);
    await expect(signs(petra)).rejects.toMatchObject({ code: 'not_found' });
    await signs(lou);
    expect(await approvalOf(id)).toMatchObject({ stage: 1 });
  });

  test('goes no further than once', async () => {
    await hands(bo, petra);
    await expect(hands(petra, lou)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  test('never reaches the requester, another account of theirs, who can sign already, or nobody', async () => {
    const link = { ownerId: ada.id, linkedAt: new Date(), linkedByName: 'x' };
    await db()
      .insert(linkedAccounts)
      .values(
        [ada, lou].map(({ id: accountId, name: accountName }) => ({ accountId, accountName, ...link })),
      );
    for (const to of [ada, lou, bo, cy, { upn: 'nobody@contoso.example' }])
      await expect(hands(bo, to)).rejects.toMatchObject({ code: 'malformed', field: 'to' });
    expect(await signersOf(id)).toHaveLength(2);
  });

  test('never reaches who is excluded, or has no account that could sign', async () => {
    await waits(stageOf('Team', [bo, cy], { excluded: [{ id: petra.id, name: petra.name }] }));
    await expect(hands(bo, petra)).rejects.toMatchObject({ field: 'to', message: 'Petra Holm is excluded.' });
    await db().update(principals).set({ enabled: false }).where(eq(principals.id, lou.id));
    await expect(hands(bo, lou)).rejects.toMatchObject({ field: 'to' });
  });

  test('of a critical role reaches only whom its stage or its escalation names', async () => {
    const escalation = {
      afterMinutes: 60,
      approvers: [{ is: 'person' as const, id: samir.id, name: samir.name }],
    };
    await waits(stageOf('Team', [bo, cy], { escalation }));
    await turnsCritical();
    await expect(hands(bo, petra)).rejects.toMatchObject({ field: 'to', message: /critical/ });
    await hands(bo, samir);
    expect(await told('handed_over')).toEqual([samir.id]);
  });

  test('is for who may sign and has not; never for the requester or a stranger', async () => {
    await waits(stageOf('Team', [bo, cy], { signatures: 2 }));
    await expect(hands(lou, petra)).rejects.toMatchObject({ code: 'not_found' });
    await expect(hands(ada, petra)).rejects.toMatchObject({ code: 'own_request' });
    await expect(hands(bo, petra, '')).rejects.toMatchObject({ code: 'justification_missing' });
    await signs(bo);
    await expect(hands(bo, petra)).rejects.toMatchObject({ code: 'already_signed' });
  });

  test('by both at once to the same one is one hand-over', async () => {
    const tries = await Promise.allSettled([hands(bo, petra), hands(cy, petra)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await told('handed_over')).toEqual([petra.id]);
  });
});

describe('who is no approver any more', () => {
  const team = stageOf('Team', [], { approvers: [{ is: 'group', id: 'g', name: 'sg-team' }] });
  const inTeam = async (...some: Person[]) => {
    await empty('effective_members');
    for (const one of some)
      await db().execute(sql`insert into effective_members values ('g', ${one.id}, '[]')`);
  };
  beforeEach(async () => {
    await waits({ ...team, remindAfterMinutes: 30 });
    await inTeam(bo, cy);
    await waits({ ...team, remindAfterMinutes: 30 });
    expect(await signersOf(id)).toHaveLength(2);
    await inTeam(cy);
  });

  test('asks, offers and hands over nothing, and is not nudged', async () => {
    await expect(asks(bo)).rejects.toMatchObject({ code: 'not_pending' });
    await expect(hands(bo, petra)).rejects.toMatchObject({ code: 'not_pending' });
    const terms = { minutes: 30 };
    await expect(
      offer(bench.as(bo), { requestId: id, shownStage: 1, terms, reason: 'Half is enough', signs: true }),
    ).rejects.toMatchObject({ code: 'not_pending' });
    await asks(cy);
    await nudges();
    expect(await told('nudge')).toEqual([cy.id]);
  });

  test('is off the list when it is looked up again, and sees the request no longer', async () => {
    await bench.advance(31);
    await bench.duties();
    expect((await signersOf(id)).map(({ approverId }) => approverId)).toEqual([cy.id]);
    await expect(follows(bo)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('stays on the list who handed it over, or is only away', async () => {
    await inTeam(bo, cy);
    await hands(bo, petra);
    await inTeam(cy);
    await awayFor(cy);
    await bench.advance(31);
    await bench.duties();
    expect((await signersOf(id)).map(({ approverId }) => approverId).toSorted()).toEqual(
      [bo.id, cy.id, petra.id].toSorted(),
    );
  });
});

describe('watching', () => {
  test('is for whoever may see it, twice is once, and each change is on record', async () => {
    await Promise.all([follows(bo), follows(bo)]);
    await follows(lou, true, 'Stint.Auditor');
    expect(await db().$count(watches)).toBe(2);
    await follows(bo, false);
    await follows(bo, false);
    const actions = (await bench.actions(id)).filter((action) => action.includes('watched'));
    expect(actions).toEqual(['watched', 'watched', 'unwatched']);
  });

  test('is no way to see more', async () => {
    await expect(follows(lou)).rejects.toMatchObject({ code: 'not_found' });
    await expect(follows(samir)).rejects.toMatchObject({ code: 'not_found' });
  });
});
