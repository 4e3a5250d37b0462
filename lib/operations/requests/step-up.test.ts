import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { contextClaims, mfaClaims } from '#lib/domain/challenge.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { frozenFor, inForce } from '#lib/operations/approvals/testing/policy.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { activate } from './activate.ts';
import { answerChallenge } from './answer-challenge.ts';
import { cancel } from './cancel.ts';
import { resume } from './resume.ts';

const { ada, bo } = people;
const role = roles.privilegedRole;
const c1 = { audience: 'graph', claims: contextClaims('c1') } as const;
/** As PIM spaces it. */
const byPim = '{"access_token":{"acrs":{"essential":true, "value":"c1"}}}';
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const challenged = (claims: string | null, code = 'RoleAssignmentRequestAcrsValidationFailed') =>
  new AzureFault('step_up_needed', { status: 400, code, message: 'Azure’s words', claims });
const filings = () => bench.azure.journal.filter(({ call }) => call === 'activate').length;
/** What the sign-in gives: a token that met the context, or not. */
const signsIn = (contexts: string[] = ['c1']) => {
  bench.token = (id) => fakeToken(id, { contexts });
};
const answers = (id: string, who = ada, answered: Parameters<typeof answerChallenge>[2] = c1) =>
  answerChallenge(bench.as(who), id, answered, bench.seal(who));

describe('a role whose policy asks for a context', () => {
  test('is written down first and waits for the sign-in; Azure has not heard of it', async () => {
    const id = await bench.files(ada, role);
    expect(await bench.deliver()).toEqual([]);
    await bench.pass(3);
    expect(filings()).toBe(0);
    expect(await bench.tokensOf(id)).toBe(0);
    expect(await bench.request(id)).toMatchObject({
      status: 'needs_you',
      challenge: { ...c1, from: 'policy', repeats: 0 },
      failure: expect.stringContaining('authentication context c1'),
    });
    expect(await bench.actions(id)).toEqual(['filed', 'step_up_asked']);
  });

  test('goes on as the same request after the sign-in, to active, on record', async () => {
    const id = await bench.files(ada, role);
    signsIn();
    await answers(id);
    expect(await bench.request(id)).toMatchObject({ status: 'filed', failure: null });
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'active', challenge: null, failure: null });
    expect(await bench.actions(id)).toEqual([
      ...['filed', 'step_up_asked', 'stepped_up', 'granted', 'activated'],
    ]);
    expect((await bench.audit(id))[2]).toMatchObject({ actorId: ada.id, details: { claims: c1.claims } });
    expect(filings()).toBe(1);
  });

  test('is not sent by a plain resume, which could not meet it', async () => {
    const id = await bench.files(ada, role);
    await expect(resume(bench.as(ada), id, bench.seal(ada))).rejects.toMatchObject({
      code: 'step_up_needed',
    });
    expect(await bench.status(id)).toBe('needs_you');
  });

  test('asked again by Azure after the sign-in says so, and what to check', async () => {
    const id = await bench.files(ada, role);
    for (const repeats of [1, 2]) {
      signsIn([]);
      await answers(id);
      expect(await bench.deliver()).toEqual([]);
      expect(await bench.request(id)).toMatchObject({
        status: 'needs_you',
        challenge: { from: 'azure', repeats },
        failure: expect.stringContaining('the same again after you signed in'),
      });
    }
    expect(await bench.tokensOf(id)).toBe(0);
    await bench.pass(5);
    expect(filings()).toBe(2);
  });
});

describe('Azure’s own challenge', () => {
  test.each([
    ['PIM’s context, in the message', roles.onCall, challenged(byPim), byPim],
    ['on the Azure plane', roles.staging, challenged(byPim), byPim],
    [
      'ARM’s mandatory MFA',
      roles.staging,
      challenged('{"access_token":{"acrs":{"values":["p1"]}}}', 'RequestDisallowedByAzure'),
      '{"access_token":{"acrs":{"values":["p1"]}}}',
    ],
    [
      'MfaRule, which names no claims',
      roles.onCall,
      new AzureFault('mfa_needed', { message: '["MfaRule"]', rules: ['MfaRule'] }),
      mfaClaims,
    ],
  ])(
    '%s: the same request waits for the sign-in with exactly these claims',
    async (_, asked, fault, claims) => {
      const id = await bench.files(ada, asked);
      bench.azure.failNext('activate', fault);
      expect(await bench.deliver()).toEqual([]);
      const audience = asked.plane === 'azure' ? 'arm' : 'graph';
      expect(await bench.request(id)).toMatchObject({
        status: 'needs_you',
        challenge: { audience, claims, from: 'azure', repeats: 0 },
      });
      expect(await bench.tokensOf(id)).toBe(0);
      expect((await bench.audit(id)).at(-1)).toMatchObject({
        action: 'request.step_up_asked',
        details: { claims, azureMessage: fault.message },
      });
      await answers(id, ada, { audience, claims });
      await bench.deliver();
      await bench.looks();
      expect(await bench.status(id)).toBe('active');
    },
  );

  test('without claims is a failure: nobody could know what to ask for', async () => {
    const id = await bench.files(ada, roles.onCall);
    bench.azure.failNext('activate', challenged(null));
    await bench.deliver();
    expect(await bench.status(id)).toBe('failed');
  });

  test('at the token endpoint is kept with the request too, for that audience alone', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c3"}}}';
    const submit = {
      roles: [roles.staging, roles.onCall].map(({ plane, roleId, scopeId }) => ({
        key: `${plane}|${roleId}|${scopeId}`,
        minutes: 30,
      })),
      justification: 'A disk is full',
      ticketNumber: '',
      startsAt: null,
    };
    await activate(bench.as(ada), submit, bench.seal(ada), { arm: claims });
    const rows = await db().select().from(requests);
    expect(rows.find(({ plane }) => plane === 'azure')).toMatchObject({
      status: 'needs_you',
      challenge: { audience: 'arm', claims, from: 'azure' },
    });
    expect(rows.find(({ plane }) => plane === 'group')?.status).toBe('filed');
  });
});

