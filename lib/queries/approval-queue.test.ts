import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db, opened } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { empty } from '#db/empty.ts';
import { absences, requestApprovals, stageApprovers, watches } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import { hangs, managementGroup } from '#db/testing.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { decisionsAsk } from '#lib/operations/approvals/testing/step-up.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { approvalQueue } from './approval-queue.ts';
import { hasSigned, mayEachSign, stage, waitsInStages } from './approval-testing.ts';
import { decidedLately } from './decided-lately.ts';
import { myAccess } from './my-access.ts';
import { shellCounts } from './shell-counts.ts';
import { teamWaiting } from './team-waiting.ts';
import { watched } from './watched.ts';

const { ada, bo, cy, lou, petra, samir } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await empty(`request_approvals stage_approvers signatures watches absences responsibles effective_members
    assignments inventory_runs`);
  await bench.reset();
  await decisionsAsk('never');
  await bench.reads(ada);
});

const actor = (person: { id: string; name: string }) => bench.as(person).actor;
const auditor = () => bench.as({ id: 'auden', name: 'Auden' }, 'Stint.Auditor').actor;
const waits = async (role = roles.cluster) => {
  const id = await bench.files(ada, role);
  await bench.deliver();
  return id;
};
const mine = async (person: { id: string; name: string }) =>
  (await approvalQueue(actor(person))).waiting.map((card) => card.requestId);
const anybody = stage('Owners', { is: 'person', id: cy.id, name: cy.name });

