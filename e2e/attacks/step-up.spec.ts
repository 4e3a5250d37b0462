import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { postSignIn } from '#e2e/fixtures/sign-in.ts';
import { builtActions, refusalsAfter, type Visitor, visit } from './visitor.ts';

const role = 'entra|e8611ab8-c189-46e8-94e1-60213ab1f814|/';
const ownPage = { 'sec-fetch-site': 'same-origin' };
const context = (value: string) => JSON.stringify({ access_token: { acrs: { essential: true, value } } });

test.beforeAll(({ tenant }) => tenant.reset());
test.afterAll(({ tenant }) => tenant.reset());

/** Files the role that asks for a context, once Stint has read that it may be; its id. */
async function files(visitor: Visitor): Promise<string> {
  const [act, refresh] = ['activateRoles', 'refreshAccess'].map((name) => builtActions().get(name));
  if (!act || !refresh) throw new Error('The build lacks an action.');
  await visitor.act(refresh, []);
  await expect
    .poll(async () => (await visitor.get('/')).text())
    .toMatch(/Privileged Role Administrator[\s\S]*authenticationContext\\":\\"c1/);
  const roles = [{ key: role, minutes: 30 }];
  const ask = { roles, justification: 'Give a role', ticketNumber: '', startsAt: null };
  const text = await (await visitor.act(act, [ask])).text();
  const [, id = ''] = /"requestId":"([\da-f-]{36})"/.exec(text) ?? [];
  expect(id, text).not.toBe('');
  return id;
}

interface Bent {
  login?: string;
  bend?: (location: URL) => void;
}

/** Begins the sign-in for this request and answers the authority's page; the callback it is sent to. */
async function begins(visitor: Visitor, id: string, { login = 'ada.lind', bend }: Bent = {}): Promise<URL> {
  const begun = await visitor.get(`/auth/step-up?request=${id}&in=popup`, ownPage);
  const location = new URL(begun.headers().location ?? '');
  bend?.(location);
  const page = await visitor.door.get(location.href, { maxRedirects: 0 });
  // A browser that has met what is asked is not asked again.
  const answer =
    page.status() === 200 ? await postSignIn(visitor.door, page, login, { maxRedirects: 0 }) : page;
  return new URL(answer.headers().location ?? '');
}

/** Where the callback leads, and what it says of the outcome. */
async function finishes({ door }: Visitor, callback: URL, headers: Record<string, string> = {}) {
  const answer = await door.get(callback.href, { maxRedirects: 0, headers });
  const to = new URL(answer.headers().location ?? '', callback);
  return to.searchParams.get('outcome') ?? to.searchParams.get('reason') ?? `${answer.status()}`;
}

