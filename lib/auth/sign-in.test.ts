import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfidentialClientApplication, ServerError } from '@azure/msal-node';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { sessions } from '#db/schema/people.ts';
import { testDatabase } from '#db/testing.ts';
import { config } from '#lib/config/config.ts';
import { finishSignIn } from './finish-sign-in.ts';
import { freshActor } from './fresh-actor.ts';
import { frontChannelSignOut } from './front-channel.ts';
import { trustSandboxCa } from './sandbox-trust.ts';
import { newSecret } from './secret.ts';
import * as keys from './server-key.ts';
import { findSession, type Session } from './session.ts';
import { beginSignIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { pickAccount, type RunningEmulator, startEmulator } from './testing.ts';
import { openTokenCache, sealTokenCache } from './token-cache.ts';
import { appToken, tokenFor } from './tokens.ts';

let folder: string;
let emulator: RunningEmulator;
let opened: Opened;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stint-sign-in-'));
  process.env.STINT_DATA = folder;
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
  emulator = await startEmulator(process.env);
  process.env.EMULATOR_HTTPS_PORT = emulator.httpsPort;
  process.env.EMULATOR_HTTP_PORT = emulator.httpPort;
  trustSandboxCa(config());
  opened = await testDatabase();
});
afterAll(async () => {
  await opened?.close();
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function begin(returnTo = '/requests?open=1') {
  return beginSignIn({ returnTo, browser: undefined, now: new Date() });
}

function finish(query: URLSearchParams, browser: string | undefined, session?: string) {
  return finishSignIn({ query, browser, session, userAgent: 'test', now: new Date(), traceId: 'trace' });
}

async function signedIn(name: string): Promise<Session> {
  const { location, browser } = await begin();
  const callback = await pickAccount(location, `${name}@contoso.example`);
  return (await finish(callback.searchParams, browser)).session;
}

/** Calls of the token endpoint since the emulator began. */
async function tokenCalls(): Promise<number> {
  const answer = await fetch(`${config().emulatorHttpOrigin}/_emulator/journal?since=0`);
  const entries = (await answer.json()) as { path: string }[];
  return entries.filter(({ path }) => path.endsWith('/oauth2/v2.0/token')).length;
}

/** MSAL's cache, as far as these tests change it. */
interface Cache {
  AccessToken: Record<string, unknown>;
  RefreshToken: Record<string, { secret: string }>;
}

async function changeCache(session: Session, change: (cache: Cache) => void): Promise<void> {
  const own = eq(sessions.id, session.id);
  const [row] = await db().select().from(sessions).where(own);
  const cache: Cache = JSON.parse(openTokenCache(session, row?.sealedTokens ?? Buffer.alloc(0)));
  change(cache);
  const sealedTokens = sealTokenCache(session, JSON.stringify(cache));
  await db().update(sessions).set({ sealedTokens }).where(own);
}

async function statusOf(url: string, token: string): Promise<number> {
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
}

describe('signing in', () => {
  test('asks with PKCE, a state and a nonce, and comes back to where the person was going', async () => {
    const { location, browser } = await begin();
    const asked = new URL(location).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    expect(location).not.toContain(browser);
    const callback = await pickAccount(location, 'ada.lind@contoso.example');
    expect(callback.origin + callback.pathname).toBe(`${config().appOrigin}/auth/callback`);
    const { session, returnTo } = await finish(callback.searchParams, browser);
    expect(returnTo).toBe('/requests?open=1');
    expect(session.actor).toMatchObject({ upn: 'ada.lind@contoso.example', name: 'Ada Lind', roles: [] });
    expect(await findSession(session.secret, new Date(), 'trace')).toEqual(session);
  });

  test('brings the app roles of Stint', async () => {
    expect((await signedIn('auden.hale')).actor.roles).toEqual(['Stint.Auditor']);
    expect((await signedIn('mira.novak')).actor.roles).toEqual(['Stint.Administrator']);
  });

  test('is asked about again when it counts: a role taken away, and an account disabled, are so at once', async () => {
    const session = await signedIn('mira.novak');
    expect((await freshActor(session, 'trace')).roles).toEqual(['Stint.Administrator']);
    expect(await freshActor(await signedIn('ada.lind'), 'trace')).toMatchObject({ roles: [] });
    const pretends = { ...session, actor: { ...session.actor, roles: ['Stint.Auditor' as const] } };
    expect((await freshActor(pretends, 'trace')).roles).toEqual(['Stint.Administrator']);
    const entries = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, session.id));
    expect(entries.at(-1)).toMatchObject({
      action: 'session.roles_changed',
      details: { before: ['Stint.Auditor'], roles: ['Stint.Administrator'] },
    });
  });

  test('counts for nothing under another server key: nobody is signed in any more', async () => {
    const { secret } = await signedIn('ada.lind');
    expect(await findSession(secret, new Date(), 'trace')).not.toBeNull();
    vi.spyOn(keys, 'serverKey').mockReturnValue(randomBytes(32));
    expect(await findSession(secret, new Date(), 'trace')).toBeNull();
  });

  test('works once: neither another browser, nor the same answer again, nor an invented one', async () => {
    const { location, browser } = await begin();
    const { searchParams } = await pickAccount(location, 'ada.lind@contoso.example');
    const stolen = await begin();
    const elsewhere = await pickAccount(stolen.location, 'bo.okafor@contoso.example');
    await expect(finish(elsewhere.searchParams, browser)).rejects.toMatchObject({ reason: 'lapsed' });
    await expect(finish(elsewhere.searchParams, undefined)).rejects.toMatchObject({ reason: 'lapsed' });
    await finish(searchParams, browser);
    await expect(finish(searchParams, browser)).rejects.toMatchObject({ reason: 'lapsed' });
    await expect(
      finish(new URLSearchParams({ code: 'x', state: newSecret() }), browser),
    ).rejects.toMatchObject({ reason: 'lapsed' });
    await expect(finish(new URLSearchParams(), browser)).rejects.toMatchObject({ reason: 'lapsed' });
  });

  test('with somebody else’s code is refused, on the record with Entra’s code, and the way on is kept', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const callback = await pickAccount(theirs.location, 'bo.okafor@contoso.example');
    const query = new URLSearchParams({
      code: callback.searchParams.get('code') ?? '',
      state: new URL(mine.location).searchParams.get('state') ?? '',
    });
    await expect(finish(query, mine.browser)).rejects.toMatchObject({
      reason: 'refused',
      returnTo: '/requests?open=1',
    });
    const [entry] = await db().select().from(auditEntries).where(eq(auditEntries.action, 'sign_in.refused'));
    expect(entry?.details).toEqual({ reason: 'refused', check: expect.stringMatching(/^AADSTS\d+$/) });
  });

  test('that the person cancels says so', async () => {
    const { location, browser } = await begin();
    const query = new URLSearchParams({
      error: 'access_denied',
      state: new URL(location).searchParams.get('state') ?? '',
    });
    await expect(finish(query, browser)).rejects.toMatchObject({ reason: 'cancelled' });
  });
});

