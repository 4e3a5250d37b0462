import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { people, sessions, signInAttempts } from '#db/schema/people.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import { endSession, endSessionsOfSid } from './end-session.ts';
import type { Person } from './id-token.ts';
import { newSecret } from './secret.ts';
import { ABSOLUTE_MINUTES, findSession, IDLE_MINUTES } from './session.ts';
import { keepAttempt, takeAttempt } from './sign-in-attempt.ts';
import { startSession } from './start-session.ts';
import { sweepSessions } from './sweep-sessions.ts';

const ada: Person = {
  objectId: 'ada00000-0000-4000-8000-000000000001',
  tenantId: testTenant,
  name: 'Ada Lind',
  upn: 'ada.lind@contoso.example',
  kind: 'member',
  roles: ['Stint.Auditor'],
  sid: 'sid-1',
  loginHint: 'hint-1',
};
const start = new Date('2026-01-01T08:00:00Z');
const minutesIn = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

let opened: Opened;
beforeAll(async () => {
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
  opened = await testDatabase();
});
afterAll(() => opened.close());
beforeEach(async () => {
  await db().delete(sessions);
  await db().delete(signInAttempts);
});

function begin(over: Partial<Parameters<typeof startSession>[0]> = {}) {
  return startSession({
    person: ada,
    tokens: '{"secret":"cache"}',
    replaces: null,
    userAgent: 'test',
    now: start,
    traceId: 'trace',
    ...over,
  });
}

async function rowOf(id: string) {
  const [row] = await db().select().from(sessions).where(eq(sessions.id, id));
  return row;
}

async function actionsOf(id: string) {
  const rows = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(auditEntries.seq);
  return rows.map(({ action, details, actorKind }) =>
    [action, actorKind, details.cause].filter(Boolean).join(' '),
  );
}

describe('a session', () => {
  test('is found by its cookie’s secret, says who, and remembers the person', async () => {
    const session = await begin();
    expect(await findSession(session.secret, minutesIn(1), 'trace')).toEqual(session);
    const { objectId, tenantId, name, upn, roles } = ada;
    expect(session.actor).toEqual({ objectId, tenantId, name, upn, roles });
    expect(await db().select().from(people)).toMatchObject([{ objectId, name, upn, kind: 'member' }]);
    expect(await actionsOf(session.id)).toEqual(['session.started person']);
  });

  test('leaves neither its secret nor its tokens readable in the database', async () => {
    const session = await begin();
    const row = await rowOf(session.id);
    const stored = JSON.stringify({ ...row, sealedTokens: row?.sealedTokens?.toString('latin1') });
    expect(row?.sealedTokens?.length).toBeGreaterThan(20);
    expect(stored).not.toContain(session.secret);
    expect(stored).not.toContain('cache');
  });

  test.each([undefined, '', 'x', newSecret(), `${newSecret()}x`, '\u0000'.repeat(43)])(
    'is nobody’s for the cookie %j',
    async (cookie) => {
      await begin();
      expect(await findSession(cookie, minutesIn(1), 'trace')).toBeNull();
    },
  );

  test('is not found by the hash that the database holds', async () => {
    const row = await rowOf((await begin()).id);
    expect(await findSession(row?.secretHash, minutesIn(1), 'trace')).toBeNull();
  });

  test('lives while it is used, and ends after two idle hours, on the record and without its tokens', async () => {
    const session = await begin();
    expect(await findSession(session.secret, minutesIn(IDLE_MINUTES - 1), 'trace')).not.toBeNull();
    expect(await findSession(session.secret, minutesIn(2 * IDLE_MINUTES - 2), 'trace')).not.toBeNull();
    const late = minutesIn(3 * IDLE_MINUTES - 2);
    expect(await findSession(session.secret, late, 'trace')).toBeNull();
    expect(await findSession(session.secret, start, 'trace')).toBeNull();
    expect(await rowOf(session.id)).toMatchObject({ endCause: 'idle', endedAt: late, sealedTokens: null });
    expect(await actionsOf(session.id)).toEqual(['session.started person', 'session.ended stint idle']);
  });

  test('ends after twelve hours however busy', async () => {
    const session = await begin();
    for (let minutes = 60; minutes < ABSOLUTE_MINUTES; minutes += 60) {
      expect(await findSession(session.secret, minutesIn(minutes), 'trace')).not.toBeNull();
    }
    expect(await findSession(session.secret, minutesIn(ABSOLUTE_MINUTES), 'trace')).toBeNull();
    expect(await rowOf(session.id)).toMatchObject({ endCause: 'expired' });
  });

  test('ended by its person is over at once, once, and tells Entra’s hint', async () => {
    const session = await begin();
    expect(await endSession(session.secret, minutesIn(1), 'trace')).toMatchObject({
      id: session.id,
      loginHint: 'hint-1',
    });
    expect(await endSession(session.secret, minutesIn(2), 'trace')).toBeNull();
    expect(await findSession(session.secret, minutesIn(1), 'trace')).toBeNull();
    expect(await rowOf(session.id)).toMatchObject({ endedAt: minutesIn(1), sealedTokens: null });
    expect(await actionsOf(session.id)).toEqual([
      'session.started person',
      'session.ended person signed_out',
    ]);
  });

  test('of another tenant is nobody’s here', async () => {
    const session = await begin({ person: { ...ada, tenantId: 'c0470500-0000-4000-8000-000000000002' } });
    expect(await findSession(session.secret, minutesIn(1), 'trace')).toBeNull();
  });
});

