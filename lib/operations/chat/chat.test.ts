import { createHash, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { signatures } from '#db/schema/approvals.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { deliveries, outboundChannels } from '#db/schema/deliveries.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { addsWords } from '#lib/domain/adds-words.ts';
import type { ChatUser } from '#lib/domain/chat.ts';
import { riskNames } from '#lib/domain/request-risk.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { Channel } from '#lib/notify/ports.ts';
import { sign } from '#lib/operations/approvals/sign.ts';
import { inForce, staged, stageOf } from '#lib/operations/approvals/testing/policy.ts';
import { decisionsAsk } from '#lib/operations/approvals/testing/step-up.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { approvalQueue } from '#lib/queries/approval-queue.ts';
import { cardOf, waitingFor } from './card-of.ts';
import { claimLink } from './claim-link.ts';
import { keepConversation } from './keep-conversation.ts';
import { linkAccount } from './link-account.ts';
import { offerLink } from './offer-link.ts';

const { ada, bo, cy, petra, lou } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('chat_accounts chat_links chat_seen chat_conversations outbound_channels deliveries');
  await decisionsAsk('never');
});

const hash = (code: string) => createHash('sha256').update(code).digest('base64url');
const slackUser = (userId: string): ChatUser => ({
  ...{ chat: 'slack', workspaceId: 'T1', userId, userName: userId, workspaceName: 'Contoso' },
});
const teamsUser = (userId: string): ChatUser => ({
  ...slackUser(userId),
  chat: 'teams',
  workspaceId: 'tenant',
});
async function links(person: typeof bo, user: ChatUser, now = new Date()): Promise<void> {
  const code = randomUUID();
  await offerLink(user, hash(code), now);
  const came = await claimLink(bench.as(person), hash(code), hash('123456'), now);
  if (came === 'claimed') await linkAccount(user, hash('123456'), { now, traceId: 'trace' });
}
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );

/** A way out that keeps what it wrote, and what it said of it last. */
function kept() {
  const cards = new Map<string, string>();
  const channel: Channel = {
    send: async ({ id, person, letter }) => {
      cards.set(id, '');
      const card = letter.requestId && (await cardOf(db(), person.id, letter.requestId));
      cards.set(id, card ? JSON.stringify(card.standing) : '');
      return { id };
    },
    update: async ({ id }, { person, letter }) => {
      const card = letter.requestId && (await cardOf(db(), person.id, letter.requestId));
      cards.set(String(id), card ? JSON.stringify(card.standing) : '');
    },
  };
  return { cards, channel };
}

