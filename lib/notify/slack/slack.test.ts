import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChatCard } from '#lib/domain/chat-card.ts';
import type { ChatReads } from '#lib/notify/letter-card.ts';
import type { Delivery } from '#lib/notify/ports.ts';
import {
  openSlackDesk,
  pressOf,
  type SlackDesk,
  signedBySlack,
  slackDeskSecret,
  slackDeskToken,
  submissionOf,
} from '#lib/notify/testing/slack-desk.ts';
import { type SlackApi, slackApi } from './api.ts';
import { blocksOf, fallbackOf } from './blocks.ts';
import { buttonValue } from './button-value.ts';
import { readAction, readEvent } from './calls.ts';
import { slackChannel } from './channel.ts';
import { verifySlack } from './signature.ts';
import { denyView, homeView, linkView } from './views.ts';

const origin = 'https://stint.example.com';
const now = new Date('2026-11-22T08:00:00Z');
const seconds = now.getTime() / 1000;
const requestId = '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90';
const about = { requestId, shownStage: 2 };

const cardWith = (facts: Partial<ChatCard> = {}): ChatCard => ({
  ...{ requestId, title: 'Ada Lind asks for Contributor on Staging', says: ['You may decide it.'] },
  ...{ facts: [{ name: 'Length', text: '1 h' }], reason: 'A disk is full', risks: ['no ticket'] },
  ...{ standing: { is: 'open', stage: 2 }, path: `/requests/${requestId}`, button: 'See the request' },
  ...facts,
});

describe('a call is Slack’s', () => {
  const body = pressOf('U1', 'approve', requestId);
  const verify = (headers: Record<string, string>, raw: string | Buffer = body, at = now) =>
    verifySlack(new Headers(headers), Buffer.from(raw), slackDeskSecret, at);
  const signed = signedBySlack(body, seconds);

  test('when the raw body is signed with the app’s secret, whatever the case of the headers', () => {
    const key = `slack ${seconds} ${signed['x-slack-signature']}`;
    expect(verify(signed)).toMatchObject({ key });
    const loud = Object.entries(signed).map(([name, value]) => [name.toUpperCase(), value]);
    expect(verify(Object.fromEntries(loud))).toMatchObject({ key });
  });

  test('up to five minutes, either way, and is known again for longer than that', () => {
    for (const at of [seconds - 300, seconds + 300])
      expect(verify(signedBySlack(body, at))).toMatchObject({ until: new Date((at + 600) * 1000) });
    for (const at of [seconds - 301, seconds + 301]) expect(verify(signedBySlack(body, at))).toBe('stale');
  });

  const mac = signed['x-slack-signature'] ?? '';
  test.each([
    ['no signature', { 'x-slack-request-timestamp': String(seconds) }, 'unsigned'],
    ['no time', { 'x-slack-signature': mac }, 'unsigned'],
    ['a time that is no number', { ...signed, 'x-slack-request-timestamp': `${seconds}.5` }, 'unsigned'],
    ['a time beside the number', { ...signed, 'x-slack-request-timestamp': `${seconds} 0x1` }, 'unsigned'],
    ['another version', { ...signed, 'x-slack-signature': mac.replace('v0=', 'v1=') }, 'unsigned'],
    ['a signature cut short', { ...signed, 'x-slack-signature': mac.slice(0, -2) }, 'unsigned'],
    ['a signature in capitals', { ...signed, 'x-slack-signature': mac.toUpperCase() }, 'unsigned'],
    ['another secret', signedBySlack(body, seconds, 'another'), 'forged'],
    ['another second', { ...signed, 'x-slack-request-timestamp': String(seconds + 1) }, 'forged'],
    ['another body’s signature', signedBySlack(`${body}&x=1`, seconds), 'forged'],
  ])('not with %s', (_, headers, fault) => {
    expect(verify(headers)).toBe(fault);
  });

  test('not with any byte of the body changed', () => {
    const raw = Buffer.from(body);
    for (const at of [0, Math.floor(raw.length / 2), raw.length - 1]) {
      const other = Buffer.from(raw);
      other[at] = (other[at] ?? 0) ^ 1;
      expect(verify(signed, other)).toBe('forged');
    }
  });
});

