import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { childScopes } from '#db/schema/child-scopes.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { fieldOfMoment } from '#lib/domain/wall-time.ts';
import { setAbsence } from '#lib/operations/absences/set-absence.ts';
import { tellZone } from '#lib/operations/absences/tell-zone.ts';
import { ask } from '#lib/operations/approvals/ask.ts';
import { handOver } from '#lib/operations/approvals/hand-over.ts';
import { nudge } from '#lib/operations/approvals/nudge.ts';
import { offer } from '#lib/operations/approvals/offer.ts';
import { pins, ruleOf, stageOf } from '#lib/operations/approvals/talk-testing.ts';
import { type Bench, openBench, type Person } from '#lib/operations/testing.ts';
import { absencesFor } from './absences.ts';
import { placesToOffer } from './places-to-offer.ts';
import { requestStory } from './request-story.ts';
import { requestTalk } from './request-talk.ts';
import { talkFactsOf } from './talk-facts.ts';

const { ada, bo, cy, lou, petra, samir } = people;
const role = roles.staging;
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('viewer_zones');
  await bench.reads(ada);
  const escalation = { afterMinutes: 60, approvers: [{ is: 'owner' as const }] };
  const team = stageOf('Team', [bo, cy], { signatures: 2, escalation });
  await pins(people, ruleOf('two', [team, stageOf('Security', [samir])]));
  id = await bench.files(ada, role);
});

const actor = (person: Person, ...may: AppRole[]) => bench.as(person, ...may).actor;
const talk = (person: Person) => requestTalk(actor(person), id);
const facts = async (person: Person) => (await talkFactsOf(actor(person), [id]))(id);
const offers = () =>
  offer(bench.as(bo), {
    requestId: id,
    shownStage: 1,
    terms: { minutes: 30 },
    reason: 'Half an hour is enough',
    signs: true,
  });

describe('the stages of a request', () => {
  test('tell who can sign now, who signed, what is still to come, and who else is asked when', async () => {
    await bench.signs(cy, id);
    await bench.deliver();
    await tellZone(bench.as(bo), 'Asia/Tokyo');
    const { stages = [] } = (await talk(ada)) ?? {};
    expect(stages).toMatchObject([
      {
        ...{ name: 'Team', state: 'now', needed: 2 },
        signed: [{ name: cy.name, approve: true, isIntended: false }],
        signers: [{ name: bo.name, availability: { away: null, zone: 'Asia/Tokyo' } }],
        escalation: { sets: ['who owns the resource'], isDone: false },
      },
      { name: 'Security', state: 'to_come', sets: [samir.name], signers: [], signed: [] },
    ]);
    expect(stages[0]?.escalation?.at?.getTime()).toBeGreaterThan(bench.now().getTime());
  });

  test('say who is away until when and who signs, and whose place is signed asks nobody else', async () => {
    const at = (minutes: number) => fieldOfMoment(plusMinutes(bench.now(), minutes), 'UTC');
    const form = { from: at(-5), until: at(600), zone: 'UTC', note: '', person: null, deputy: null };
    await setAbsence(bench.as(bo), form);
    const [team] = (await talk(ada))?.stages ?? [];
    expect(team?.signers.find(({ name }) => name === bo.name)?.availability.away).toMatchObject({
      deputyName: null,
    });
    await handOver(bench.as(cy), { requestId: id, to: petra.id, reason: 'On a train' });
    await bench.signs(petra, id);
    await bench.deliver();
    const [after] = (await talk(ada))?.stages ?? [];
    expect(after?.signers.map(({ name }) => name)).toEqual([bo.name]);
    expect(after?.signed).toMatchObject([{ name: petra.name, forName: cy.name }]);
  });

  test('stand as they are once it is denied', async () => {
    await bench.signs(bo, id, false);
    await bench.deliver();
    const said = await talk(ada);
    expect(said?.stages.map(({ state, signers }) => [state, signers.length])).toEqual([
      ['not_reached', 0],
      ['not_reached', 0],
    ]);
    expect(said).toMatchObject({ lapsesAt: null, offer: null, may: { nudge: false } });
  });
});

describe('what is said', () => {
  test('is open to who may see the request, and each is offered what they may do', async () => {
    await ask(bench.as(bo), { requestId: id, text: 'Which disk?' });
    await offers();
    expect(await talk(ada)).toMatchObject({
      ...{ facts: null, thread: [{ text: 'Which disk?' }], offer: { terms: { minutes: 30 }, signs: true } },
      may: { nudge: true, answer: true, take: true, watch: false },
    });
    expect(await talk(cy)).toMatchObject({
      facts: { mayHandOver: true, hasPlaces: true, thread: [{ text: 'Which disk?' }] },
      may: { nudge: false, answer: false, take: false, watch: true },
    });
    expect(await requestStory(actor(lou), id)).toBeNull();
    expect(await requestStory(actor(cy), id)).not.toBeNull();
    expect(await facts(lou)).toBeNull();
    expect(await facts(ada)).toBeNull();
    expect(await facts(samir)).toBeNull();
  });

  test('of an offer from a stage that is over says no signature', async () => {
    await offers();
    await db().execute(sql`update offers set stage = 1`);
    expect((await talk(ada))?.offer).toMatchObject({ signs: false });
  });

  test('tells when the requester may nudge again', async () => {
    expect((await talk(ada))?.nudgeAt).toBeNull();
    await nudge(bench.as(ada), id);
    const at = (await talk(ada))?.nudgeAt;
    expect(at?.getTime()).toBeGreaterThan(plusMinutes(bench.now(), 59).getTime());
  });
});

test('places to offer are those below that the requester was told of, for who may sign alone', async () => {
  const below = { principalId: ada.id, kind: 'resource_group' as const };
  const a = `${role.scopeId}/resourceGroups/a`;
  await db()
    .insert(childScopes)
    .values([
      { ...below, parentId: role.scopeId.toLowerCase(), id: a, name: 'a' },
      { ...below, parentId: a.toLowerCase(), id: `${a}/providers/x/y/z`, name: 'z' },
      { ...below, parentId: '/subscriptions/other', id: '/subscriptions/other/b', name: 'b' },
      {
        ...below,
        principalId: lou.id,
        parentId: role.scopeId.toLowerCase(),
        id: `${role.scopeId}/l`,
        name: 'l',
      },
    ]);
  expect((await placesToOffer(actor(bo), id))?.map(({ path }) => path)).toEqual(['a', 'a › z']);
  for (const other of [ada, lou, samir]) expect(await placesToOffer(actor(other), id)).toBeNull();
});

test('absences are one’s own and those one stands in for; everybody’s for administrators alone', async () => {
  const at = (minutes: number) => fieldOfMoment(plusMinutes(bench.now(), minutes), 'UTC');
  const form = { from: at(60), until: at(600), zone: 'UTC', note: 'Leave', person: null };
  await setAbsence(bench.as(bo), { ...form, deputy: cy.upn });
  expect(await absencesFor(actor(bo))).toMatchObject({
    mine: [{ state: 'coming', setByName: null }],
    all: null,
  });
  expect(await absencesFor(actor(cy))).toMatchObject({
    mine: [],
    standsIn: [{ personName: bo.name }],
    all: null,
  });
  expect(await absencesFor(actor(lou))).toMatchObject({ mine: [], standsIn: [], all: null });
  expect(await absencesFor(actor(lou, 'Stint.Administrator'))).toMatchObject({
    all: [{ deputyName: cy.name }],
  });
});
