import { createHash, randomUUID } from 'node:crypto';
import { asc, desc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { letters } from '#db/schema/letters.ts';
import { settings } from '#db/schema/settings.ts';
import { people } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { ChatUser } from '#lib/domain/chat.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { decisionsAsk } from '#lib/operations/approvals/testing/step-up.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { claimLink } from './claim-link.ts';
import { accountAt } from './keep-conversation.ts';
import { linkAccount } from './link-account.ts';
import { offerLink } from './offer-link.ts';
import { sweepChat, takeOnce } from './take-once.ts';
import { unlinkAccount } from './unlink-account.ts';

const { bo, cy, lou } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('chat_accounts chat_links chat_seen letters');
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
  if ((await claim(person, code, now)) === 'claimed') await types(user, '123456', now);
}
const claim = (person: typeof bo, code: string, now = new Date(), digits = '123456') =>
  claimLink(bench.as(person), hash(code), hash(digits), now);
const types = (user: ChatUser, digits: string, now = new Date()) =>
  linkAccount(user, hash(digits), { now, traceId: 'trace' });
const accounts = async () =>
  (await db().select().from(chatAccounts).orderBy(asc(chatAccounts.linkedAt))).map(
    ({ personName, userId, endedAt }) => `${personName} ${userId}${endedAt ? ' ended' : ''}`,
  );
const lastEntries = async (most: number) =>
  (await db().select().from(auditEntries).orderBy(desc(auditEntries.seq)).limit(most)).reverse();
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error) => error.code ?? String(error),
  );

describe('a chat account', () => {
  test('is linked by the person, with the code that it alone was shown, on record and with a letter', async () => {
    await links(bo, slackUser('U1'));
    expect(await accounts()).toEqual(['Bo Okafor U1']);
    const [entry] = await lastEntries(1);
    expect(entry).toMatchObject({
      ...{ action: 'chat_account.linked', actorId: bo.id },
      details: { chat: 'slack', workspaceId: 'T1', userId: 'U1', personId: bo.id },
    });
    const facts = { byName: 'the Slack account U1 of Contoso' };
    expect(await db().select().from(letters)).toMatchObject([
      { kind: 'chat_linked', personId: bo.id, facts },
    ]);
  });

  test('by a code that works once, for ten minutes, and the newest only', async () => {
    const now = new Date();
    await offerLink(slackUser('U1'), hash('old'), now);
    await offerLink(slackUser('U1'), hash('new'), now);
    expect(await code(claim(bo, 'old', now))).toBe('not_found');
    expect(await code(claim(bo, 'new', plusMinutes(now, 10)))).toBe('not_found');
    expect(await code(claim(bo, 'new', now))).toBe('done');
    expect(await code(claim(cy, 'new', now))).toBe('not_found');
    expect(await code(claim(cy, 'never given', now))).toBe('not_found');
  });

  test('is not linked by a click on somebody else’s link: the account that asked types what the page shows', async () => {
    await offerLink(slackUser('UADA'), hash('sent to bo'), new Date());
    await claim(bo, 'sent to bo', new Date(), '482913');
    expect(await accounts()).toEqual([]);
    expect(await code(types(slackUser('UBO'), '482913'))).toBe('not_found');
    for (const tried of ['000000', '000001', '000002', '000003', '000004'])
      expect(await code(types(slackUser('UADA'), tried))).toBe('not_allowed');
    // Too much was tried: the right ones come too late.
    expect(await code(types(slackUser('UADA'), '482913'))).toBe('not_found');
    expect(await accounts()).toEqual([]);
  });

  test('takes digits for ten minutes, of the newest claim, once, and of a link that somebody claimed', async () => {
    const now = new Date();
    await offerLink(slackUser('U1'), hash('one'), now);
    expect(await code(types(slackUser('U1'), '123456', now))).toBe('not_found');
    await claim(bo, 'one', now, '111111');
    await claim(bo, 'one', now, '222222');
    expect(await code(types(slackUser('U1'), '111111', now))).toBe('not_allowed');
    expect(await code(types(slackUser('U1'), '222222', plusMinutes(now, 10)))).toBe('not_found');
    const both = [1, 2].map(() => code(types(slackUser('U1'), '222222', now)));
    expect((await Promise.all(both)).toSorted()).toEqual(['done', 'not_found']);
    expect(await accounts()).toEqual(['Bo Okafor U1']);
  });

  test('is linked by a fresh sign-in only, unless settings ask for none before decisions', async () => {
    await offerLink(slackUser('U1'), hash('one'), new Date());
    await db().delete(settings);
    expect(await code(claim(bo, 'one'))).toBe('proof_needed');
  });

  test('of Teams is only whose Entra identity it has', async () => {
    expect(await code(links(bo, teamsUser(cy.id)))).toBe('not_allowed');
    await links(cy, teamsUser(cy.id));
    expect(await accounts()).toEqual([`Cy Tran ${cy.id}`]);
  });

  test('is one person’s, and a person has one a chat: what was before ends, on record', async () => {
    await links(bo, slackUser('U1'));
    await links(cy, slackUser('U1'));
    await links(cy, slackUser('U2'));
    await links(cy, teamsUser(cy.id));
    expect(await accounts()).toEqual([
      'Bo Okafor U1 ended',
      'Cy Tran U1 ended',
      'Cy Tran U2',
      `Cy Tran ${cy.id}`,
    ]);
    const told = (await lastEntries(9)).map(({ action }) => action.replace('chat_account.', ''));
    const moves = ['linked', 'unlinked', 'linked', 'unlinked', 'linked', 'linked'];
    expect(told.filter((one) => one !== 'claimed')).toEqual(moves);
  });

  test('claimed by two people at once is one’s', async () => {
    await offerLink(slackUser('U1'), hash('one'), new Date());
    const both = [bo, cy].map((person) => code(claim(person, 'one')));
    expect((await Promise.all(both)).toSorted()).toEqual(['done', 'not_found']);
    await types(slackUser('U1'), '123456');
    expect(await accounts()).toHaveLength(1);
  });

  test('is unlinked by its person alone, once', async () => {
    await links(bo, slackUser('U1'));
    const [{ id } = { id: '' }] = await db().select().from(chatAccounts);
    expect(await code(unlinkAccount(bench.as(lou), id))).toBe('not_found');
    expect(await code(unlinkAccount(bench.as(bo), id))).toBe('done');
    expect(await code(unlinkAccount(bench.as(bo), id))).toBe('not_found');
    expect(await accountAt(id)).toBeNull();
  });
});

test('a call counts once, also of two at once, until no clock lets it pass', async () => {
  const until = plusMinutes(new Date(), 10);
  const both = await Promise.all([takeOnce('k', until), takeOnce('k', until)]);
  expect(both.toSorted()).toEqual([false, true]);
  await sweepChat(new Date());
  expect(await takeOnce('k', until)).toBe(false);
  await sweepChat(plusMinutes(until, 1));
  expect(await takeOnce('k', until)).toBe(true);
});
