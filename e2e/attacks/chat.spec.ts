// Longer than others: one Stint with both chats beside it is started for all of these.
import { expectAccessible } from '#e2e/fixtures/axe.ts';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { signIn } from '#e2e/fixtures/sign-in.ts';
import { type Chats, openChats } from './chat-at-hand.ts';
import { refusalsAfter } from './visitor.ts';

/** A role of Ada's that is not critical, and one that is. */
const machines = 'azure\\|9980e02c-c2be-4d73-94e8-173b1dc7cf3c\\|';
const onCall = 'group\\|member\\|';
const slackActions = '/api/integrations/slack/actions';
let chats: Chats;

test.describe.configure({ mode: 'serial', timeout: 180_000 });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  chats = await openChats();
  await chats.act('ada.lind', 'refreshAccess');
  await expect(async () => {
    expect(await (await chats.as('ada.lind').get('/')).text()).toMatch(new RegExp(machines));
  }).toPass({ timeout: 30_000 });
  await chats.policy(0, 'bo.okafor', 'cy.tran', 'petra.holm');
});
test.afterAll(() => chats?.close());

/** The codes that a door refused with, so far. */
async function refusedAt(door: string): Promise<string[]> {
  const all = await refusalsAfter(chats.as('auden.hale'), 0);
  return [
    ...new Set(all.filter(({ details }) => details.door === door).map(({ details }) => details.code)),
  ].sort();
}

test('a Slack account signs once its person has linked it, and its message follows the request', async () => {
  await chats.linkSlack('bo.okafor', 'UBO');
  const id = await chats.asks(machines);
  await expect.poll(async () => (await chats.shown('UBO', id))?.text).toContain('Ada Lind asks for');
  const answer = await chats.press('UBO', 'approve', id);
  expect(answer).toEqual({ status: 200, text: '' });
  await expect.poll(() => chats.status(id)).toBe('approved');
  await expect.poll(async () => JSON.stringify(await chats.shown('UBO', id))).toContain('You approved this.');
  expect(JSON.stringify(await chats.shown('UBO', id))).not.toContain('"approve"');
  await chats.cancels(id);
});

test('a no asks for its reason in a modal, and a stale button names who was first', async () => {
  await chats.linkSlack('petra.holm', 'UPETRA');
  const id = await chats.asks(machines);
  await expect.poll(async () => (await chats.shown('UPETRA', id))?.text).toContain('Ada Lind asks for');
  expect((await chats.press('UBO', 'deny', id)).status).toBe(200);
  const empty = await chats.submit('UBO', '   ');
  expect(JSON.parse(empty.text)).toEqual({
    response_action: 'errors',
    errors: { reason: 'Say why you deny it: the person reads this.' },
  });
  expect(await chats.submit('UBO', 'Not during the freeze')).toEqual({ status: 200, text: '' });
  await expect.poll(() => chats.status(id)).toBe('denied');
  await expect
    .poll(async () => JSON.stringify(await chats.shown('UPETRA', id)))
    .toContain('Denied by Bo Okafor');
  expect((await chats.press('UPETRA', 'approve', id)).status).toBe(200);
  await expect.poll(async () => (await chats.shown('UPETRA', 'denied this first'))?.onlyTo).toBe('UPETRA');
  expect(await chats.status(id)).toBe('denied');
});

