import { createHmac, createPublicKey } from 'node:crypto';
import { expect } from '#e2e/fixtures/expect.ts';
import { test } from '#e2e/fixtures/people.ts';
import { actIn, stepUpOff, tokensOf } from '#e2e/fixtures/step-up.ts';
import { type Action, builtActions, refusalsAfter, type Visitor, verdict, visit } from './visitor.ts';

const portal = '5717a000-0000-4000-8000-000000000001';
const tenant = 'c0470500-0000-4000-8000-000000000001';
let origin: string;
let authority: string;
let ada: Visitor;
let mira: Visitor;
/** The key of a role of Ada's that needs no approval. */
let contributor: string;

test.describe.configure({ mode: 'serial', timeout: 120_000 });
test.beforeAll(async ({ baseURL, emulator, tenant: local }) => {
  await local.reset();
  origin = new URL(baseURL ?? '').origin;
  authority = emulator.origin;
  [ada, mira] = [await visit(origin, 'ada.lind'), await visit(origin, 'mira.novak')];
  await ada.act(builtActions().get('refreshAccess') as Action, []);
  await expect(async () => {
    const html = await (await ada.get('/')).text();
    contributor = /\\"key\\":\\"(azure\|b24988ac[^\\]+)\\"/.exec(html)?.[1] ?? '';
    expect(contributor).not.toBe('');
  }).toPass({ timeout: 30_000 });
  await turns({ ...stepUpOff, activations: 'always', context: 'c1' });
});
test.afterAll(async ({ tenant: local }) => {
  await turns(stepUpOff);
  await ada?.leave();
  await kept?.leave();
  await mira?.leave();
  await local.reset();
});

const act = (who: Visitor, name: string, input: unknown) =>
  who.act(builtActions().get(name) as Action, [input]);

/** Saves the rules, with the fresh sign-in they ask for. */
async function turns(value: object): Promise<void> {
  const html = await (await mira.get('/settings')).text();
  const version = Number(/\\"stepUp\\":\{[^}]*\},\\"version\\":(\d+)/.exec(html)?.[1] ?? versionIn(html));
  const save = () => act(mira, 'saveStepUpRules', { value, version });
  const answer = await (await save()).text();
  const wanted = actIn(answer);
  if (!wanted) return expect(answer, `version ${version}`).toContain('"ok":true');
  const { access_token: token } = await tokensOf(authority, origin, 'mira.novak', { context: 'c1' });
  expect(await verdict(await act(mira, 'showProof', { act: wanted, token }))).toBe('ok');
  expect(await verdict(await save())).toBe('ok');
}

function versionIn(html: string): number {
  return Number(/\\"freshMinutes\\":\d+\},\\"version\\":(\d+)/.exec(html)?.[1]);
}

/** Ada asks for a role; answers the verdict, and the act a sign-in is wanted for. */
async function asks(minutes = 30) {
  const roles = [{ key: contributor, minutes }];
  const ask = { roles, justification: 'A disk is full', ticketNumber: '', startsAt: null };
  const text = await (await act(ada, 'activateRoles', ask)).text();
  const code = /"ok":false,"code":"(\w+)"/.exec(text)?.[1] ?? (text.includes('"requestId":"') ? 'ok' : text);
  return { code, act: actIn(text) ?? '' };
}

const shows = async (who: Visitor, wanted: string, token: string) =>
  verdict(await act(who, 'showProof', { act: wanted, token }));

const adas = (wanted: Parameters<typeof tokensOf>[3] = { context: 'c1' }) =>
  tokensOf(authority, origin, 'ada.lind', wanted);

