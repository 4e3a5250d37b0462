/** What was approved for the window of its change can be used in it: the plan is kept beside the request. */
import { describe, expect, test } from 'vitest';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { contextClaims } from '#lib/domain/challenge.ts';
import type { Ticket } from '#lib/domain/ticket.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { previewOwn } from '#lib/operations/approval-policy/own-rules.ts';
import {
  automatic,
  inChangeOrNot,
  inForce,
  staged,
  stageOf,
} from '#lib/operations/approvals/testing/policy.ts';
import { answerChallenge } from '#lib/operations/requests/answer-challenge.ts';
import { openBench } from '#lib/operations/testing.ts';
import { ticketBench } from './bench.ts';
import { checkWhileTyping } from './check-ticket.ts';

const { ada, bo, lou } = people;
const at = ticketBench(() => openBench((now) => fakeAzure({ now }), fakeToken), [ada, bo], roles.staging);
const everything = staged([stageOf([bo, lou], { signatures: 2 })]);

/** An approved change whose window is the day around now. */
function planned(facts: Partial<Ticket> = {}): void {
  const now = at.bench.now();
  const window = { from: plusMinutes(now, -720), to: plusMinutes(now, 720) };
  at.desk.has('CHG1', { window, approved: true, ...facts });
}

describe('what was signed for the window of its change', () => {
  const signed = async () => {
    await at.add();
    await inForce({ rules: inChangeOrNot(staged([stageOf([bo])]), everything) });
    planned();
    const id = await at.filed('CHG1');
    await at.bench.signs(bo, id);
    await at.bench.deliver();
    expect(await at.bench.status(id)).toBe('approved');
    return id;
  };

  test('is started in it', async () => {
    const id = await signed();
    await at.bench.starts(ada, id);
    await at.bench.deliver();
    await at.bench.looks();
    expect(await at.bench.status(id)).toBe('active');
  });

  test.each<[string, Partial<Ticket>]>([
    ['rejected', { approved: false }],
    ['moved to another day', { window: { from: new Date('2100-01-01'), to: new Date('2100-01-02') } }],
  ])('is not, once its system tells that the change is %s', async (_what, facts) => {
    const id = await signed();
    planned(facts);
    await at.bench.advance(6);
    await at.round();
    await expect(at.bench.starts(ada, id)).rejects.toMatchObject({ code: 'policy_asks_more' });
    expect(await at.bench.status(id)).toBe('approved');
  });

  test('nor one that its system knows no more', async () => {
    const id = await signed();
    at.desk.tickets.clear();
    await at.bench.advance(6);
    await at.round();
    await expect(at.bench.starts(ada, id)).rejects.toThrow();
  });
});

test('what its change approved by itself goes on after the sign-in that Azure asks for', async () => {
  await at.add();
  await inForce({ rules: inChangeOrNot(automatic, everything) });
  planned();
  const id = await at.filed('CHG1');
  const claims = contextClaims('c1');
  const code = 'RoleAssignmentRequestAcrsValidationFailed';
  at.bench.azure.failNext(
    'activate',
    new AzureFault('step_up_needed', { status: 400, code, message: 'no', claims }),
  );
  await at.bench.deliver();
  expect(await at.bench.status(id)).toBe('needs_you');
  await answerChallenge(at.bench.as(ada), id, { audience: 'arm', claims }, at.bench.seal(ada));
  await at.bench.deliver();
  await at.bench.looks();
  expect(await at.bench.status(id)).toBe('active');
});

test('the form tells what the change lets pass, as filing will', async () => {
  await at.add();
  await inForce({ rules: inChangeOrNot(automatic, everything) });
  planned();
  const asked = {
    roles: [{ key: roleKey(roles.staging), minutes: 60 }],
    startsAt: null,
    ticketNumber: 'CHG1',
  };
  const tells = async () => (await previewOwn(at.bench.as(ada).actor, asked)).map(({ is }) => is);
  expect(await tells()).toEqual(['stages']);
  await checkWhileTyping('CHG1', at.desk.ports);
  expect(await tells()).toEqual(['automatic']);
});
