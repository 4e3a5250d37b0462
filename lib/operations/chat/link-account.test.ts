import { createHash, randomUUID } from 'node:crypto';
import { asc, desc, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { people } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { ChatUser } from '#lib/domain/chat.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { accountAt } from './keep-conversation.ts';
import { linkAccount, unlinkAccount } from './link-account.ts';
import { offerLink } from './offer-link.ts';
import { sweepChat, takeOnce } from './take-once.ts';

const { bo, cy, lou } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await db().execute(sql`truncate chat_accounts, chat_links, chat_seen`);
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
  await linkAccount(bench.as(person), hash(code), now);
}
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
  test('is linked by the person, with the code that it alone was shown, and is on record', async () => {
    await links(bo, slackUser('U1'));
    expect(await accounts()).toEqual(['Bo Okafor U1']);
    const [entry] = await lastEntries(1);
    expect(entry).toMatchObject({
      ...{ action: 'chat_account.linked', actorId: bo.id },
      details: { chat: 'slack', workspaceId: 'T1', userId: 'U1', personId: bo.id },
    });
  });

  test('by a code that works once, for ten minutes, and the newest only', async () => {
    const now = new Date();
    await offerLink(slackUser('U1'), hash('old'), now);
    await offerLink(slackUser('U1'), hash('new'), now);
    expect(await code(linkAccount(bench.as(bo), hash('old'), now))).toBe('not_found');
    expect(await code(linkAccount(bench.as(bo), hash('new'), plusMinutes(now, 10)))).toBe('not_found');
    expect(await code(linkAccount(bench.as(bo), hash('new'), now))).toBe('done');
    expect(await code(linkAccount(bench.as(cy), hash('new'), now))).toBe('not_found');
    expect(await code(linkAccount(bench.as(cy), hash('never given'), now))).toBe('not_found');
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
    const told = (await lastEntries(6)).map(({ action }) => action.replace('chat_account.', ''));
    expect(told).toEqual(['linked', 'unlinked', 'linked', 'unlinked', 'linked', 'linked']);
  });

  test('confirmed by two people at once is one’s', async () => {
    await offerLink(slackUser('U1'), hash('one'), new Date());
    const both = [bo, cy].map((person) => code(linkAccount(bench.as(person), hash('one'), new Date())));
    expect((await Promise.all(both)).toSorted()).toEqual(['done', 'not_found']);
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