describe('the tokens of a session', () => {
  test('are for Graph and for ARM, and asked for at once neither is lost', async () => {
    const session = await signedIn('ada.lind');
    await changeCache(session, (cache) => {
      cache.AccessToken = {};
    });
    const [graph, arm] = await Promise.all([tokenFor(session, 'graph'), tokenFor(session, 'arm')]);
    expect(await statusOf(`${config().graphOrigin}/v1.0/me`, graph)).toBe(200);
    expect(await statusOf(`${config().armOrigin}/subscriptions?api-version=2022-12-01`, arm)).toBe(200);
    expect(await statusOf(`${config().graphOrigin}/v1.0/me`, arm)).toBe(401);
    const before = await tokenCalls();
    expect(await Promise.all([tokenFor(session, 'arm'), tokenFor(session, 'graph')])).toEqual([arm, graph]);
    expect(await tokenCalls()).toBe(before);
  });

  test('do not open with another cookie', async () => {
    const session = await signedIn('ada.lind');
    await expect(tokenFor({ ...session, secret: newSecret() }, 'graph')).rejects.toThrow('seal');
  });

  test('want the person when Entra no longer takes the refresh token', async () => {
    const session = await signedIn('ada.lind');
    await changeCache(session, ({ RefreshToken }) => {
      for (const entry of Object.values(RefreshToken)) entry.secret = 'revoked';
    });
    await expect(tokenFor(session, 'arm')).rejects.toMatchObject({ code: 'sign_in_again' });
    expect(await findSession(session.secret, new Date(), 'trace')).not.toBeNull();
  });

  test('end with every session of the person when Entra says that the account is disabled', async () => {
    const [here, there] = [await signedIn('quinn.farrell'), await signedIn('quinn.farrell')];
    const other = await signedIn('ada.lind');
    const disabled = new ServerError('invalid_grant', '', 'AADSTS50057: The user account is disabled.');
    vi.spyOn(ConfidentialClientApplication.prototype, 'acquireTokenSilent').mockRejectedValueOnce(disabled);
    await expect(tokenFor(here, 'arm')).rejects.toMatchObject({ code: 'not_signed_in' });
    for (const { secret } of [here, there]) expect(await findSession(secret, new Date(), 'trace')).toBeNull();
    expect(await findSession(other.secret, new Date(), 'trace')).not.toBeNull();
    const ended = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, there.id));
    expect(ended.map(({ action, details }) => `${action} ${details.cause ?? ''}`)).toContain(
      'session.ended account_disabled',
    );
  });
});

test('the Reader’s own token is asked for once and reads', async () => {
  const token = await appToken('graph');
  const before = await tokenCalls();
  expect(await appToken('graph')).toBe(token);
  expect(await tokenCalls()).toBe(before);
  expect(await statusOf(`${config().graphOrigin}/v1.0/users`, token)).toBe(200);
});

test('signing out ends the session and its tokens here, and leads to Entra to end it there', async () => {
  const session = await signedIn('ada.lind');
  const location = new URL(await signOut(session.secret, new Date(), 'trace'));
  expect(location.pathname).toBe(`/${config().tenantId}/oauth2/v2.0/logout`);
  expect(location.searchParams.get('post_logout_redirect_uri')).toBe(`${config().appOrigin}/auth/signed-out`);
  expect(location.searchParams.get('logout_hint')).toMatch(/^[\w-]+$/);
  expect(await findSession(session.secret, new Date(), 'trace')).toBeNull();
  await expect(tokenFor(session, 'graph')).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(await signOut(session.secret, new Date(), 'trace')).toBe(`${config().appOrigin}/auth/signed-out`);
});

test('Entra’s notice ends the session it names, and only when it comes in Entra’s name', async () => {
  const session = await signedIn('ada.lind');
  const [row] = await db().select().from(sessions).where(eq(sessions.id, session.id));
  const notice = (iss: string) =>
    frontChannelSignOut(new URLSearchParams({ iss, sid: row?.sid ?? '' }), new Date(), 'trace');
  await notice('https://evil.example/v2.0');
  expect(await findSession(session.secret, new Date(), 'trace')).not.toBeNull();
  await notice(`${config().authorityOrigin}/${config().tenantId}/v2.0`);
  expect(await findSession(session.secret, new Date(), 'trace')).toBeNull();
});
