import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { decideTogether } from './decide-together.ts';
import { inForce, staged, stageOf } from './testing/policy.ts';
import { decisionsAsk } from './testing/step-up.ts';

const { ada, bo, cy, lou, petra } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await decisionsAsk('never');
  await inForce({ rules: [] });
  await bench.reads(ada);
});

/** Each with the stage that a page shows of it now. */
const shown = (requestIds: string[]) =>
  Promise.all(
    requestIds.map(async (requestId) => ({ requestId, shownStage: await bench.stageShown(requestId) })),
  );

/** What each of them was answered, by code. */
async function together(
  who: typeof bo,
  requestIds: string[],
  approve = true,
  justification = 'Release night',
) {
  const asked = await shown(requestIds);
  const answers = await decideTogether(bench.as(who), { asked, approve, justification }, bench.seal(who), {});
  return answers.map(({ refusal }) => refusal?.code ?? 'taken');
}

const asks = (role: (typeof roles)[keyof typeof roles]) => bench.files(ada, role);
const bulk = (...signers: (typeof bo)[]) => inForce({ rules: [staged([stageOf(signers)])] });

test('each is taken with the one reason, and each is on record by itself', async () => {
  await bulk(bo, cy);
  const ids = [await asks(roles.staging), await asks(roles.onCall)];
  expect(await together(bo, ids)).toEqual(['taken', 'taken']);
  await bench.deliver();
  for (const id of ids) {
    expect(await bench.status(id)).toBe('approved');
    const [told] = (await bench.audit(id)).filter(({ action }) => action === 'request.signature_intended');
    expect(told?.details).toMatchObject({ justification: 'Release night' });
  }
});

test('one that somebody else decided first names them, and holds up none of the others', async () => {
  await bulk(bo, cy);
  const [first, second] = [await asks(roles.staging), await asks(roles.onCall)];
  await bench.signs(cy, first);
  await bench.deliver();
  expect(await together(bo, [first, second, first])).toEqual(['already_decided', 'taken']);
  await bench.deliver();
  expect(await bench.status(second)).toBe('approved');
});

test('nobody decides what is not theirs so, nor their own, nor hears of it', async () => {
  await bulk(bo, cy);
  const id = await asks(roles.staging);
  const unknown = '00000000-0000-4000-8000-000000000001';
  expect(await together(lou, [id, unknown])).toEqual(['not_found', 'not_found']);
  expect(await together(ada, [id])).toEqual(['own_request']);
  expect(await bench.status(id)).toBe('awaiting_signatures');
});

test('what no rule lets be decided together is not, on any plane', async () => {
  const inPim = await asks(roles.cluster);
  await bench.deliver();
  expect(await together(petra, [inPim])).toEqual(['not_together']);
  expect(await bench.status(inPim)).toBe('awaiting_approval');
});

test('what asks for a fresh sign-in of its own is decided on its own', async () => {
  await bulk(bo);
  const id = await asks(roles.staging);
  await decisionsAsk('always');
  expect(await together(bo, [id])).toEqual(['not_together']);
});

test('PIM’s approval of what a rule lets be decided together is decided so as well', async () => {
  await bulk(lou);
  const id = await asks(roles.cluster);
  await bench.signs(lou, id);
  await bench.deliver();
  await bench.starts(ada, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('awaiting_approval');
  expect(await together(cy, [id])).toEqual(['taken']);
  await bench.deliver();
  await bench.looks();
  expect(await bench.status(id)).toBe('active');
});

test('without their token what Stint alone asks is signed, and what Azure has to hear is refused', async () => {
  await bulk(lou);
  const inPim = await asks(roles.cluster);
  await bench.signs(lou, inPim);
  await bench.deliver();
  await bench.starts(ada, inPim);
  await bench.deliver();
  await bulk(cy);
  const inStage = await asks(roles.staging);
  const input = { asked: await shown([inPim, inStage]), approve: true, justification: 'Release night' };
  const codes = async (seal: null | ReturnType<typeof bench.seal>, asked: { arm?: string }) =>
    (await decideTogether(bench.as(cy), input, seal, asked)).map(({ refusal }) => refusal?.code ?? 'taken');
  expect(await codes(null, {})).toEqual(['sign_in_again', 'taken']);
  await bench.deliver();
  expect(await bench.status(inStage)).toBe('approved');
  expect(await codes(bench.seal(cy), { arm: '{"access_token":{}}' })).toEqual([
    'step_up_needed',
    'already_signed',
  ]);
});

test('one that moved on to another stage meanwhile is not signed unseen, and holds up none of the others', async () => {
  const rule = staged([stageOf([bo, cy]), stageOf([bo, lou])]);
  await inForce({ rules: [rule] });
  const [first, second] = [await asks(roles.staging), await asks(roles.onCall)];
  const asked = await shown([first, second]);
  await bench.signs(cy, first);
  await bench.deliver();
  const input = { asked, approve: true, justification: 'Release night' };
  const answers = await decideTogether(bench.as(bo), input, bench.seal(bo), {});
  expect(answers.map(({ refusal }) => refusal?.code ?? 'taken')).toEqual(['stage_moved', 'taken']);
});

test('a no for several needs its reason, like a no for one', async () => {
  await bulk(bo);
  expect(await together(bo, [await asks(roles.staging)], false, '')).toEqual(['justification_missing']);
});