describe('what waits for the viewer', () => {
  test('is a card to each approver, none to its person, strangers or auditors', async () => {
    const id = await waits();
    for (const who of [bo, cy]) {
      expect(await mine(who)).toEqual([id]);
      expect(await shellCounts(actor(who))).toMatchObject({ approvals: 1 });
    }
    for (const who of [actor(ada), actor(lou), actor(samir), auditor()]) {
      expect(await approvalQueue(who)).toMatchObject({ waiting: [], counts: { mine: 0, team: 0 } });
      expect(await shellCounts(who)).toMatchObject({ approvals: 0 });
    }
  });

  test('is a stage of Stint’s as well as PIM’s approval, and the badge counts both', async () => {
    const inStage = await waits();
    await waitsInStages(inStage, [anybody, stage('Security')], [bo, lou]);
    const inPim = await waits(roles.breakFix);
    expect(await mine(bo)).toEqual([inStage, inPim]);
    expect(await mine(lou)).toEqual([inStage]);
    expect(await mine(cy)).toEqual([inPim]);
    expect(await shellCounts(actor(bo))).toMatchObject({ approvals: 2 });
    const [card] = (await approvalQueue(actor(lou))).waiting;
    expect(card).toMatchObject({
      asks: 'stint',
      others: [{ name: 'Bo Okafor' }],
      stage: { rule: 'Production', name: 'Owners', number: 1, of: 2, needed: 1, signed: [] },
    });
  });

  test('begins with what lapses soonest, whoever asks', async () => {
    const inPim = await waits(roles.breakFix);
    const inStage = await waits();
    await waitsInStages(inStage, [anybody], [bo], { lapseMinutes: 30 });
    expect(await mine(bo)).toEqual([inStage, inPim]);
    await db()
      .update(requestApprovals)
      .set({ lapsesAt: plusMinutes(await clock(db()), 3 * 24 * 60) });
    expect(await mine(bo)).toEqual([inPim, inStage]);
  });

  test('is nothing that they signed, handed over, or that has gone on to another stage', async () => {
    const id = await waits();
    await waitsInStages(id, [{ ...anybody, signatures: 2 }, stage('Security')], [bo, cy, lou]);
    await hasSigned(id, bo);
    await db().update(stageApprovers).set({ handedToId: lou.id }).where(eq(stageApprovers.approverId, cy.id));
    expect([await mine(bo), await mine(cy), await mine(lou)]).toEqual([[], [], [id]]);
    await db().update(requestApprovals).set({ stage: 1 });
    await mayEachSign(id, 1, [samir]);
    expect([await mine(lou), await mine(samir)]).toEqual([[], [id]]);
  });

  test('is never a stage of their own request, even where its rows would name them', async () => {
    const id = await waits();
    await waitsInStages(id, [anybody], [ada, bo]);
    expect([await mine(ada), await mine(bo)]).toEqual([[], [id]]);
  });

  test('says that the viewer’s signature is looked at, and why one did not count', async () => {
    const id = await waits();
    await waitsInStages(id, [{ ...anybody, signatures: 2 }], [bo, cy]);
    await hasSigned(id, cy, { state: 'intended' });
    const card = async () => (await approvalQueue(actor(bo))).waiting[0];
    expect(await card()).toMatchObject({ deciding: null });
    await hasSigned(id, bo, { state: 'refused', failure: 'You are not in sg-owners any more.' });
    expect(await card()).toMatchObject({ deciding: null, failure: 'You are not in sg-owners any more.' });
    await hasSigned(id, bo, { state: 'intended' });
    expect(await card()).toMatchObject({ deciding: { name: 'Bo Okafor', approve: true }, failure: null });
  });

  test('says that another’s signature, which would be the last one needed, is looked at', async () => {
    const id = await waits();
    await waitsInStages(id, [anybody], [bo, cy]);
    await hasSigned(id, cy, { state: 'intended' });
    expect((await approvalQueue(actor(bo))).waiting[0]).toMatchObject({
      deciding: { name: 'Cy Tran', approve: true },
    });
  });

  test('says so where PIM asks somebody who signed for Stint', async () => {
    const id = await waits();
    await waitsInStages(id, [anybody], [bo]);
    await hasSigned(id, bo);
    await db().update(requestApprovals).set({ state: 'approved' });
    await db().update(requests).set({ status: 'awaiting_approval' });
    await db().execute(
      sql`insert into request_approvers (request_id, approver_id, approver_name) values (${id}, ${bo.id}, 'Bo Okafor'), (${id}, ${cy.id}, 'Cy Tran')`,
    );
    expect((await approvalQueue(actor(bo))).waiting[0]).toMatchObject({ asks: 'pim', signed: true });
    expect((await approvalQueue(actor(cy))).waiting[0]).toMatchObject({ asks: 'pim', signed: false });
  });

  test('comes in pages that overlap in nothing and leave nothing out, with the same few questions', async () => {
    const one = await waits();
    await waitsInStages(one, [anybody], [bo]);
    const like = (table: 'requests' | 'request_approvals', with_: string, from: string) =>
      db().execute(
        sql.raw(`insert into ${table} select (jsonb_populate_record(t, jsonb_build_object(${with_}))).*
          from ${table} t, ${from}`),
      );
    const others = `(select id from requests where requester_id like 'somebody-%') o`;
    await like(
      'requests',
      `'id', gen_random_uuid(), 'requester_id', 'somebody-' || n, 'azure_id', null`,
      'generate_series(1, 59) n',
    );
    await like('request_approvals', `'request_id', o.id`, others);
    await db().execute(
      sql.raw(`insert into stage_approvers (request_id, stage, approver_id, approver_name)
        select o.id, 0, '${bo.id}', 'Bo' from ${others}`),
    );
    const query = vi.spyOn(opened().raw as unknown as { query(): unknown }, 'query');
    const first = await approvalQueue(actor(bo));
    const asked = query.mock.calls.length;
    const seen = [first.waiting.map(({ requestId }) => requestId)];
    for (let { more } = first; more; ) {
      const page = await approvalQueue(actor(bo), more);
      seen.push(page.waiting.map(({ requestId }) => requestId));
      more = page.more;
    }
    query.mockClear();
    await approvalQueue(actor(bo), first.more);
    expect(query.mock.calls.length).toBe(asked);
    query.mockRestore();
    expect(seen.map((page) => page.length)).toEqual([25, 25, 10]);
    expect(new Set(seen.flat()).size).toBe(60);
    expect(first.counts).toMatchObject({ mine: 60 });
  });
});