describe('one sign-in', () => {
  test('serves what one submit asked for alike, each token sealed to its own request', async () => {
    const both = [roles.userAdministrator, roles.onCall, roles.staging];
    const { answers: filed } = await bench.submits(ada, both);
    const [first = '', second = '', azure = ''] = filed.map(({ requestId }) => requestId ?? '');
    for (const _ of both) bench.azure.failNext('activate', challenged(byPim));
    await bench.deliver();
    await answers(first);
    expect(await Promise.all([first, second, azure].map(bench.status))).toEqual([
      'filed',
      'filed',
      // Another audience: another sign-in.
      'needs_you',
    ]);
    expect(await Promise.all([first, second, azure].map(bench.tokensOf))).toEqual([1, 1, 0]);
    expect(await bench.actions(second)).toEqual(['filed', 'step_up_asked', 'stepped_up']);
  });

  test('serves the one that was answered, whatever another of the same submit is refused for', async () => {
    const { answers: filed } = await bench.submits(ada, [roles.userAdministrator, roles.onCall]);
    const [first = '', second = ''] = filed.map(({ requestId }) => requestId ?? '');
    for (const _ of filed) bench.azure.failNext('activate', challenged(byPim));
    await bench.deliver();
    const now = bench.now();
    const freeze = frozenFor(plusMinutes(now, -5), plusMinutes(now, 60));
    await inForce({ freezes: [{ ...freeze, when: { ...freeze.when, planes: ['group'] } }] });
    await answers(first);
    expect(await Promise.all([first, second].map(bench.status))).toEqual(['filed', 'needs_you']);
    await expect(answers(second)).rejects.toMatchObject({ code: 'frozen' });
    await inForce({});
  });

  test('does not carry what another submit asked for', async () => {
    const [one, other] = [
      await bench.files(ada, roles.userAdministrator),
      await bench.files(ada, roles.onCall),
    ];
    for (const _ of [one, other]) bench.azure.failNext('activate', challenged(byPim));
    await bench.deliver();
    await answers(one);
    expect(await bench.status(other)).toBe('needs_you');
  });

  test('for other claims, another audience, or somebody else’s request moves nothing', async () => {
    const id = await bench.files(ada, role);
    const before = await bench.actions(id);
    for (const [who, answered, code] of [
      [ada, { ...c1, claims: contextClaims('c2') }, 'conflict'],
      [ada, { ...c1, claims: mfaClaims }, 'conflict'],
      [ada, { ...c1, audience: 'arm' as const }, 'conflict'],
      [bo, c1, 'not_found'],
    ] as const) {
      await expect(answers(id, who, answered)).rejects.toMatchObject({ code });
    }
    expect(await bench.status(id)).toBe('needs_you');
    expect(await bench.tokensOf(id)).toBe(0);
    expect(await bench.actions(id)).toEqual(before);
  });

  test('for a request cancelled meanwhile moves nothing', async () => {
    const id = await bench.files(ada, role);
    await cancel(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    await expect(answers(id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await bench.status(id)).toBe('withdrawn');
  });

  test('answered six times at once counts once', async () => {
    const id = await bench.files(ada, role);
    signsIn();
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => answers(id)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const lost of tries.filter(({ status }) => status === 'rejected')) {
      expect(lost).toMatchObject({ reason: { code: 'conflict' } });
    }
    await bench.deliver();
    expect(await bench.actions(id)).toEqual(['filed', 'step_up_asked', 'stepped_up', 'granted']);
    expect(filings()).toBe(1);
  });
});
