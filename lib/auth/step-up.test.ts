import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfidentialClientApplication, InteractionRequiredAuthError } from '@azure/msal-node';
import { eq } from 'drizzle-orm';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { sessions, signInAttempts } from '#db/schema/people.ts';
import { testDatabase } from '#db/testing.ts';
import { config } from '#lib/config/config.ts';
import { contextClaims, mfaClaims } from '#lib/domain/challenge.ts';
import { type Callback, finishSignIn } from './finish-sign-in.ts';
import { finishStepUp } from './finish-step-up.ts';
import { trustSandboxCa } from './sandbox-trust.ts';
import { newSecret } from './secret.ts';
import { findSession, type Session } from './session.ts';
import { beginSignIn } from './sign-in.ts';
import { startSession } from './start-session.ts';
import { beginStepUp } from './step-up.ts';
import { pickAccount, type RunningEmulator, startEmulator } from './testing.ts';
import { tokenFor } from './tokens.ts';

const ada = 'ada.lind@contoso.example';
const bo = 'bo.okafor@contoso.example';
let folder: string;
let emulator: RunningEmulator;
let opened: Opened;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stint-step-up-'));
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

const came = (query: URLSearchParams, rest: Partial<Callback>): Callback => ({
  ...{ query, browser: undefined, session: undefined, userAgent: 'test', now: new Date(), traceId: 'trace' },
  ...rest,
});

async function signedIn(upn = ada): Promise<{ session: Session; browser: string }> {
  const { location, browser } = await beginSignIn({ returnTo: '/', browser: undefined, now: new Date() });
  const { searchParams } = await pickAccount(location, upn);
  const { session } = await finishSignIn(came(searchParams, { browser }));
  return { session, browser };
}

interface Asked {
  claims?: string;
  audience?: 'graph' | 'arm';
  upn?: string;
  /** What the browser makes of the authority's address on the way. */
  bend?: (location: URL) => void;
}

/** Begins and comes back, up to the callback. */
async function stepsUp({ claims = contextClaims('c1'), audience = 'graph', upn = ada, bend }: Asked = {}) {
  const { session, browser } = await signedIn();
  const requestId = randomUUID();
  const subject = { requestId, decisionId: null, popup: true };
  const begun = await beginStepUp(session, { ...subject, audience, claims, browser, now: new Date() });
  const location = new URL(begun.location);
  bend?.(location);
  const { searchParams: query } = await pickAccount(location.href, upn);
  const finish = (rest: Partial<Callback> = {}) =>
    finishStepUp(came(query, { browser, session: session.secret, ...rest }));
  return { session, browser, requestId, query, location: new URL(begun.location), finish };
}

async function recordOf(requestId: string) {
  return db().select().from(auditEntries).where(eq(auditEntries.subjectId, requestId));
}

describe('a stronger sign-in', () => {
  test('asks for exactly the claims, the one audience, the same account; with PKCE, state and nonce', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true, "value":"c1"}}}';
    const { location, finish } = await stepsUp({ claims });
    const asked = location.searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    // PIM takes the token only from a client that says it understands challenges.
    expect(JSON.parse(asked.get('claims') ?? '')).toMatchObject({
      access_token: { acrs: { essential: true, value: 'c1' }, xms_cc: { values: ['cp1'] } },
    });
    expect(asked.get('scope')).toContain('https://graph.microsoft.com/.default');
    expect(asked.get('scope')).not.toContain('management.azure.com');
    expect(asked.get('login_hint')).toBeTruthy();
    const { accessToken, person, stepUp } = await finish();
    expect(decodeJwt(accessToken)).toMatchObject({ acrs: ['c1'], xms_cc: ['cp1'] });
    expect(person.upn).toBe(ada);
    expect(stepUp).toMatchObject({ claims, audience: 'graph' });
  });

  test.each(['graph', 'arm'] as const)('for %s is what later silent calls have too', async (audience) => {
    const { session, finish } = await stepsUp({ audience, claims: contextClaims('c2') });
    const { person, tokens, accessToken } = await finish();
    const anew = await startSession({
      ...{ person, tokens, replaces: session.secret, userAgent: 'test', now: new Date(), traceId: 'trace' },
    });
    expect(anew.id).not.toBe(session.id);
    expect(await findSession(session.secret, new Date(), 'trace')).toBeNull();
    expect(await tokenFor(anew, audience)).toBe(accessToken);
    expect(decodeJwt(await tokenFor(anew, audience === 'arm' ? 'graph' : 'arm')).oid).toBe(person.objectId);
  });

  test('asks for MFA where PIM names no claims', async () => {
    const { finish } = await stepsUp({ claims: mfaClaims });
    expect(decodeJwt((await finish()).accessToken).amr).toContain('mfa');
  });

  test('leaves its verifier, its claims and its tokens readable nowhere', async () => {
    const { finish, browser } = await stepsUp();
    const kept = JSON.stringify(
      (await db().select().from(signInAttempts)).map((row) => row.sealed.toString()),
    );
    for (const secret of ['acrs', browser]) expect(kept).not.toContain(secret);
    const { accessToken } = await finish();
    const row = JSON.stringify(
      (await db().select().from(sessions)).map((one) => one.sealedTokens?.toString('latin1')),
    );
    expect(row).not.toContain(accessToken);
  });
});