test('what is not Slack’s, not fresh, not first, or not of this workspace decides nothing', async () => {
  const id = await chats.asks(machines);
  const { slack } = chats.desks;
  const press = { user: 'UBO', actionId: 'approve', value: id };
  const { body, headers } = await slack({ press });
  const now = Math.floor(Date.now() / 1000);
  const at = async (more: object) => (await slack({ sign: body, ...more })).headers;
  const { 'x-slack-signature': mac = '', 'x-slack-request-timestamp': time = '' } = headers;
  const tries: [body: string, headers: Record<string, string>, status: number][] = [
    [body, {}, 401],
    [body, { 'x-slack-signature': mac }, 401],
    [body, { 'x-slack-request-timestamp': time }, 401],
    [body, { ...headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` }, 401],
    [body, { ...headers, 'x-slack-signature': mac.replace('v0=', '') }, 401],
    [body, { ...headers, 'x-slack-signature': mac.toUpperCase() }, 401],
    [body, { ...headers, 'x-slack-request-timestamp': String(Number(time) + 1) }, 401],
    [body, await at({ secret: 'another secret' }), 401],
    [body, await at({ at: now - 301 }), 401],
    [body, await at({ at: now + 360 }), 401],
    [`${body.slice(0, -1)}${body.endsWith('D') ? 'C' : 'D'}`, headers, 401],
    [`${body} `, headers, 401],
    [body.replace('UBO', 'UB0'), headers, 401],
    ['', headers, 401],
    ['x'.repeat(600_000), headers, 413],
  ];
  const found: number[] = [];
  for (const [sent, head] of tries) found.push((await chats.post(slackActions, sent, head)).status);
  expect(found).toEqual(tries.map(([, , status]) => status));
  expect((await chats.press('UBO', 'approve', id, { team: 'T0OTHER01' })).status).toBe(403);
  expect(await chats.status(id)).toBe('awaiting_signatures');

  const before = (await slack()).views.length;
  // Header names know no case; the same call again is answered alike, and does nothing.
  const link = await slack({ press: { user: 'UNOBODY', actionId: 'link', value: '' } });
  const loud = Object.fromEntries(
    Object.entries(link.headers).map(([name, value]) => [name.toUpperCase(), value]),
  );
  const offers = async () => (await slack()).views.length - before;
  expect((await chats.post(slackActions, link.body, loud)).status).toBe(200);
  expect(await offers()).toBe(1);
  expect(await chats.post(slackActions, link.body, link.headers)).toEqual({ status: 200, text: '' });
  expect(await offers()).toBe(1);

  // Nobody's account; somebody who was not asked; the requester; another's id in what the button says.
  expect((await chats.press('UNOBODY', 'approve', id)).status).toBe(200);
  await chats.linkSlack('lou.grant', 'ULOU');
  await chats.linkSlack('ada.lind', 'UADA');
  const bo = await chats.idOf('bo.okafor');
  for (const user of ['ULOU', 'UADA'])
    for (const value of [id, JSON.stringify({ requestId: id, personId: bo }), `${id}' or 1=1`, bo])
      expect((await chats.press(user, 'approve', value)).status).toBe(200);
  expect((await chats.press('UADA', 'deny', id)).status).toBe(200);
  expect(JSON.parse((await chats.submit('UADA', 'My own')).text)).toMatchObject({
    errors: { reason: 'Nobody decides their own request.' },
  });
  expect(await chats.status(id)).toBe('awaiting_signatures');
  expect(await refusedAt(`POST ${slackActions}`)).toEqual(
    [
      ...[
        'already_decided',
        'justification_missing',
        'not_found',
        'not_linked',
        'other_workspace',
        'own_request',
      ],
      ...['replayed', 'signature_forged', 'signature_stale', 'signature_unsigned', 'too_large'],
    ].sort(),
  );
  await chats.cancels(id);
});

test('a link is for the account it was shown to, once', async () => {
  const code = await chats.linkSlack('cy.tran', 'UCY');
  expect(await chats.act('bo.okafor', 'linkChatAccount', code)).toContain('"code":"not_found"');
  expect(await chats.act('bo.okafor', 'linkChatAccount', 'x'.repeat(43))).toContain('"code":"not_found"');
  expect(await (await chats.as('cy.tran').get('/chat/link')).text()).toContain('contoso-desk');
});

test('a link that was sent on links nothing: who asked for it never sees the digits', async () => {
  const code = await chats.offered('UEVE');
  const digits = await chats.claims('petra.holm', code);
  const links = async () => (await (await chats.as('petra.holm').get('/chat/link')).text()).includes('ueve');
  const wrong = digits === '000000' ? '000001' : '000000';
  expect(JSON.parse((await chats.submit('UOTHER', digits)).text)).toMatchObject({
    response_action: 'errors',
    errors: { digits: expect.stringContaining('Nothing waits') },
  });
  for (let tried = 0; tried < 5; tried++)
    expect((await chats.submit('UEVE', wrong)).text).toContain('not the digits');
  expect((await chats.submit('UEVE', digits)).text).toContain('Nothing waits');
  expect(await links()).toBe(false);
  const codes = await refusedAt(`POST ${slackActions}`);
  expect(codes).toContain('digits_not_allowed');
  expect(codes).toContain('digits_not_found');
});

test('a Teams account signs by its card once linked; what its token does not bear out is refused', async () => {
  const unlinked = await chats.executes('bo.okafor', 'approve', { requestId: 'x' });
  expect(JSON.parse(unlinked.text)).toMatchObject({ statusCode: 200, value: { type: 'AdaptiveCard' } });
  expect(unlinked.text).toContain('/chat/link?code=');
  await chats.linkTeams('cy.tran');
  const id = await chats.asks(machines);
  const written = async () =>
    (await chats.desks.teams()).messages.filter((one) => JSON.stringify(one).includes(id));
  await expect.poll(async () => (await written()).length).toBe(1);

  const data = { requestId: id };
  const elsewhere = 'https://smba.trafficmanager.net/emea/';
  const nobody = { from: { id: '29:x', name: 'Cy Tran' } };
  const forged: [facts: object, over: object, status: number][] = [
    [{ expires: -400 }, {}, 403],
    [{ notBefore: 400 }, {}, 403],
    [{ key: 'stranger' }, {}, 403],
    [{ key: 'elsewhere' }, {}, 403],
    [{ header: { kid: 'nobody' } }, {}, 403],
    [{ claims: { aud: '7ea35000-0000-4000-8000-00000000000f' } }, {}, 403],
    [{ claims: { iss: 'https://sts.windows.net/x/' } }, {}, 403],
    [{ claims: { serviceurl: elsewhere } }, {}, 403],
    [{}, { serviceUrl: elsewhere }, 403],
    [{ claims: { serviceurl: 'https://evil.example/' } }, { serviceUrl: 'https://evil.example/' }, 403],
    [{}, { channelId: 'directline' }, 403],
    [{}, { channelId: 'webchat' }, 403],
    [{}, { channelData: { tenant: { id: '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90' } } }, 403],
    [{}, { channelData: {}, conversation: { id: 'a', conversationType: 'personal' } }, 403],
    [{}, nobody, 200],
  ];
  const found: number[] = [];
  for (const [facts, over] of forged)
    found.push((await chats.executes('cy.tran', 'approve', data, facts, over)).status);
  expect(found).toEqual(forged.map(([, , status]) => status));
  const none = await chats.post('/api/integrations/teams/messages', JSON.stringify({ type: 'message' }), {});
  expect(none.status).toBe(403);
  // Linked to nobody, not asked, and one's own: the card comes back, and decides nothing.
  for (const name of ['lou.grant', 'ada.lind']) {
    if (name === 'ada.lind') await chats.linkTeams(name);
    expect(
      (await chats.executes(name, 'approve', { ...data, approverId: await chats.idOf('cy.tran') })).status,
    ).toBe(200);
  }
  expect(await chats.status(id)).toBe('awaiting_signatures');

  const missing = await chats.executes('cy.tran', 'deny', { ...data, reason: '' });
  expect(JSON.parse(missing.text)).toEqual({
    ...{ statusCode: 200, type: 'application/vnd.microsoft.activity.message' },
    value: 'Say why you deny it: the person reads this.',
  });
  const same = { id: 'f:the-same' };
  const done = await chats.executes('cy.tran', 'approve', data, {}, same);
  expect(JSON.parse(done.text)).toMatchObject({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
  });
  expect(done.text).toContain('You approved this');
  expect((await chats.executes('cy.tran', 'deny', { ...data, reason: 'Again' }, {}, same)).status).toBe(200);
  await expect.poll(() => chats.status(id)).toBe('approved');
  await expect.poll(async () => (await written())[0]?.edits).toBeGreaterThan(0);
  const stale = await chats.executes('cy.tran', 'deny', { ...data, reason: 'Too late' });
  expect(stale.text).toContain('You approved this');
  expect(await chats.status(id)).toBe('approved');
  const codes = await refusedAt('POST /api/integrations/teams/messages');
  for (const code of [
    'not_linked',
    'other_channel',
    'other_tenant',
    'own_request',
    'replayed',
    'service_refused',
    'token_refused',
  ])
    expect(codes, code).toContain(code);
  await chats.cancels(id);
});

test('raced for on the page, in Slack and in Teams there is one winner, and the others hear who', async () => {
  const id = await chats.asks(machines);
  await expect.poll(async () => (await chats.shown('UBO', id))?.text).toContain('Ada Lind asks for');
  await Promise.all([
    chats.press('UBO', 'approve', id),
    chats.executes('cy.tran', 'approve', { requestId: id }),
    chats.act('petra.holm', 'decideRequest', {
      ...{ requestId: id, shownStage: 1, decision: 'deny', justification: 'Not now' },
    }),
  ]);
  await expect.poll(() => chats.status(id)).toMatch(/approved|denied/);
  const won = await chats.status(id);
  const [says] = won === 'denied' ? ['Denied by Petra Holm'] : [/Approved by (Bo Okafor|Cy Tran)/];
  await expect.poll(async () => JSON.stringify(await chats.shown('UBO', id))).toMatch(says ?? '');
  if (won !== 'denied') await chats.cancels(id);
});

test('a critical role has one way only, into Stint', async () => {
  const id = await chats.asks(onCall);
  await expect.poll(async () => (await chats.shown('UBO', id))?.text).toContain('Ada Lind asks for');
  const card = JSON.stringify(await chats.shown('UBO', id));
  expect(card).toContain(`/requests/${id}`);
  expect(card).not.toContain('"approve"');
  expect((await chats.press('UBO', 'approve', id)).status).toBe(200);
  expect(await chats.status(id)).toBe('awaiting_signatures');
  expect((await chats.executes('cy.tran', 'approve', { requestId: id })).text).toContain('critical role');
  expect(await chats.status(id)).toBe('awaiting_signatures');
});

test('a home in Slack shows what waits for whom, and how to link an account that is nobody’s', async () => {
  const sends = async (event: object) => {
    const { body, headers } = await chats.desks.slack({ sign: JSON.stringify(event) });
    return chats.post('/api/integrations/slack/events', body, headers);
  };
  const opens = (user: string, id: string) =>
    sends({
      ...{ type: 'event_callback', team_id: 'T0DESK001', event_id: id },
      event: { type: 'app_home_opened', user, tab: 'home', channel: `D${user}` },
    });
  const home = async (user: string) => JSON.stringify((await chats.desks.slack()).homes[user] ?? '');
  expect(await sends({ type: 'url_verification', challenge: 'is it you' })).toEqual({
    ...{ status: 200, text: 'is it you' },
  });
  await chats.linkSlack('bo.okafor', 'UBO');
  const id = await chats.asks(machines);
  expect((await opens('UBO', 'Ev1')).status).toBe(200);
  await expect.poll(() => home('UBO')).toContain(id);
  expect((await opens('USTRANGER', 'Ev2')).status).toBe(200);
  await expect.poll(() => home('USTRANGER')).toContain('Link this account');
  // The same event once more, signed anew, as Slack does when it heard no answer.
  expect((await opens('USTRANGER', 'Ev2')).status).toBe(200);
  expect((await chats.post('/api/integrations/slack/events', '{}', {})).status).toBe(401);
  expect((await chats.press('UBO', 'approve', id)).status).toBe(200);
  await expect.poll(() => chats.status(id)).toBe('approved');
  await expect.poll(() => home('UBO')).not.toContain(id);
  const { published } = await chats.desks.slack();
  expect(published.filter((user) => user === 'USTRANGER')).toHaveLength(1);
  await chats.cancels(id);
});

test('an account is linked and unlinked on a page of Stint, and settings say how each chat is', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: chats.stint.origin });
  await page.goto(`/chat/link?code=${await chats.offered('UNEW')}`);
  await signIn(page, 'lou.grant');
  await expect(
    page.getByText('Link the Slack account @name.unew of contoso-desk to Lou Grant'),
  ).toBeVisible();
  await expectAccessible(page, 'Link an account');
  await page.getByRole('button', { name: 'Link this account' }).click();
  const digits = await page.getByText(/^\d{6}$/).textContent();
  await expect(page.getByRole('list', { name: 'Linked accounts' })).not.toContainText('name.unew');
  expect((await chats.submit('UNEW', digits ?? '')).text).toContain('linked to Lou Grant');
  await page.goto('/chat/link');
  await expect(page.getByRole('list', { name: 'Linked accounts' })).toContainText('name.unew');
  await expect(page.getByRole('button', { name: 'Link this account' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Unlink Slack' }).click();
  await expect(page.getByText('No account is linked')).toBeVisible();
  await page.context().clearCookies();
  await page.goto('/settings/chat');
  await signIn(page, 'mira.novak');
  for (const help of await page.getByText('How it is set up').all()) await help.click();
  await expect(page.getByRole('region', { name: 'Slack' })).toContainText('set up');
  await expectAccessible(page, 'Settings, chat');
  await page.close();
});
