import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TeamsSecrets } from '#lib/config/chat-secrets.ts';
import type { ChatCard } from '#lib/domain/chat-card.ts';
import type { ChatReads } from '#lib/notify/letter-card.ts';
import type { Delivery } from '#lib/notify/ports.ts';
import {
  activityOf,
  type BotTokenFacts,
  executeOf,
  openTeamsDesk,
  serviceUrlOf,
  type TeamsDesk,
  teamsDeskApp,
} from '#lib/notify/testing/teams-desk.ts';
import { adaptiveCard } from './adaptive-card.ts';
import { verifyBotToken } from './bot-token.ts';
import { readActivity } from './calls.ts';
import { teamsChannel } from './channel.ts';
import { connector, serviceAddress } from './connector.ts';
import { ownToken } from './own-token.ts';

const bo = {
  id: 'aaaaaaaa-0001-4000-8000-000000000002',
  name: 'Bo Okafor',
  tenantId: 'c0470500-0000-4000-8000-000000000001',
};
const requestId = '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90';
const sandbox = { hosts: [], sandbox: true };
let desk: TeamsDesk;
let teams: TeamsSecrets;
beforeAll(async () => {
  desk = await openTeamsDesk();
  teams = {
    ...{ appId: teamsDeskApp.id, credential: { kind: 'secret', secret: teamsDeskApp.secret } },
    ...{ appTenant: 'botframework.com', metadataOrigin: desk.origin, loginOrigin: desk.origin },
    ...{ serviceHosts: ['smba.trafficmanager.net'], tenantId: bo.tenantId },
  };
});
afterAll(() => desk?.close());
beforeEach(() => Object.assign(desk, { messages: [], fault: null }));

describe('a call is the Bot Framework’s', () => {
  const verify = (authorization: string | null, channelId = 'msteams') =>
    verifyBotToken(authorization, { serviceUrl: serviceUrlOf(desk), channelId }, teams);
  const by = async (facts: BotTokenFacts = {}) => verify(`Bearer ${await desk.token(facts)}`);

  test('with a token of its keys, for this bot and this service', async () => {
    await by();
    await by({ expires: -200 });
    await by({ notBefore: 200 });
  });

  const now = () => Math.floor(Date.now() / 1000);
  test.each<[string, BotTokenFacts]>([
    ['expired, skew and all', { expires: -400 }],
    ['not good yet, skew and all', { notBefore: 400 }],
    ['for another bot', { claims: { aud: 'other' } }],
    ['for several bots of which none is this', { claims: { aud: ['a', 'b'] } }],
    ['of another issuer', { claims: { iss: 'https://login.microsoftonline.com/botframework.com/v2.0' } }],
    [
      'of the emulator’s issuer',
      { claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } },
    ],
    ['without an end', { claims: { exp: undefined } }],
    ['without a beginning', { claims: { nbf: undefined } }],
    ['for another service', { claims: { serviceurl: 'https://smba.trafficmanager.net/emea/' } }],
    ['for the service without its slash', { claims: { serviceurl: 'no' } }],
    ['for no service', { claims: { serviceurl: undefined } }],
    ['signed by a stranger under its key’s name', { key: 'stranger' }],
    ['of a key that is not endorsed for Teams', { key: 'elsewhere' }],
    ['of a key nobody has', { header: { kid: 'nobody' } }],
    ['that brings a key along', { key: 'stranger', header: { jku: 'https://evil.example/keys' } }],
  ])('not with one %s', async (_, facts) => {
    await expect(by(facts)).rejects.toThrow('The bot token was refused');
  });

  test('not without one, unsigned, signed with what is public, or changed', async () => {
    const token = await desk.token();
    const [head = '', body = '', signature = ''] = token.split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    const { privateKey } = await generateKeyPair('ES256');
    const other = await new SignJWT({ exp: now() + 60, nbf: now(), iss: 'https://api.botframework.com' })
      .setProtectedHeader({ alg: 'ES256', kid: 'own' })
      .setAudience(teams.appId)
      .sign(privateKey);
    const hmac = await new SignJWT({ exp: now() + 60, nbf: now() })
      .setProtectedHeader({ alg: 'HS256', kid: 'own' })
      .sign(new TextEncoder().encode('a public key, taken for a secret of 32 bytes'));
    for (const bad of [
      ...[null, '', 'Bearer', token, `Basic ${token}`, `Bearer ${none}.${body}.`, `Bearer ${other}`],
      ...[`Bearer ${hmac}`, `Bearer ${head}.${body}.${signature.slice(0, -4)}AAAA`],
      `Bearer ${head}.${Buffer.from(`${Buffer.from(body, 'base64url')} `).toString('base64url')}.${signature}`,
    ])
      await expect(verify(bad)).rejects.toThrow('The bot token was refused');
    await expect(verify(`Bearer ${token}`, 'directline')).rejects.toThrow('endorsement');
  });
});

test('the bot’s token goes to Microsoft’s service alone', () => {
  for (const url of [
    ...[
      'http://smba.trafficmanager.net/',
      'https://smba.trafficmanager.net.evil.example/',
      'https://evil.example/',
    ],
    ...[
      'https://smba.trafficmanager.net:444/',
      'https://smba.trafficmanager.net@evil.example/',
      'file:///etc/passwd',
    ],
    ...['https://127.0.0.1/', 'https://x.smba.trafficmanager.net/', 'not a url', ''],
  ])
    expect(() => serviceAddress(url, teams)).toThrow('not one that Stint calls');
  expect(serviceAddress('https://smba.trafficmanager.net/emea/', teams).hostname).toBe(
    'smba.trafficmanager.net',
  );
});