describe('what somebody did', () => {
  test('is a button of Stint’s, a reason, an opened home, the address asked for, or nothing', () => {
    expect(readAction(pressOf('U1', 'approve', buttonValue(about)))).toMatchObject({
      ...{ is: 'press', button: 'approve', about, channel: 'DU1' },
      user: { chat: 'slack', workspaceId: 'T0DESK001', userId: 'U1', userName: 'name.u1' },
    });
    expect(readAction(pressOf('U1', 'link', '', { channel: null }))).toMatchObject({ channel: null });
    expect(readAction(pressOf('U1', 'open', ''))).toEqual({ is: 'nothing' });
    const linking = linkView('Link it', null) as Record<string, unknown>;
    expect(readAction(submissionOf('U1', linking, ' 482 913 '))).toMatchObject({
      ...{ is: 'digits', digits: '482913' },
      user: { userId: 'U1' },
    });
    const view = denyView(about) as Record<string, unknown>;
    expect(readAction(submissionOf('U1', view, 'No <!here>'))).toMatchObject({
      ...{ is: 'deny', about, reason: 'No <!here>' },
    });
    const home = { type: 'app_home_opened', user: 'U1', tab: 'home' };
    const event = { type: 'event_callback', team_id: 'T0DESK001', event_id: 'Ev1', event: home };
    expect(readEvent(JSON.stringify(event))).toMatchObject({ is: 'home', eventId: 'Ev1' });
    const challenge = { type: 'url_verification', challenge: 'abc', token: 'x' };
    expect(readEvent(JSON.stringify(challenge))).toEqual({ is: 'challenge', challenge: 'abc' });
  });

  test('names the stage that its card showed, and none where the card did not say it', () => {
    const [approve, deny] = (blocksOf(cardWith(), origin).at(-1) as { elements: { value: string }[] })
      .elements;
    for (const button of [approve, deny])
      expect(readAction(pressOf('U1', 'approve', button?.value ?? ''))).toMatchObject({ about });
    for (const value of [
      requestId,
      `${requestId} 0`,
      `${requestId} -1`,
      `${requestId} x`,
      `${requestId} 1.5`,
    ])
      expect(readAction(pressOf('U1', 'approve', value))).toMatchObject({
        about: { requestId, shownStage: null },
      });
    const before = { ...denyView(about), private_metadata: JSON.stringify({ requestId }) };
    expect(readAction(submissionOf('U1', before, 'No'))).toMatchObject({
      about: { requestId, shownStage: null },
    });
  });

  test.each([
    '',
    'payload=',
    'payload=%7B',
    'payload=null',
    'payload={"type":"block_actions"}',
    'x'.repeat(1e5),
  ])('is nothing in %.30s', (body) => {
    expect(readAction(body)).toEqual({ is: 'nothing' });
    expect(readEvent(body)).toEqual({ is: 'nothing' });
  });
});

describe('a card', () => {
  test('never lets people’s text mention, link, or stand on a line of its own', () => {
    const evil = '<!channel> <https://evil.example|Approved> & done\n*Risk*: none';
    const blocks = JSON.stringify(
      blocksOf(cardWith({ title: evil, reason: evil, facts: [{ name: 'Ticket', text: evil }] }), origin),
    );
    expect(blocks).not.toMatch(/<[!h]/);
    expect(blocks).toContain('&lt;!channel&gt;');
    expect(blocks).toContain('\\n>*Risk*: none');
    expect(blocks).toContain(
      '"*Ticket*\\n&lt;!channel&gt; &lt;https://evil.example|Approved&gt; &amp; done *Risk*: none"',
    );
  });

  test('asks twice before it approves, and has one way only where a decision is for the portal', () => {
    const ids = (card: ChatCard) =>
      blocksOf(card, origin).flatMap((block) =>
        ((block.elements ?? []) as { action_id?: string }[]).flatMap((one) => one.action_id ?? []),
      );
    expect(ids(cardWith())).toEqual(['approve', 'deny', 'open']);
    expect(JSON.stringify(blocksOf(cardWith(), origin))).toContain('"confirm":{"title"');
    expect(ids(cardWith({ standing: { is: 'portal', why: 'Critical' } }))).toEqual(['open']);
    expect(ids(cardWith({ standing: { is: 'over', says: 'Denied by Cy Tran' } }))).toEqual(['open']);
    expect(fallbackOf(cardWith({ standing: { is: 'over', says: 'Denied by Cy Tran' } }))).toContain(
      'Denied by Cy Tran',
    );
  });
});

