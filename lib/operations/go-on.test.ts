import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { decisions } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { mfaClaims } from '#lib/domain/challenge.ts';
import { approvalQueue } from '#lib/queries/approval-queue.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { decide } from './approvals/decide.ts';
import { goOn, type SteppedUpFor } from './go-on.ts';
import { cancel } from './requests/cancel.ts';
import { end } from './requests/end.ts';
import { extend } from './requests/extend.ts';
import { keepChallenge } from './requests/keep-challenge.ts';
import { type Bench, openBench } from './testing.ts';

const { ada, bo, cy } = people;
const p1 = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const challenged = () =>
  new AzureFault('step_up_needed', {
    status: 401,
    code: 'RequestDisallowedByAzure',
    message: '',
    claims: p1,
  });
const stepsUp = (who: typeof ada, requestId: string, rest: Partial<SteppedUpFor> = {}) =>
  goOn(bench.as(who), { requestId, decisionId: null, audience: 'arm', claims: p1, ...rest }, bench.seal(who));
const actor = (who: typeof ada) => bench.as(who).actor;
const made = (id: string) => db().select().from(decisions).where(eq(decisions.requestId, id));

describe('a decision that Azure wants a stronger sign-in for', () => {
  /** A request of Ada’s, and Bo’s decision on it that waits for his sign-in. */
  async function waits() {
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    await bench.decides(bo, id, true, 'Known work');
    bench.azure.failNext('decide', challenged());
    await bench.deliver();
    const [decision] = await made(id);
    return { id, decisionId: decision?.id ?? '' };
  }

  test('waits with its reason, shows the approver the way on, and leaves the request to others', async () => {
    const { id, decisionId } = await waits();
    expect(await made(id)).toMatchObject([
      { state: 'failed', justification: 'Known work', challenge: { audience: 'arm', claims: p1 } },
    ]);
    const [card] = (await approvalQueue(actor(bo))).waiting;
    expect(card).toMatchObject({
      failure: expect.stringContaining('the same decision goes on'),
      stepUp: { decisionId, what: 'multifactor authentication', repeats: 0 },
    });
    expect((await approvalQueue(actor(cy))).waiting[0]?.stepUp).toBeNull();
    await bench.decides(cy, id, false, 'No');
    await bench.deliver();
    expect(await bench.status(id)).toBe('denied');
    await expect(stepsUp(bo, id, { decisionId })).rejects.toMatchObject({ code: 'already_decided' });
  });

  test('goes on after it with the reason it had', async () => {
    const { id, decisionId } = await waits();
    await stepsUp(bo, id, { decisionId });
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
    expect(await made(id)).toMatchObject([
      { state: 'failed' },
      { state: 'recorded', approve: true, justification: 'Known work' },
    ]);
  });

  test('asked for the same again says so, and counts', async () => {
    const { id, decisionId } = await waits();
    bench.azure.failNext('decide', challenged());
    await stepsUp(bo, id, { decisionId });
    await bench.deliver();
    const [card] = (await approvalQueue(actor(bo))).waiting;
    expect(card?.stepUp).toMatchObject({ repeats: 1 });
    expect(card?.failure).toContain('the same again after you signed in');
  });

  test('is nobody else’s to send on, nor by other claims, nor for another request', async () => {
    const { id, decisionId } = await waits();
    await expect(stepsUp(cy, id, { decisionId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(stepsUp(ada, id, { decisionId })).rejects.toMatchObject({ code: 'not_found' });
    const other = await bench.files(ada, roles.staging);
    await expect(stepsUp(bo, other, { decisionId })).rejects.toMatchObject({ code: 'not_found' });
    await expect(stepsUp(bo, id, { decisionId, claims: mfaClaims })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await made(id)).toHaveLength(1);
    expect(await bench.status(id)).toBe('awaiting_approval');
  });

  test('before its token is given, is kept the same way', async () => {
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    const input = { requestId: id, approve: false, justification: 'Not in a freeze' };
    const asked = { asked: { arm: p1 } };
    await expect(decide(bench.as(bo), input, bench.seal(bo), asked)).rejects.toMatchObject({
      code: 'step_up_needed',
    });
    const [kept] = await made(id);
    expect(kept).toMatchObject({
      state: 'failed',
      justification: 'Not in a freeze',
      challenge: { claims: p1 },
    });
    expect((await bench.actions(id)).at(-1)).toBe('decision_waits');
    await stepsUp(bo, id, { decisionId: kept?.id ?? '' });
    await bench.deliver();
    expect(await bench.status(id)).toBe('denied');
  });
});

describe('an end that Azure wants a stronger sign-in for', () => {
  async function holds() {
    const id = await bench.holds(ada, roles.staging);
    await bench.pass(6);
    return id;
  }

  test('leaves the access on, says so, and ends it after the sign-in', async () => {
    const id = await holds();
    await end(bench.as(ada), id, bench.seal(ada));
    bench.azure.failNext('deactivate', challenged());
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'active', challenge: { claims: p1 } });
    expect(await requestStory(actor(ada), id)).toMatchObject({
      failure: expect.stringContaining('the same end goes on'),
      stepUp: { what: 'multifactor authentication' },
    });
    await stepsUp(ada, id);
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('ended');
  });

  test('before its token is given, is kept the same way', async () => {
    const id = await holds();
    const asked = { audience: 'arm', claims: p1 } as const;
    await expect(keepChallenge(bench.as(ada), id, 'end', asked)).rejects.toMatchObject({
      code: 'step_up_needed',
    });
    expect((await bench.actions(id)).at(-1)).toBe('step_up_asked');
    await expect(stepsUp(bo, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(stepsUp(ada, id, { claims: mfaClaims })).rejects.toMatchObject({ code: 'conflict' });
    expect(await bench.status(id)).toBe('active');
    await stepsUp(ada, id);
    expect(await bench.status(id)).toBe('ending');
  });

  test('keeps what was chosen to follow it', async () => {
    const id = await holds();
    const more = { minutes: 30, justification: 'Not done yet', ticketNumber: '' };
    const next = await extend(bench.as(ada), { requestId: id, ...more }, bench.seal(ada));
    await bench.deliver();
    await end(bench.as(ada), id, bench.seal(ada), { keepFollowOn: true });
    bench.azure.failNext('deactivate', challenged());
    await bench.deliver();
    await stepsUp(ada, id);
    await bench.deliver();
    await bench.looks();
    expect([await bench.status(id), await bench.status(next)]).toEqual(['ended', 'scheduled']);
  });

  test('is nobody else’s to keep', async () => {
    const id = await holds();
    const asked = { audience: 'arm', claims: p1 } as const;
    await expect(keepChallenge(bench.as(bo), id, 'end', asked)).rejects.toMatchObject({ code: 'not_found' });
    expect((await bench.request(id)).challenge).toBeNull();
  });
});

test('a cancellation that Azure wants a stronger sign-in for goes on after it, and sends nothing instead', async () => {
  const id = await bench.files(ada, roles.cluster);
  await bench.deliver();
  await cancel(bench.as(ada), id, bench.seal(ada));
  bench.azure.failNext('cancel', challenged());
  await bench.deliver();
  expect(await bench.request(id)).toMatchObject({ status: 'awaiting_approval', challenge: { claims: p1 } });
  await stepsUp(ada, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('withdrawn');
});