test('claims that Entra wants before it gives a token are told, to who can keep them', async () => {
  const { session } = await signedIn();
  const claims = contextClaims('c9');
  const silent = vi.spyOn(ConfidentialClientApplication.prototype, 'acquireTokenSilent');
  const asks = (wanted?: string) =>
    silent.mockRejectedValueOnce(
      new InteractionRequiredAuthError('interaction_required', '', 'AADSTS50076', '', '', '', wanted),
    );
  asks(claims);
  await expect(tokenFor(session, 'arm')).rejects.toMatchObject({
    code: 'step_up_needed',
    audience: 'arm',
    claims,
  });
  asks();
  const plain = await tokenFor(session, 'arm').catch((error: unknown) => error);
  expect(plain).toMatchObject({ code: 'sign_in_again' });
  expect(plain).not.toHaveProperty('claims');
  silent.mockRestore();
});

describe('it counts for nothing', () => {
  const tenMinutes = 10 * 60_000;

  test.each<
    [string, Asked, (made: Awaited<ReturnType<typeof stepsUp>>) => Promise<Partial<Callback>>, string]
  >([
    ['older than ten minutes', {}, async () => ({ now: new Date(Date.now() + tenMinutes + 1000) }), 'lapsed'],
    ['in another browser', {}, async () => ({ browser: newSecret() }), 'lapsed'],
    ['without the browser’s cookie', {}, async () => ({ browser: undefined }), 'lapsed'],
    [
      'in another session of the same person',
      {},
      async () => ({ session: (await signedIn()).session.secret }),
      'other_session',
    ],
    [
      'in somebody else’s session',
      {},
      async () => ({ session: (await signedIn(bo)).session.secret }),
      'other_session',
    ],
    ['without a session', {}, async () => ({ session: undefined }), 'session_over'],
    ['as another person', { upn: bo }, async () => ({}), 'other_person'],
    [
      'for another context',
      { bend: ({ searchParams }) => searchParams.set('claims', contextClaims('c2')) },
      async () => ({}),
      'downgraded',
    ],
    [
      'with another nonce',
      { bend: ({ searchParams }) => searchParams.set('nonce', newSecret()) },
      async () => ({}),
      'refused',
    ],
    [
      'without a nonce',
      { bend: ({ searchParams }) => searchParams.delete('nonce') },
      async () => ({}),
      'refused',
    ],
    [
      'with another code challenge',
      { bend: ({ searchParams }) => searchParams.set('code_challenge', newSecret()) },
      async () => ({}),
      'refused',
    ],
    [
      'cancelled',
      {},
      async ({ query }) => ({
        query: new URLSearchParams({ state: query.get('state') ?? '', error: 'access_denied' }),
      }),
      'cancelled',
    ],
  ])('%s', async (_, asked, change, reason) => {
    const made = await stepsUp(asked);
    await expect(made.finish(await change(made))).rejects.toMatchObject({ reason });
    const recorded = await recordOf(made.requestId);
    if (reason === 'lapsed') expect(recorded).toEqual([]);
    else expect(recorded).toMatchObject([{ action: 'request.step_up_failed', details: { reason } }]);
    expect(JSON.stringify(recorded)).not.toContain(made.query.get('code'));
    // Whatever came of it, the same answer does not come twice.
    if (reason !== 'lapsed') await expect(made.finish()).rejects.toMatchObject({ reason: 'lapsed' });
    expect(await findSession(made.session.secret, new Date(), 'trace')).not.toBeNull();
  });

  test('twice', async () => {
    const { finish } = await stepsUp();
    await finish();
    await expect(finish()).rejects.toMatchObject({ reason: 'lapsed' });
  });

  test('as a sign-in, nor a sign-in as one', async () => {
    const { query, browser, session, requestId } = await stepsUp();
    await expect(finishSignIn(came(query, { browser }))).rejects.toMatchObject({ reason: 'lapsed' });
    const begun = await beginSignIn({ returnTo: '/', browser, now: new Date() });
    const back = await pickAccount(begun.location, ada);
    const callback = came(back.searchParams, { browser, session: session.secret });
    await expect(finishStepUp(callback)).rejects.toMatchObject({ reason: 'lapsed' });
    expect(await recordOf(requestId)).toEqual([]);
  });

  test('with a sign-in’s code under its own state', async () => {
    const { query, finish } = await stepsUp();
    const begun = await beginSignIn({ returnTo: '/', browser: undefined, now: new Date() });
    const { searchParams } = await pickAccount(begun.location, ada);
    query.set('code', searchParams.get('code') ?? '');
    await expect(finish({ query })).rejects.toMatchObject({ reason: 'refused' });
  });
});
