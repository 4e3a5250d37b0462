import { createHash } from 'node:crypto';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { builtActions, refusalsAfter, type Visitor, visit } from './visitor.ts';

let origin: string;
const visitors: Visitor[] = [];

test.beforeAll(({ baseURL }) => {
  origin = new URL(baseURL ?? '').origin;
});
test.afterEach(async () => {
  for (const visitor of visitors.splice(0)) await visitor.leave();
});

async function comes(login: string): Promise<Visitor> {
  const visitor = await visit(origin, login);
  visitors.push(visitor);
  return visitor;
}

async function cookieOf({ door }: Visitor) {
  const { cookies } = await door.storageState();
  const session = cookies.find(({ name }) => /^__Host-stint-\d+$/.test(name));
  if (!session) throw new Error('There is no session cookie.');
  return session;
}

/** Whether these headers open anything: both kinds of doors must say the same. */
async function opens(headers: Record<string, string>, query = ''): Promise<boolean> {
  const [route, page] = await Promise.all([
    fetch(`${origin}/api/exports/history${query}`, { headers }),
    fetch(`${origin}/requests${query}`, { headers, redirect: 'manual' }),
  ]);
  await route.text();
  expect([401, 200]).toContain(route.status);
  expect([307, 200]).toContain(page.status);
  expect(page.status === 200).toBe(route.status === 200);
  return route.status === 200;
}

test('a cookie that is not exactly the one given opens nothing, in sixteen ways', async () => {
  const lou = await comes('lou.grant');
  const { name, value } = await cookieOf(lou);
  expect(await opens({ cookie: `${name}=${value}` })).toBe(true);
  const flipped = value.startsWith('A') ? `B${value.slice(1)}` : `A${value.slice(1)}`;
  const hash = createHash('sha256').update(value);
  const wrong: Record<string, string>[] = [
    { cookie: `${name}=${flipped}` },
    { cookie: `${name}=${value.slice(0, -1)}` },
    { cookie: `${name}=${value}A` },
    { cookie: `${name}=${value.toUpperCase()}` },
    { cookie: `${name}=${hash.copy().digest('base64url')}` },
    { cookie: `${name}=${hash.copy().digest('hex')}` },
    { cookie: `${name}=` },
    { cookie: `${name}=%00${value}` },
    { cookie: `${name}=${value.repeat(200)}` },
    { cookie: `${name.replace('__Host-', '')}=${value}` },
    { cookie: `${name.replace(/\d+$/, '1')}=${value}` },
    { cookie: `${name.toLowerCase()}=${value}` },
    { cookie: `${name.replace('stint', 'stint-sign-in')}=${value}` },
    { authorization: `Bearer ${value}` },
    { 'x-session': value, 'x-stint-session': value },
    {},
  ];
  for (const headers of wrong) expect(await opens(headers), JSON.stringify(headers)).toBe(false);
  expect(await opens({}, `?${name}=${value}`)).toBe(false);
});

test('a cookie planted before signing in is not the one after it, and opens nothing', async () => {
  const planted = createHash('sha256').update('planted').digest('base64url');
  const { name } = await cookieOf(await comes('lou.grant'));
  const victim = await visit(origin, 'lou.grant', { cookie: `${name}=${planted}` });
  visitors.push(victim);
  expect(await opens({ cookie: `${name}=${planted}` })).toBe(false);
});

test('signing in again ends the session before it', async () => {
  const lou = await comes('lou.grant');
  const { name, value } = await cookieOf(lou);
  await lou.door.get('/auth/sign-in');
  expect((await cookieOf(lou)).value).not.toBe(value);
  expect(await opens({ cookie: `${name}=${value}` })).toBe(false);
});

test('a session that was ended opens nothing: by its person, from elsewhere, by an administrator', async () => {
  const [end, others] = ['endSession', 'endOthers'].map((name) => builtActions().get(name));
  if (!end || !others) throw new Error('The build lacks an action.');
  const cookieHeader = async (visitor: Visitor) => {
    const { name, value } = await cookieOf(visitor);
    return { cookie: `${name}=${value}` };
  };
  const out = await comes('wim.claes');
  const kept = await cookieHeader(out);
  await out.door.post('/auth/sign-out', { headers: { origin }, maxRedirects: 0 });
  expect(await opens(kept)).toBe(false);

  const [here, there, mira] = [await comes('uma.joshi'), await comes('uma.joshi'), await comes('mira.novak')];
  await here.act(others, []);
  expect(await opens(await cookieHeader(there))).toBe(false);
  expect(await opens(await cookieHeader(here))).toBe(true);

  const html = await (await mira.get('/sessions?person=Uma')).text();
  const [, id = ''] = /\\"id\\":\\"([\da-f-]{36})\\",\\"name\\":\\"Uma/.exec(html) ?? [];
  expect(await (await mira.act(end, [id])).text()).toContain('"ok":true');
  expect(await opens(await cookieHeader(here))).toBe(false);
});

test('signing out at Microsoft ends the session here, without a cookie of ours', async ({
  emulator,
  arrives,
}) => {
  const ada = await arrives('ada.lind');
  ada.expects(/127\.0\.0\.1|localhost/);
  await ada.signsIn('/requests');
  await expect(ada.page.getByRole('heading', { name: 'Requests' })).toBeVisible();
  const { name, value } =
    (await ada.context.cookies()).find((one) => /^__Host-stint-\d+$/.test(one.name)) ?? {};
  expect(await opens({ cookie: `${name}=${value}` })).toBe(true);
  await ada.page.goto(`${emulator.origin}/c0470500-0000-4000-8000-000000000001/oauth2/v2.0/logout`);
  await expect.poll(() => opens({ cookie: `${name}=${value}` })).toBe(false);
});

test('more than a minute’s worth is refused with the time to wait, on record, and nobody else feels it', async () => {
  const [wim, lou, auden] = [await comes('wim.claes'), await comes('lou.grant'), await comes('auden.hale')];
  const before = (await refusalsAfter(auden, 0)).at(-1)?.seq ?? 0;
  const cancel = builtActions().get('cancelRequest');
  if (!cancel) throw new Error('The build has no cancelRequest.');
  let text = '';
  for (let sent = 0; sent < 520 && !text.includes('too_fast'); sent += 5) {
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => wim.act(cancel, ['not-an-id'])));
    text = (await Promise.all(five.map((answer) => answer.text()))).join();
  }
  expect(text).toMatch(/"code":"too_fast","message":"[^"]*Try again in \d+ s\./);
  expect(await (await lou.act(cancel, ['not-an-id'])).text()).toContain('"code":"malformed"');
  const reports = await Promise.all(
    Array.from({ length: 70 }, () => fetch(`${origin}/api/csp`, { method: 'POST', body: '{}' })),
  );
  const refused = reports.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  const told = await refusalsAfter(auden, before);
  expect(
    told.filter(({ details: { code } }) => code === 'too_fast').map(({ details: { door } }) => door),
  ).toEqual(['cancelRequest', 'POST /api/csp']);
});