describe('a card', () => {
  test('names person, reason, length, who else can decide, and earlier activations', async () => {
    const before = await waits();
    await bench.decides(bo, before, true);
    await bench.deliver();
    await bench.looks();
    await bench.pass(61, 30);
    await bench.looks();
    expect(await bench.status(before)).toBe('ended');
    await waits();
    const [card] = (await approvalQueue(actor(bo))).waiting;
    expect(card).toMatchObject({
      requester: { id: ada.id, name: 'Ada Lind' },
      justification: 'A disk is full',
      minutes: 60,
      maximumMinutes: 240,
      others: [{ name: 'Cy Tran' }, { name: 'Petra Holm' }],
      before: {
        count: 1,
        denied: 0,
        endedEarly: 0,
        usualMinutes: 60,
        last: [{ minutes: 60, how: 'expired' }],
      },
      othersMinutes: null,
      deciding: null,
      stage: null,
    });
  });

  test('says what the person holds there now or above, directly or by a group, and not elsewhere', async () => {
    await waits();
    const holds = async () => (await approvalQueue(actor(bo))).waiting[0]?.holds;
    expect(await holds()).toBeNull();
    const production = '/subscriptions/55555555-0001-4000-8000-000000000001';
    await db().execute(sql`
      insert into inventory_runs (id, started_at, finished_at, gone_on_at)
        values (gen_random_uuid(), now(), now(), now())`);
    await db().execute(
      sql`insert into effective_members (group_id, member_id, through) values ('readers', ${ada.id}, '[]')`,
    );
    expect(await holds()).toEqual([]);
    const holding = (id: string, holder: string, role: string, scope: string, kind = 'standing') => sql`
      insert into assignments (id, list, place, plane, kind, role_id, role_name, scope_id, scope_name, scope_kind,
        principal_id, azure_id, seen_in, first_seen_at)
      values (${id}, 'azure_active', '/', 'azure', ${kind}, ${role}, ${role}, ${scope}, ${scope}, 'subscription',
        ${holder}, ${id}, gen_random_uuid(), now())`;
    await db().execute(holding('1', 'readers', 'Reader', production.toUpperCase()));
    await db().execute(holding('2', ada.id, roles.cluster.roleId, roles.cluster.scopeId));
    await db().execute(holding('3', ada.id, 'Owner', `${production}9`));
    await db().execute(holding('4', ada.id, 'Eligible', production, 'eligible'));
    await db().execute(holding('5', bo.id, 'Owner', production));
    expect(await holds()).toMatchObject([
      { roleName: roles.cluster.roleId, isSame: true },
      { roleName: 'Reader', isSame: false },
    ]);
  });

  test('says how the role was asked for in 90 days, by everybody, and how many who could have it did', async () => {
    const lately = async () => (await approvalQueue(actor(bo))).waiting[0]?.lately;
    const id = await waits();
    expect(await lately()).toMatchObject({ asks: 0, last: null, usualMinutes: null, eligible: null });
    const { plane, roleId, scopeId } = roles.cluster;
    const past = async (days: number, minutes: number, more: Partial<typeof requests.$inferInsert> = {}) => {
      const at = plusMinutes(bench.now(), -days * 1440);
      const [base] = await db().select().from(requests).where(eq(requests.id, id));
      const times = {
        startsAt: at,
        activeAt: at,
        endsAt: plusMinutes(at, 60),
        endedAt: plusMinutes(at, minutes),
      };
      await db()
        .insert(requests)
        .values({
          ...{ ...(base ?? expect.fail()), ...times, id: crypto.randomUUID(), azureId: null },
          ...{ filedAt: at, status: 'ended', ...more },
        });
    };
    await past(1, 10, { requesterId: lou.id, requesterName: lou.name });
    await past(2, 20);
    await past(89, 60);
    await past(91, 5);
    await past(3, 5, { roleId: 'another' });
    const no = { activeAt: null, endedAt: null, startsAt: null, endsAt: null };
    await past(4, 0, { ...no, status: 'denied' });
    for (const [one, person] of [ada, lou, samir].entries())
      await db().execute(sql`
        insert into assignments (id, list, place, plane, kind, role_id, role_name, scope_id, scope_name, scope_kind,
          principal_id, azure_id, seen_in, first_seen_at)
        values (${`e${one}`}, 'azure_eligible', '/', ${plane}, 'eligible', ${roleId}, 'R', ${scopeId.toUpperCase()}, 'S',
          'resource', ${one === 2 ? 'a-group' : person.id}, ${`e${one}`}, gen_random_uuid(), now())`);
    await db().execute(
      sql`insert into effective_members (group_id, member_id, through) values ('a-group', ${samir.id}, '[]')`,
    );
    for (const [principal, kind] of [
      ...[ada, lou, samir].map((one) => [one.id, 'member']),
      ['a-group', 'group'],
    ])
      await db().execute(sql`
        insert into principals (id, kind, name, enabled, list, seen_in, first_seen_at)
        values (${principal}, ${kind}, 'X', true, 'users', gen_random_uuid(), now()) on conflict do nothing`);
    expect(await lately()).toMatchObject({
      ...{ asks: 4, isMore: false, activated: 3, denied: 1, people: 2, usualMinutes: 20 },
      ...{ grantedMinutes: 180, usedMinutes: 90, last: { personName: lou.name, minutes: 10 } },
      ...{ eligible: 3, eligibleActivated: 2 },
    });
    await empty('principals');
  });

  test('draws the scope as a path, with the names that are known', async () => {
    await waits();
    const above = async () => (await approvalQueue(actor(bo))).waiting[0]?.above;
    expect(await above()).toEqual(['rg-platform']);
    const production = '/subscriptions/55555555-0001-4000-8000-000000000001';
    const platform = '/providers/Microsoft.Management/managementGroups/platform';
    await db().execute(sql`
      insert into child_scopes (principal_id, parent_id, id, name, kind)
        values (${ada.id}, ${platform.toLowerCase()}, ${production}, 'Production', 'subscription'),
          (${bo.id}, 'elsewhere', ${platform}, 'Not Ada’s to see', 'management_group'),
          (${ada.id}, 'root', ${platform}, 'Platform', 'management_group')`);
    expect(await above()).toEqual(['Platform', 'Production', 'rg-platform']);
    // What the Reader saw counts before what anybody was told.
    await hangs(managementGroup('landing'), production);
    await hangs(managementGroup('root'), managementGroup('landing'));
    expect(await above()).toEqual(['landing', production.split('/').at(-1), 'rg-platform']);
    await empty('scope_tree');
  });

  test('says who is away, and what makes it worth a second look', async () => {
    await waits();
    const now = await clock(db());
    await db()
      .insert(absences)
      .values({
        ...{ id: crypto.randomUUID(), personId: cy.id, personName: cy.name, note: '' },
        ...{
          setById: cy.id,
          setByName: cy.name,
          startsAt: plusMinutes(now, -60),
          endsAt: plusMinutes(now, 60),
        },
      });
    const [card] = (await approvalQueue(actor(bo))).waiting;
    expect(card?.others).toMatchObject([
      { name: 'Cy Tran', availability: { away: { deputyName: null } } },
      { name: 'Petra Holm', availability: { away: null } },
    ]);
    expect(card?.risk.reasons).toContain('never had it here before');
  });

  test('is decided on its own unless its rule says otherwise', async () => {
    const alone = await waits(roles.breakFix);
    const id = await waits();
    await waitsInStages(id, [anybody], [bo], { bulk: true });
    const cards = (await approvalQueue(actor(bo))).waiting;
    const why = (of: string) => cards.find(({ requestId }) => requestId === of)?.alone;
    expect(why(id)).toBeNull();
    expect(why(alone)).toContain('No rule');
  });
});