test('ten sign-ins that are not the one asked for, and each is refused and on record', async ({ comes }) => {
  const { code, act: wanted } = await asks();
  expect(code).toBe('proof_needed');
  const good = (await adas()).access_token;
  const before = (await refusalsAfter(await auditor(), 0)).at(-1)?.seq ?? 0;

  const signIn = { clientId: portal, secret: 'sandbox-secret', redirectUri: `${origin}/auth/callback` };
  const bad: [string, string][] = [
    ['an ID token', (await adas()).id_token],
    [
      'a Graph token',
      (await adas({ ...signIn, scope: 'openid https://graph.microsoft.com/User.Read' })).access_token,
    ],
    [
      'an ARM token',
      (await adas({ ...signIn, scope: 'openid https://management.azure.com/user_impersonation' }))
        .access_token,
    ],
    ['a sign-in’s ID token', (await adas({ ...signIn, scope: 'openid profile' })).id_token],
    ['somebody else’s', (await tokensOf(authority, origin, 'bo.okafor', { context: 'c1' })).access_token],
    ['unsigned', changed(good, { alg: 'none' }, {}, '')],
    ['signed with the public key', await hmaced(good)],
    ['of another tenant', changed(good, {}, { tid: '00000000-0000-4000-8000-000000000000' })],
    ['with another context written in', changed((await adas({})).access_token, {}, { acrs: ['c1'] })],
    ['expired and prolonged by hand', changed(good, {}, { exp: 4_000_000_000 })],
  ];
  for (const [name, token] of bad) expect(await shows(ada, wanted, token), name).toBe('proof_refused');
  expect((await asks()).code).toBe('proof_needed');

  // Downgraded: a real sign-in of the right person that met no context, or another one.
  for (const wrong of [{}, { context: 'c2' }]) {
    expect(await shows(ada, wanted, (await adas(wrong)).access_token)).toBe('ok');
    expect((await asks()).code).toBe('proof_needed');
  }
  // For one act it does not count for another, nor in another session of the same person.
  const second = await comes('ada.lind');
  const other = await visit(origin, 'ada.lind');
  expect(await shows(other, wanted, (await adas()).access_token)).toBe('ok');
  expect((await asks()).code).toBe('proof_needed');
  expect(await shows(ada, (await asks(45)).act, (await adas()).access_token)).toBe('ok');
  expect((await asks()).code).toBe('proof_needed');
  await other.leave();
  await second.context.close();

  const told = (await refusalsAfter(await auditor(), before)).filter(
    ({ details }) => details.door === 'showProof',
  );
  expect(told.map(({ actorName, details }) => `${actorName} ${details.code}`)).toContain(
    'Ada Lind proof_refused',
  );
});

test('the right one counts once, and neither again nor written differently', async () => {
  const { act: wanted } = await asks(60);
  const good = (await adas()).access_token;
  expect(await shows(ada, wanted, good)).toBe('ok');
  expect(await shows(ada, wanted, good)).toBe('proof_refused');
  expect((await asks(60)).code).toBe('ok');
  for (const again of [good, `${good}=`, `${good}.`, malleable(good)]) {
    expect(await shows(ada, wanted, again), again.slice(-4)).toBe('proof_refused');
  }
  expect(await shows(mira, wanted, good)).toBe('proof_refused');
});

test('nothing that Stint answers or keeps holds the token', async () => {
  const { act: wanted } = await asks(75);
  const token = (await adas()).access_token;
  const answer = await act(ada, 'showProof', { act: wanted, token });
  const signature = token.split('.').at(-1) ?? token;
  expect(await answer.text()).not.toContain(signature);
  const record = await (await (await auditor()).get('/api/exports/audit')).text();
  expect(record).not.toContain(signature);
  expect(record).not.toContain(token.split('.')[1]);
});

let kept: Visitor | undefined;
async function auditor(): Promise<Visitor> {
  kept ??= await visit(origin, 'auden.hale');
  return kept;
}

type Part = Record<string, unknown>;
const read = (part = ''): Part => JSON.parse(Buffer.from(part, 'base64url').toString());
const write = (part: Part) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The same token with other words in it, under the old signature or another. */
function changed(token: string, header: Part, claims: Part, signature = token.split('.')[2]): string {
  const [head, body] = token.split('.');
  return `${write({ ...read(head), ...header })}.${write({ ...read(body), ...claims })}.${signature}`;
}

async function hmaced(token: string): Promise<string> {
  const answer = await fetch(`${authority}/${tenant}/discovery/v2.0/keys`);
  const { keys } = (await answer.json()) as { keys: Part[] };
  const pem = createPublicKey({ key: keys[0] as never, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  const body = changed(token, { alg: 'HS256' }, {}).split('.').slice(0, 2).join('.');
  return `${body}.${createHmac('sha256', pem).update(body).digest('base64url')}`;
}

/** The same signature in other letters: base64url leaves bits of its last letter unused. */
function malleable(token: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + letters[letters.indexOf(token.slice(-1)) ^ 1];
}