describe('a stage', () => {
  async function asks(role = roles.machines): Promise<string> {
    await bench.reads(ada);
    const id = await bench.files(ada, role);
    await bench.deliver();
    return id;
  }
  type Via = 'portal' | 'slack' | 'teams';
  const signs = (
    person: typeof bo,
    requestId: string,
    via: Via,
    approve = true,
    shownStage: number | null = 1,
  ) =>
    sign(bench.as(person), {
      requestId,
      shownStage,
      approve,
      justification: approve ? '' : 'Not today',
      via,
    });
  const standing = async (person: { id: string }, id: string) =>
    (await cardOf(db(), person.id, id))?.standing;

  test('signed in a chat counts as on the page, and says where', async () => {
    await inForce({ rules: [staged([stageOf([bo])])] });
    const id = await asks();
    expect(await waitingFor(db(), bo.id)).toEqual([id]);
    expect(await standing(bo, id)).toEqual({ is: 'open', stage: 1 });
    await signs(bo, id, 'slack');
    expect(await standing(bo, id)).toMatchObject({ says: 'You approved this; it is being looked at.' });
    await bench.deliver();
    expect(await bench.status(id)).toBe('approved');
    expect(await db().select().from(signatures)).toMatchObject([{ via: 'slack', state: 'recorded' }]);
    expect(await waitingFor(db(), bo.id)).toEqual([]);
  });

  test('of a critical role, or where a fresh sign-in is asked for, is for the portal; the card says so', async () => {
    await inForce({ rules: [staged([stageOf([bo])])] });
    const critical = await asks(roles.onCall);
    expect(await standing(bo, critical)).toMatchObject({
      is: 'portal',
      why: expect.stringContaining('critical'),
    });
    expect(await code(signs(bo, critical, 'slack'))).toBe('portal_needed');
    await decisionsAsk('always');
    const id = await asks();
    expect(await standing(bo, id)).toMatchObject({ is: 'portal', why: expect.stringContaining('fresh') });
    expect(await code(signs(bo, id, 'teams'))).toBe('proof_needed');
    expect(await db().$count(signatures)).toBe(0);
  });

  test('signed in a chat by an account that is disabled by then does not count, and says why', async () => {
    await inForce({ rules: [staged([stageOf([bo])])] });
    const id = await asks();
    bench.azure.reader.people = async () => [{ ...bo, enabled: false }];
    await signs(bo, id, 'slack');
    await bench.deliver();
    expect(await bench.status(id)).toBe('awaiting_signatures');
    expect(await db().select().from(signatures)).toMatchObject([
      { state: 'refused', failure: expect.stringContaining('disabled') },
    ]);
  });

  test('is shown to whom it was put to, and to nobody else', async () => {
    await inForce({ rules: [staged([stageOf([bo]), stageOf([cy])])] });
    const id = await asks();
    expect(await cardOf(db(), lou.id, id)).toBeNull();
    expect(await cardOf(db(), cy.id, id)).toBeNull();
    expect(await standing(ada, id)).toEqual({ is: 'news' });
    expect(await waitingFor(db(), cy.id)).toEqual([]);
    expect(await code(signs(ada, id, 'slack'))).toBe('own_request');
    expect(await code(signs(lou, id, 'slack'))).toBe('not_found');
  });

  test.each([1, 2, 3])(
    'raced for on the page, in Slack and in Teams has one winner, and every card names them (%s)',
    async () => {
      // Linked first: those letters are no cards.
      await links(bo, slackUser('U1'));
      await links(cy, teamsUser(cy.id));
      await links(petra, slackUser('U3'));
      const { cards, channel } = kept();
      bench.outlets = { channels: { slack: channel, teams: channel }, callWebhook: async () => {} };
      const by = { isSetUp: true, by: 'test', seenAt: new Date() };
      await db()
        .insert(outboundChannels)
        .values([
          { name: 'slack', ...by },
          { name: 'teams', ...by },
        ]);
      await keepConversation(teamsUser(cy.id), {
        ...{ serviceUrl: 'https://smba.trafficmanager.net/', conversationId: 'c', memberId: 'm', botId: 'b' },
      });
      await inForce({ rules: [staged([stageOf([bo, cy, petra])])] });
      const id = await asks();
      await bench.deliver();
      expect([...cards.values()]).toEqual(Array(3).fill('{"is":"open","stage":1}'));
      const tried = await Promise.all([
        code(signs(bo, id, 'slack', false)),
        code(signs(cy, id, 'teams')),
        code(signs(petra, id, 'portal')),
      ]);
      expect(tried.filter((one) => one === 'done')).toHaveLength(1);
      expect(tried.filter((one) => one === 'already_decided')).toHaveLength(2);
      await bench.deliver();
      const [winner] = await db().select().from(signatures);
      expect(await db().$count(signatures)).toBe(1);
      const lost = [...cards.values()].filter((says) => !says.includes('You '));
      expect(lost).toHaveLength(2);
      for (const says of lost) expect(says).toContain(winner?.approverName ?? 'nobody');
    },
  );

  test.each(['portal', 'slack', 'teams'] as const)(
    'that somebody else signed meanwhile is named, and the next one is not signed unseen (%s)',
    async (via) => {
      await inForce({ rules: [staged([stageOf([bo, cy]), stageOf([bo, petra])])] });
      const id = await asks();
      expect(await standing(bo, id)).toEqual({ is: 'open', stage: 1 });
      await signs(cy, id, 'portal');
      await bench.deliver();
      for (const approve of [true, false]) {
        const no = await signs(bo, id, via, approve).catch((error) => error);
        expect(no).toMatchObject({
          code: 'stage_moved',
          message: expect.stringMatching(/^Cy Tran signed meanwhile, and stage 2 of 2 waits now\./),
        });
      }
      expect(await code(signs(bo, id, via, true, null))).toBe('stage_moved');
      expect(await code(signs(bo, id, via, true, 3))).toBe('stage_moved');
      expect(await db().$count(signatures)).toBe(1);
      expect(await standing(bo, id)).toEqual({ is: 'open', stage: 2 });
      await signs(bo, id, via, true, 2);
      await bench.deliver();
      expect(await bench.status(id)).toBe('approved');
    },
  );

  test('is judged in a chat by what the page judges it by, and says what it adds', async () => {
    await inForce({ rules: [staged([stageOf([bo])])] });
    const id = await asks();
    const [base] = await db().select().from(requests).where(eq(requests.id, id));
    for (let days = 1; days <= 8; days++) {
      const at = plusMinutes(bench.now(), -days * 1440 + 6 * 60);
      const times = { filedAt: at, startsAt: at, activeAt: at, endsAt: plusMinutes(at, 60) };
      const past = {
        id: randomUUID(),
        azureId: null,
        status: 'ended',
        endedAt: plusMinutes(at, 10),
      } as const;
      await db()
        .insert(requests)
        .values({ ...(base ?? expect.fail()), ...times, ...past });
    }
    const card = await cardOf(db(), bo.id, id);
    const [shown] = (await approvalQueue(bench.as(bo).actor)).waiting;
    expect(shown?.risk.reasons).toEqual(
      expect.arrayContaining(['longer than the usual 10 min', 'outside their usual hours']),
    );
    expect(card?.risks.slice(0, (shown?.risk.reasons.length ?? 0) + 1)).toEqual([
      riskNames[shown?.risk.level ?? 'low'],
      ...(shown?.risk.reasons ?? []),
    ]);
    expect(card?.facts).toContainEqual({ name: 'Adds', text: shown && addsWords(shown) });
  });

  test('somebody who unlinked their account is not written to any more', async () => {
    await links(bo, slackUser('U1'));
    await transaction((tx) =>
      tx.update(chatAccounts).set({ endedAt: new Date() }).where(eq(chatAccounts.personId, bo.id)),
    );
    await inForce({ rules: [staged([stageOf([bo])])] });
    await asks();
    expect(await db().$count(deliveries, eq(deliveries.channel, 'slack'))).toBe(0);
  });
});