describe('what was decided', () => {
  test('is on its way, then among the decided for every approver, and told in the place of the card', async () => {
    const id = await waits();
    await bench.decides(bo, id, false, 'Not now');
    expect((await approvalQueue(actor(cy))).waiting[0]?.deciding).toEqual({
      name: 'Bo Okafor',
      approve: false,
    });
    await bench.deliver();
    for (const [who, own, told] of [
      [bo, true, 'You denied this.'],
      [cy, false, 'Bo Okafor denied this.'],
    ] as const) {
      expect(await approvalQueue(actor(who))).toMatchObject({
        waiting: [],
        settled: [{ requestId: id, text: told }],
      });
      const { rows } = await decidedLately(actor(who), null);
      expect(rows).toMatchObject([{ requestId: id, approverName: 'Bo Okafor', approve: false, mine: own }]);
    }
    for (const who of [ada, lou]) expect((await decidedLately(actor(who), null)).rows).toEqual([]);
  });

  test('are signatures too, those that did not count only for who gave them; in pages', async () => {
    const id = await waits();
    await waitsInStages(id, [{ ...anybody, signatures: 2 }], [bo, cy]);
    await hasSigned(id, bo, { state: 'refused', failure: 'Not any more.' });
    await hasSigned(id, cy);
    const states = async (who: typeof bo) =>
      (await decidedLately(actor(who), null)).rows.map(({ asks, state, mine: own }) => [asks, state, own]);
    expect((await states(bo)).toSorted()).toEqual([
      ['stint', 'recorded', false],
      ['stint', 'refused', true],
    ]);
    expect(await states(cy)).toEqual([['stint', 'recorded', true]]);
    for (let at = 0; at < 30; at++) await hasSigned(id, bo, { state: 'lost', signedAt: new Date(at) });
    const first = await decidedLately(actor(bo), null);
    const second = await decidedLately(actor(bo), first.more);
    expect([first.rows.length, second.rows.length, second.more]).toEqual([25, 7, null]);
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id)).size).toBe(32);
  });
});

