import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { builtActions, refusalsAfter, type Visitor, verdict, visit } from './visitor.ts';

/** A request of nobody's: whoever gets past the doors is told `not_found`, and nothing changes. */
const noRequest = '0d4b3a52-8a41-4c1e-9f6e-2f1d6b7c8a90';
let origin: string;
let lou: Visitor;
let auden: Visitor;

test.beforeAll(async ({ baseURL }) => {
  origin = new URL(baseURL ?? '').origin;
  [lou, auden] = [await visit(origin, 'lou.grant'), await visit(origin, 'auden.hale')];
});
test.afterAll(async () => {
  for (const visitor of [lou, auden]) await visitor?.leave();
});

const evil = 'https://evil.example';
/** Headers as other sites, old browsers and programs send them. */
const crossSite: [name: string, headers: (own: string) => Record<string, string>][] = [
  ['another site', () => ({ origin: evil })],
  ['another site, forwarded host forged', () => ({ origin: evil, 'x-forwarded-host': 'evil.example' })],
  ['another site, our fetch metadata', () => ({ origin: evil, 'sec-fetch-site': 'same-origin' })],
  ['a sandboxed frame or a file', () => ({ origin: 'null' })],
  ['another port of ours', (own) => ({ origin: own.replace(/\d+$/, '1') })],
  ['another scheme', (own) => ({ origin: own.replace('http:', 'https:') })],
  ['a host that begins like ours', (own) => ({ origin: `${own}.evil.example` })],
  ['no origin, cross-site by fetch metadata', () => ({ origin: '', 'sec-fetch-site': 'cross-site' })],
  ['no origin, only a referrer of ours', (own) => ({ origin: '', referer: `${own}/` })],
];

test('a forged request is refused in each of nine ways, at every action and at sign-out, on record', async () => {
  const cancel = builtActions().get('cancelRequest');
  if (!cancel) throw new Error('The build has no cancelRequest.');
  for (const [name, headers] of crossSite) {
    const answer = await lou.act(cancel, [noRequest], { headers: headers(origin) });
    expect(answer.status(), name).toBe(403);
    expect(await answer.text(), name).toContain('"code":"cross_site"');
    const out = await lou.door.post('/auth/sign-out', { headers: headers(origin), maxRedirects: 0 });
    expect(out.status(), `sign-out, ${name}`).toBe(403);
  }
  for (const action of builtActions().values()) {
    const answer = await lou.act(action, [noRequest], { headers: { origin: evil } });
    expect(answer.status(), action.name).toBe(403);
  }
  expect((await lou.get('/requests')).status()).toBe(200);
  expect(await verdict(await lou.act(cancel, [noRequest]))).toBe('not_found');
  const told = (await refusalsAfter(auden, 0)).map(
    ({ actorName, details: { door, code } }) => `${actorName} ${door} ${code}`,
  );
  for (const one of ['actions cross_site', 'POST /auth/sign-out cross_site', 'cancelRequest not_found']) {
    expect(told.filter((entry) => entry === `Lou Grant ${one}`)).toHaveLength(1);
  }
});

test('a link on another site takes no export', async () => {
  const from = (site: string) =>
    auden.door.get('/api/exports/history', { headers: { 'sec-fetch-site': site } });
  expect((await from('cross-site')).status()).toBe(403);
  expect((await from('same-origin')).status()).toBe(200);
  expect((await from('none')).status()).toBe(200);
});

/** What has let strangers past the proxies of other portals: headers that Next, a proxy or a framework once trusted. */
const bypasses: [path: string, headers: Record<string, string>][] = [
  ['/history', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
  ['/history', { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' }],
  ['/history', { 'x-middleware-next': '1', 'x-middleware-rewrite': '/history' }],
  ['/api/exports/history', { 'x-original-url': '/api/health', 'x-rewrite-url': '/api/health' }],
  [
    '/api/exports/history',
    { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', 'x-stint-peer': '127.0.0.1' },
  ],
  ['/history', { 'x-forwarded-host': 'localhost', 'x-forwarded-proto': 'https', forwarded: 'for=127.0.0.1' }],
  ['/history', { 'x-invoke-path': '/auth/signed-out', 'x-matched-path': '/auth/signed-out' }],
  ['/history', { 'x-ms-client-principal-name': 'mira.novak@contoso.example', 'x-remote-user': 'mira.novak' }],
  ['/history', { 'x-nextjs-data': '1', rsc: '1', 'next-router-prefetch': '1' }],
  ['/history?_rsc=1', { rsc: '1' }],
  ['/_next/data/x/history.json', {}],
  ['/_next/../history', {}],
  ['/history//', {}],
  ['/history/%2e', {}],
  ['/HISTORY', {}],
  ['/api/exports/history/', {}],
];

test('no header and no spelling of a path lets a stranger in', async () => {
  const stranger = await visit(origin, null);
  for (const [path, headers] of bypasses) {
    const answer = await stranger.get(path, headers);
    const text = await answer.text();
    expect(`${path} ${answer.status()}`).toMatch(/ (30[1278]|40[0134])$|rsc|\/history 200$/);
    expect(text).not.toContain('Lou Grant');
    expect(text).not.toMatch(/filed_at|everyone’s|aria-label="History"/);
    expect(new URL(answer.headers().location ?? '/', origin).origin).toBe(origin);
  }
  await stranger.leave();
});

const hosts = [
  'evil.example',
  'evil.example/requests',
  '127.0.0.1',
  'localhost:3000@evil.example',
  'evil.example:443',
];
const leads = [
  'https://',
  'HTTPS:',
  'https:',
  '//',
  '///',
  '/\\',
  '\\/',
  '\\\\',
  '/\t/',
  '/.//',
  '/%2e%2e//',
  ' //',
];

test('sixty ways to send somebody elsewhere after sign-in all lead home', async () => {
  const sent = leads.flatMap((lead) => hosts.map((host) => `${lead}${host}`));
  expect(sent).toHaveLength(60);
  for (const returnTo of sent) {
    const page = await lou.get(`/auth/failed?reason=lapsed&returnTo=${encodeURIComponent(returnTo)}`);
    expect(await page.text(), returnTo).toContain('href="/auth/sign-in?returnTo=%2F"');
  }
});