describe('an activity', () => {
  test('is from whom Entra says, in the tenant that both places name', () => {
    const about = { requestId, shownStage: 2 };
    const data = { requestId, stage: 2, reason: 'Fine' };
    const press = readActivity(activityOf(desk, bo, executeOf('approve', data)));
    expect(press).toMatchObject({
      ...{ tenantId: bo.tenantId, act: { is: 'press', verb: 'approve', about, reason: 'Fine' } },
      user: { chat: 'teams', workspaceId: bo.tenantId, userId: bo.id, userName: 'Bo Okafor' },
      conversation: { memberId: `29:${bo.id}`, conversationId: `a:${bo.id}` },
    });
    const elsewhere = { conversation: { id: 'a', conversationType: 'personal', tenantId: 'another' } };
    expect(readActivity(activityOf(desk, bo, elsewhere))).toMatchObject({ tenantId: null, user: null });
    const nameless = { from: { id: '29:x', name: 'Bo Okafor' } };
    expect(readActivity(activityOf(desk, bo, nameless))?.user).toBeNull();
    const many = { conversation: { id: '19:team', conversationType: 'channel' } };
    expect(readActivity(activityOf(desk, bo, many))?.conversation).toBeNull();
  });

  test('names the stage that its card showed, and none where the card did not say it', () => {
    for (const stage of [undefined, null, 0, 1.5, '2'])
      expect(
        readActivity(activityOf(desk, bo, executeOf('approve', { requestId, stage })))?.act,
      ).toMatchObject({
        about: { requestId, shownStage: null },
      });
  });

  test('of another kind is nothing, and what is none is none', () => {
    expect(readActivity(activityOf(desk, bo, { type: 'typing' }))?.act).toEqual({ is: 'nothing' });
    expect(readActivity(activityOf(desk, bo, executeOf('__proto__', { requestId })))?.act).toEqual({
      is: 'nothing',
    });
    for (const none of [null, [], 'x', { type: 'message' }, { ...activityOf(desk, bo), from: { id: '' } }])
      expect(readActivity(none)).toBeNull();
  });
});

describe('Teams is written to', () => {
  const card: ChatCard = {
    ...{
      requestId,
      title: 'Ada asks [here](https://evil.example)',
      says: [],
      facts: [{ name: 'Length', text: '1 h' }],
    },
    ...{
      reason: '**bold**',
      risks: ['no ticket'],
      standing: { is: 'open', stage: 2 },
      path: '/requests/1',
      button: 'See',
    },
  };
  const reads: ChatReads = {
    cardOf: async () => card,
    accountAt: async () => ({
      userId: bo.id,
      conversation: {
        ...{ serviceUrl: serviceUrlOf(desk), conversationId: `a:${bo.id}` },
        ...{ memberId: `29:${bo.id}`, botId: `28:${teamsDeskApp.id}` },
      },
    }),
  };
  const standing = { status: 'awaiting_signatures', says: 'Waiting', isOpen: true } as const;
  const letter = {
    id: 'l',
    kind: 'asked_to_sign',
    facts: {},
    requestId,
    writtenAt: new Date(),
    standing,
  } as const;
  const delivery: Delivery = { id: 'd', letter, person: { id: bo.id, name: bo.name }, address: 'account' };
  const open = (secret = teamsDeskApp.secret) =>
    teamsChannel(
      connector(ownToken({ ...teams, credential: { kind: 'secret', secret } }, sandbox), teams, sandbox),
      reads,
      'https://stint.example.com',
    );

  test('with the bot’s own token, and the same card follows its request', async () => {
    const receipt = await open().send(delivery);
    await open().update?.(receipt ?? {}, delivery);
    expect(desk.messages).toMatchObject([{ conversationId: `a:${bo.id}`, edits: 1 }]);
    expect(JSON.stringify(desk.messages)).toContain(
      `"verb":"approve","data":{"requestId":"${requestId}","stage":2}`,
    );
  });

  test.each([
    [429, { kind: 'busy', retryAfterSeconds: 4 }],
    [502, { kind: 'unreachable' }],
    [403, { kind: 'gone' }],
    [400, { kind: 'refused' }],
  ])('and what it answers is known for what it is: %s', async (fault, kind) => {
    desk.fault = fault;
    await expect(open().send(delivery)).rejects.toMatchObject(kind);
  });

  test('not with a wrong credential, which no message repeats', async () => {
    const error = await open('wrong-secret')
      .send(delivery)
      .catch((one) => one);
    expect(error).toMatchObject({ kind: 'refused' });
    expect(String(error)).not.toContain('wrong-secret');
  });

  test('a federated token, or a file that is not there, proves the bot too, or does not', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'stint-bot-')), 'token');
    writeFileSync(file, 'an assertion');
    const by = (credential: TeamsSecrets['credential']) => ownToken({ ...teams, credential }, sandbox)();
    expect(await by({ kind: 'federated', tokenFile: file })).toBe('desk-bot-token');
    for (const none of [
      { kind: 'federated', tokenFile: '/nowhere' } as const,
      { kind: 'certificate', pemFile: file } as const,
    ])
      await expect(by(none)).rejects.toMatchObject({
        kind: 'refused',
        message: 'The bot’s credential cannot be read.',
      });
  });

  test('in text runs alone, which know no markup, with at most five who are refreshed', () => {
    const made = adaptiveCard(card, 'https://stint.example.com', Array(9).fill('29:x'));
    const text = JSON.stringify(made);
    expect(text).not.toContain('"TextBlock"');
    expect(text).toContain('{"type":"TextRun","text":"Ada asks [here](https://evil.example)"');
    expect(made).toMatchObject({ refresh: { userIds: Array(5).fill('29:x'), action: { verb: 'refresh' } } });
    expect(text).toContain('"fallback":{"type":"Action.Submit"');
  });
});