test('a stronger sign-in downgraded or borrowed in fifteen ways sends nothing on, each on record', async ({
  baseURL,
  tenant,
}) => {
  const origin = new URL(baseURL ?? '').origin;
  const comes = (login: string | null) => visit(origin, login);
  const [auden, ada, adas, bo] = (await Promise.all(
    ['auden.hale', 'ada.lind', 'ada.lind', 'bo.okafor'].map(comes),
  )) as [Visitor, Visitor, Visitor, Visitor];
  const before = (await refusalsAfter(auden, 0)).at(-1)?.seq ?? 0;
  const id = await files(ada);
  const cookiesOf = async ({ door }: Visitor) => (await door.storageState()).cookies;
  const cookie = async (visitor: Visitor, shape: RegExp) => {
    const found = (await cookiesOf(visitor)).find(({ name }) => shape.test(name));
    return `${found?.name}=${found?.value}`;
  };
  const session = /^__Host-stint-\d+$/;
  const attempt = /^__Host-stint-sign-in/;
  const plainCode = async () => {
    const begun = await ada.get('/auth/sign-in');
    const page = await ada.door.get(begun.headers().location ?? '', { maxRedirects: 0 });
    const answer =
      page.status() === 200 ? await postSignIn(ada.door, page, 'ada.lind', { maxRedirects: 0 }) : page;
    return new URL(answer.headers().location ?? '');
  };

  const found: string[] = [];
  const wanted: string[] = [];
  const tried = async (what: string, expected: string, seen: Promise<string>) => {
    wanted.push(`${what}: ${expected}`);
    found.push(`${what}: ${await seen}`);
  };
  const bent = async (bend: (location: URL) => void, login = 'ada.lind') =>
    finishes(ada, await begins(ada, id, { bend, login }));

  await tried(
    'other claims',
    'downgraded',
    bent(({ searchParams }) => searchParams.set('claims', context('c2'))),
  );
  await tried(
    'no nonce',
    'refused',
    bent(({ searchParams }) => searchParams.delete('nonce')),
  );
  await tried(
    'other nonce',
    'refused',
    bent(({ searchParams }) => searchParams.set('nonce', 'x'.repeat(43))),
  );
  await tried(
    'other verifier',
    'refused',
    bent(({ searchParams }) => searchParams.set('code_challenge', 'x'.repeat(43))),
  );
  await tried(
    'other person',
    'other_person',
    // Who has met the context already is not asked who they are, unless the page is asked for.
    bent(({ searchParams }) => searchParams.set('prompt', 'login'), 'bo.okafor'),
  );

  const stolen = await begins(ada, id);
  await tried('another browser', 'lapsed', finishes(adas, stolen));
  const mixed = await begins(ada, id);
  const borrowed = `${await cookie(ada, attempt)}; ${await cookie(adas, session)}`;
  await tried('another session of the same person', 'other_session', sentWith(mixed, borrowed));
  const anothers = await begins(ada, id);
  const lent = `${await cookie(ada, attempt)}; ${await cookie(bo, session)}`;
  await tried('somebody else’s session', 'other_session', sentWith(anothers, lent));
  const alone = await begins(ada, id);
  await tried('no session', 'session_over', sentWith(alone, await cookie(ada, attempt)));

  const cancelled = await begins(ada, id);
  cancelled.searchParams.delete('code');
  cancelled.searchParams.set('error', 'access_denied');
  await tried('cancelled', 'cancelled', finishes(ada, cancelled));
  await tried('its state used again', 'lapsed', finishes(ada, cancelled));

  const signIn = await plainCode();
  const mine = await begins(ada, id);
  mine.searchParams.set('code', signIn.searchParams.get('code') ?? '');
  await tried('a sign-in’s code', 'refused', finishes(ada, mine));
  signIn.searchParams.set('state', `step-up.${signIn.searchParams.get('state')}`);
  await tried('a sign-in’s state', 'lapsed', finishes(ada, signIn));
  const asSignIn = await begins(ada, id);
  asSignIn.searchParams.set('state', (asSignIn.searchParams.get('state') ?? '').replace('step-up.', ''));
  await tried('its state as a sign-in’s', 'lapsed', finishes(ada, asSignIn));

  const status = async (visitor: Visitor, headers = {}) =>
    String((await visitor.get(`/auth/step-up?request=${id}`, headers)).status());
  await tried('begun from another site', '403', status(ada, { 'sec-fetch-site': 'cross-site' }));
  await tried('begun from nowhere', '403', status(ada));
  await tried('begun by somebody else', '404', status(bo, ownPage));
  const nobody = await comes(null);
  await tried('begun by nobody', '303', status(nobody, ownPage));

  expect(found).toEqual(wanted);
  expect((await tenant.activated('Ada Lind')).join()).not.toContain('Privileged Role');
  const story = await (await ada.get(`/requests/${id}`)).text();
  expect(story).toContain('Needs you');

  const refusals = (await refusalsAfter(auden, before)).map(
    ({ details }) => `${details.door} ${details.code}`,
  );
  expect(refusals).toEqual(
    expect.arrayContaining([
      ...['GET /auth/callback step_up_lapsed', 'GET /auth/callback lapsed'],
      ...['GET /auth/step-up cross_site', 'GET /auth/step-up not_found'],
    ]),
  );
  const audit = await auden.get(`/api/exports/audit?action=request.step_up_failed`);
  const failures = (await audit.text())
    .split('\n')
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line).details.reason);
  const perReason = wanted
    .map((line) => line.split(': ').at(-1))
    .filter((one) => !/lapsed|\d/.test(one ?? ''));
  expect(failures.toSorted()).toEqual(perReason.toSorted());

  // The right one still goes on.
  expect(await finishes(ada, await begins(ada, id))).toBe('done');
  await expect
    .poll(() => tenant.activated('Ada Lind'))
    .toContainEqual(expect.stringContaining('Privileged Role'));
  await tried('begun for what waits no more', '303', status(ada, ownPage));
  for (const visitor of [auden, ada, adas, bo, nobody]) await visitor.leave();
});

/** The callback with these cookies and no others. */
async function sentWith(callback: URL, cookie: string): Promise<string> {
  const answer = await fetch(callback, { redirect: 'manual', headers: { cookie } });
  const to = new URL(answer.headers.get('location') ?? '', callback);
  return to.searchParams.get('outcome') ?? `${answer.status}`;
}

test('without the claims Azure asks for the same again, and nothing is granted', async ({
  baseURL,
  tenant,
}) => {
  await tenant.reset();
  const ada = await visit(new URL(baseURL ?? '').origin, 'ada.lind');
  const id = await files(ada);
  const bend = ({ searchParams }: URL) => searchParams.delete('claims');
  expect(await finishes(ada, await begins(ada, id, { bend }))).toBe('done');
  await expect
    .poll(async () => (await ada.get(`/requests/${id}`)).text())
    .toContain('the same again after you signed in');
  expect((await tenant.activated('Ada Lind')).join()).not.toContain('Privileged Role');
  const cancel = builtActions().get('cancelRequest');
  if (cancel) await ada.act(cancel, [id]);
  await ada.leave();
});