describe('the team’s', () => {
  const team = async (person: { id: string; name: string }) =>
    (await teamWaiting(actor(person), null)).rows.map(({ requestId, why, isOpen }) => [
      requestId,
      why,
      isOpen,
    ]);

  test('is what people who report to the viewer wait for, though not to be opened', async () => {
    const id = await waits();
    await db().execute(sql`
      insert into responsibles (principal_id, responsible_id, "as", list, seen_in, first_seen_at)
        values (${ada.id}, ${lou.id}, 'manager', 'users', gen_random_uuid(), now()),
          (${ada.id}, ${samir.id}, 'sponsor', 'users', gen_random_uuid(), now())`);
    expect(await team(lou)).toEqual([[id, 'reports', false]]);
    expect(await approvalQueue(actor(lou))).toMatchObject({ counts: { mine: 0, team: 1 }, waiting: [] });
    for (const who of [ada, bo, samir]) expect(await team(who)).toEqual([]);
    await db().execute(sql`update responsibles set gone_at = now()`);
    expect(await team(lou)).toEqual([]);
  });

  test('is what the viewer signed or handed over, or a stage of which names a group of theirs, while it waits', async () => {
    const id = await waits();
    const owners = stage('Owners', { is: 'group', id: 'SG-OWNERS', name: 'sg-owners' });
    await waitsInStages(id, [{ ...anybody, signatures: 2 }, owners], [bo, cy]);
    await hasSigned(id, bo);
    await db().update(stageApprovers).set({ handedToId: lou.id }).where(eq(stageApprovers.approverId, cy.id));
    await db().execute(
      sql`insert into effective_members (group_id, member_id, through) values ('sg-owners', ${petra.id}, '[]'), ('sg-owners', ${ada.id}, '[]')`,
    );
    expect(await team(bo)).toEqual([[id, 'signed', true]]);
    expect(await team(cy)).toEqual([[id, 'handed_over', true]]);
    expect(await team(petra)).toEqual([[id, 'group', false]]);
    for (const who of [ada, samir]) expect(await team(who)).toEqual([]);
    const [row] = (await teamWaiting(actor(petra), null)).rows;
    expect(row).toMatchObject({ approvers: ['Cy Tran'], stage: { number: 1, of: 2 } });
    await db().update(requestApprovals).set({ state: 'denied' });
    await db().update(requests).set({ status: 'denied' });
    expect(await team(bo)).toEqual([]);
  });
});

test('what is watched is shown only as long as its story is open to the viewer', async () => {
  const id = await waits();
  const since = await clock(db());
  for (const { id: personId } of [bo, lou, samir])
    await db().insert(watches).values({ personId, requestId: id, since });
  await db().insert(watches).values({ personId: 'auden', requestId: id, since });
  const seen = async (who: Parameters<typeof watched>[0]) =>
    (await watched(who, null)).rows.map((row) => row.requestId);
  expect([await seen(actor(bo)), await seen(auditor())]).toEqual([[id], [id]]);
  expect([await seen(actor(lou)), await seen(actor(samir)), await seen(actor(cy))]).toEqual([[], [], []]);
});

test('a request that waits for signatures names on its line who can sign', async () => {
  const id = await waits();
  await waitsInStages(id, [{ ...anybody, signatures: 2 }], [bo, cy]);
  await hasSigned(id, bo);
  expect((await myAccess(actor(ada))).pending).toMatchObject([
    { id, status: 'awaiting_signatures', approvers: ['Cy Tran'] },
  ]);
});