test('signing in again gives a new id and secret, and the old cookie opens nothing', async () => {
  const old = await begin();
  const fresh = await begin({ replaces: old.secret, now: minutesIn(1) });
  expect(fresh.id).not.toBe(old.id);
  expect(fresh.secret).not.toBe(old.secret);
  expect(await findSession(old.secret, minutesIn(2), 'trace')).toBeNull();
  expect(await rowOf(old.id)).toMatchObject({ endCause: 'replaced', sealedTokens: null });
  expect(await actionsOf(old.id)).toEqual(['session.started person', 'session.ended person replaced']);
});

test('a cookie planted before signing in is not the cookie after it', async () => {
  const planted = newSecret();
  const session = await begin({ replaces: planted });
  expect(session.secret).not.toBe(planted);
  expect(await findSession(planted, minutesIn(1), 'trace')).toBeNull();
});

test('when Entra ends a sign-in, its sessions end here and no others', async () => {
  const [one, two] = [await begin(), await begin()];
  const other = await begin({ person: { ...ada, sid: 'sid-2' } });
  await endSessionsOfSid('sid-1', minutesIn(1), 'trace');
  expect(await findSession(one.secret, minutesIn(2), 'trace')).toBeNull();
  expect(await findSession(two.secret, minutesIn(2), 'trace')).toBeNull();
  expect(await findSession(other.secret, minutesIn(2), 'trace')).not.toBeNull();
  expect(await actionsOf(one.id)).toContain('session.ended stint ended_by_entra');
});

test('the sweep ends what nobody came back to and keeps the rest', async () => {
  const idle = await begin();
  const live = await begin({ now: minutesIn(100) });
  const attempt = { state: newSecret(), browser: newSecret() };
  await keepAttempt(attempt, { id: crypto.randomUUID(), nonce: 'n', verifier: 'v', returnTo: '/' }, start);
  await sweepSessions(minutesIn(IDLE_MINUTES), 'trace');
  expect(await rowOf(idle.id)).toMatchObject({ endCause: 'idle', sealedTokens: null });
  expect(await rowOf(live.id)).toMatchObject({ endedAt: null });
  expect(await db().select().from(signInAttempts)).toEqual([]);
});

describe('a sign-in begun', () => {
  const kept = {
    id: crypto.randomUUID(),
    nonce: 'the-nonce',
    verifier: 'the-verifier',
    returnTo: '/requests',
  };
  const key = () => ({ state: newSecret(), browser: newSecret() });

  test('can be finished once, by the browser that began it', async () => {
    const own = key();
    await keepAttempt(own, kept, start);
    expect(await takeAttempt(own, minutesIn(9))).toEqual(kept);
    expect(await takeAttempt(own, minutesIn(9))).toBeNull();
  });

  test('cannot be finished twice at once', async () => {
    const own = key();
    await keepAttempt(own, kept, start);
    const both = await Promise.all([takeAttempt(own, minutesIn(1)), takeAttempt(own, minutesIn(1))]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  test('cannot be finished by another browser, with another state, or after ten minutes', async () => {
    const own = key();
    await keepAttempt(own, kept, start);
    expect(await takeAttempt({ ...own, state: newSecret() }, minutesIn(1))).toBeNull();
    expect(await takeAttempt(own, minutesIn(10))).toBeNull();
    expect(await takeAttempt({ ...own, browser: newSecret() }, minutesIn(1))).toBeNull();
  });

  test('leaves neither state, nonce nor verifier readable in the database', async () => {
    const own = key();
    await keepAttempt(own, kept, start);
    const [row] = await db().select().from(signInAttempts);
    const stored = `${row?.stateHash} ${row?.sealed.toString('latin1')}`;
    for (const secret of [own.state, kept.nonce, kept.verifier]) expect(stored).not.toContain(secret);
  });
});
