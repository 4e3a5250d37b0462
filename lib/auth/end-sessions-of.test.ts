import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { sessions } from '#db/schema/people.ts';
import { settings } from '#db/schema/settings.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import { endOneSession, endOtherSessions, endSessionsOfDisabled } from './end-sessions-of.ts';
import { othersSessions, ownSessions } from './list-sessions.ts';
import { findSession, IDLE_MINUTES, isStillLive } from './session.ts';
import { keepProof } from './show-proof.ts';
import { startSession } from './start-session.ts';

let opened: Opened;
beforeAll(async () => {
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
  opened = await testDatabase();
});
afterAll(() => opened.close());
beforeEach(() => db().delete(sessions));

const now = new Date('2026-01-01T08:00:00Z');
const ending = { now, traceId: 'trace' };

function comes(name: string, ...roles: AppRole[]) {
  return startSession({
    person: {
      objectId: `id of ${name}`,
      tenantId: testTenant,
      name,
      upn: `${name}@contoso.example`,
      kind: 'member',
      roles,
      sid: null,
      loginHint: null,
    },
    tokens: '{}',
    replaces: null,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    now,
    traceId: 'trace',
  });
}

const lives = async ({ secret }: { secret: string }) => (await findSession(secret, now, 'trace')) !== null;

async function endOf(id: string) {
  const rows = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  const [entry] = rows.filter(({ action }) => action === 'session.ended');
  return entry && { by: `${entry.actorKind} ${entry.actorName}`, ...entry.details };
}

describe('a person', () => {
  test('sees their own live sessions and nobody else’s', async () => {
    const [one, two] = [await comes('Ada'), await comes('Ada')];
    await comes('Bo');
    const rows = await ownSessions(one.actor, now);
    expect(rows.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    expect(rows[0]).toMatchObject({ device: 'Firefox on Linux', createdAt: now, lastSeenAt: now });
    expect(JSON.stringify(rows)).not.toContain(one.secret);
    expect(await othersSessions(one.actor, 'Bo', now)).toEqual([]);
    expect(await ownSessions(one.actor, new Date(now.getTime() + IDLE_MINUTES * 60_000))).toEqual([]);
  });

  test('ends one of their own, on the record', async () => {
    const [one, two] = [await comes('Ada'), await comes('Ada')];
    await endOneSession(one.actor, two.id, ending);
    expect(await lives(two)).toBe(false);
    expect(await isStillLive(two.id, now)).toBe(false);
    expect(await lives(one)).toBe(true);
    expect(await endOf(two.id)).toEqual({ by: 'person Ada', cause: 'ended_by_person' });
  });

  test('ends all others at once and keeps this one', async () => {
    const [one, two, three, bo] = [
      await comes('Ada'),
      await comes('Ada'),
      await comes('Ada'),
      await comes('Bo'),
    ];
    await endOtherSessions(one, ending);
    expect(await Promise.all([one, two, three, bo].map(lives))).toEqual([true, false, false, true]);
  });

  test.each<[string, AppRole[]]>([
    ['without a role', []],
    ['as auditor', ['Stint.Auditor']],
    ['as reviewer', ['Stint.Reviewer']],
  ])('%s ends nobody else’s: for them there is none', async (_, roles) => {
    const [bo, ada] = [await comes('Bo', ...roles), await comes('Ada')];
    await expect(endOneSession(bo.actor, ada.id, ending)).rejects.toMatchObject({ code: 'not_found' });
    expect(await lives(ada)).toBe(true);
  });

  test('is told not found for one that is over or never was', async () => {
    const [one, two] = [await comes('Ada'), await comes('Ada')];
    const both = await Promise.allSettled([1, 2].map(() => endOneSession(one.actor, two.id, ending)));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(endOneSession(one.actor, randomUUID(), ending)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('an administrator finds people by name and ends their session, in the administrator’s name', async () => {
  const [mira, ada] = [await comes('Mira', 'Stint.Administrator'), await comes('Ada Lind')];
  expect(await othersSessions(mira.actor, ' lin', now)).toMatchObject([{ id: ada.id, name: 'Ada Lind' }]);
  expect(await othersSessions(mira.actor, '%', now)).toEqual([]);
  expect(await othersSessions(mira.actor, '', now)).toEqual([]);
  await endOneSession(mira.actor, ada.id, ending);
  expect(await lives(ada)).toBe(false);
  expect(await endOf(ada.id)).toEqual({
    by: 'person Mira',
    cause: 'ended_by_administrator',
    person: 'id of Ada Lind',
    personName: 'Ada Lind',
  });
});

test('an administrator shows a fresh sign-in first where settings ask for one, and nobody for their own', async () => {
  const by = { changedAt: now, changedById: 'x', changedByName: 'x' };
  await db()
    .insert(settings)
    .values({ key: 'step_up', value: { administration: true }, ...by });
  const [mira, two] = [await comes('Mira', 'Stint.Administrator'), await comes('Mira')];
  const ada = await comes('Ada');
  const call = { sessionId: mira.id, act: 'this', at: now };
  const ends = () => endOneSession(mira.actor, ada.id, { ...ending, call });
  await expect(ends()).rejects.toMatchObject({ code: 'proof_needed' });
  expect(await lives(ada)).toBe(true);
  await endOneSession(mira.actor, two.id, ending);
  const expiresAt = new Date(now.getTime() + 60_000);
  await keepProof(call, { tokenId: 'of Mira', signedInAt: now, contexts: [], expiresAt });
  await ends();
  expect(await lives(ada)).toBe(false);
  expect(await endOf(ada.id)).toMatchObject({ stepUp: { signedInAt: now.toISOString(), contexts: [] } });
  await db().delete(settings);
});

test('a disabled account loses every session, on the record', async () => {
  const [one, two, bo] = [await comes('Ada'), await comes('Ada'), await comes('Bo')];
  await endSessionsOfDisabled(one.actor.objectId, ending);
  expect(await Promise.all([one, two, bo].map(lives))).toEqual([false, false, true]);
  expect(await endOf(two.id)).toEqual({ by: 'stint Stint', cause: 'account_disabled' });
});