describe('Slack is written to', () => {
  let desk: SlackDesk;
  beforeAll(async () => {
    desk = await openSlackDesk();
  });
  afterAll(() => desk?.close());
  beforeEach(() => Object.assign(desk, { messages: [], views: [], homes: {}, fault: null }));

  const api = (token = slackDeskToken) =>
    slackApi({ origin: desk.origin, botToken: token }, { hosts: [], sandbox: true });
  let card = cardWith();
  let linked = true;
  const reads: ChatReads = {
    cardOf: async () => card,
    accountAt: async () => (linked ? { userId: 'U1', conversation: null } : null),
  };
  const standing = { status: 'awaiting_signatures', says: 'Waiting', isOpen: true } as const;
  const facts = { roleName: 'Contributor', scopeName: 'Staging', requesterName: 'Ada Lind' };
  const letter = { id: 'l', kind: 'asked_to_sign', facts, requestId, writtenAt: now, standing } as const;
  const delivery: Delivery = { id: 'd', letter, person: { id: 'bo', name: 'Bo' }, address: 'account' };

  test('with what is longest of everything, and takes it', async () => {
    const long = '&<>'.repeat(3000);
    card = cardWith({ title: long, reason: long, risks: Array(40).fill(long), says: [long] });
    card.facts = Array(12).fill({ name: long, text: long });
    const channel = slackChannel(api(), reads, origin);
    const receipt = await channel.send(delivery);
    expect(receipt).toMatchObject({ channel: 'DU1', ts: expect.any(String) });
    await api()('views.publish', { user_id: 'U1', view: homeView(Array(60).fill(card), origin) });
    await api()('views.open', { trigger_id: `${Date.now()}.x`, view: denyView(about) });
    expect(desk.homes.U1).toBeDefined();
    card = cardWith();
  });

  test('once for each letter, and the same message follows its request', async () => {
    const channel = slackChannel(api(), reads, origin);
    const receipt = await channel.send(delivery);
    card = cardWith({ standing: { is: 'over', says: 'Approved by Cy Tran' } });
    await channel.update?.(receipt ?? {}, delivery);
    expect(desk.messages).toMatchObject([{ edits: 1, text: expect.stringContaining('Approved by Cy Tran') }]);
    expect(JSON.stringify(desk.messages[0]?.blocks)).not.toContain('"approve"');
    card = cardWith();
  });

  test('only while the account is linked', async () => {
    linked = false;
    await expect(slackChannel(api(), reads, origin).send(delivery)).rejects.toMatchObject({ kind: 'gone' });
    expect(desk.messages).toEqual([]);
    linked = true;
  });

  test.each([
    [429, { kind: 'busy', retryAfterSeconds: 3 }],
    [503, { kind: 'unreachable' }],
    ['channel_not_found', { kind: 'gone' }],
    ['internal_error', { kind: 'unreachable' }],
    ['restricted_action', { kind: 'refused' }],
  ] as const)('and what it answers is known for what it is: %s', async (fault, kind) => {
    desk.fault = fault;
    await expect(slackChannel(api(), reads, origin).send(delivery)).rejects.toMatchObject(kind);
  });

  test('and whose workspace it is is asked once, behind who waits, and known on while Slack is silent', async () => {
    const { workspaceKeeper } = await import('./workspace.ts');
    let at = 0;
    let silent = false;
    let calls = 0;
    const of = workspaceKeeper(() => at);
    const asks: SlackApi = async () => {
      calls++;
      if (silent) throw new Error('silent');
      return { ok: true, team_id: 'T1' };
    };
    silent = true;
    await expect(of('token', asks)).rejects.toThrow('silent');
    silent = false;
    expect([await of('token', asks), await of('token', asks), calls]).toEqual(['T1', 'T1', 2]);
    at += 61 * 60_000;
    silent = true;
    expect([await of('token', asks), calls]).toEqual(['T1', 3]);
    await new Promise(setImmediate);
    expect([await of('token', asks), calls]).toEqual(['T1', 4]);
    silent = false;
    expect(await of('another', asks)).toBe('T1');
  });

  test('with the bot’s token, which no message of a fault repeats', async () => {
    const error = await api('xoxb-wrong')('auth.test', {}).catch((one) => one);
    expect(error).toMatchObject({ kind: 'refused' });
    expect(String(error)).not.toContain('xoxb');
  });
});
