import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { people, sessions } from '#db/schema/people.ts';
import { record } from '#lib/audit/record.ts';
import { endSessionsIn } from './end-session.ts';
import type { Person } from './id-token.ts';
import { hashOf, newSecret } from './secret.ts';
import { ABSOLUTE_MINUTES, type Session } from './session.ts';
import { sealTokenCache } from './token-cache.ts';

/** A verified sign-in, about to become a session. */
export interface SignedIn {
  person: Person;
  /** MSAL's serialised cache. */
  tokens: string;
  /** The cookie this browser came with: that session ends, and its secret is never used again. */
  replaces: string | null;
  userAgent: string | null;
  now: Date;
  traceId: string;
}

/** Makes a session with a new id and secret, ends the one it replaces, remembers the person: all or none. */
export async function startSession({
  person,
  tokens,
  replaces,
  userAgent,
  now,
  traceId,
}: SignedIn): Promise<Session> {
  const { kind, sid, loginHint, ...actor } = person;
  const owner = { id: randomUUID(), secret: newSecret() };
  const expiresAt = new Date(now.getTime() + ABSOLUTE_MINUTES * 60_000);
  await transaction(async (tx) => {
    if (replaces)
      await endSessionsIn(tx, eq(sessions.secretHash, hashOf(replaces)), 'replaced', now, traceId);
    const seen = { name: actor.name, upn: actor.upn, seenAt: now };
    await tx
      .insert(people)
      .values({ objectId: actor.objectId, kind, ...seen })
      .onConflictDoUpdate({ target: people.objectId, set: seen });
    await tx.insert(sessions).values({
      ...actor,
      id: owner.id,
      secretHash: hashOf(owner.secret),
      sid,
      loginHint,
      sealedTokens: sealTokenCache(owner, tokens),
      userAgent: userAgent?.slice(0, 300) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
    });
    await record(tx, {
      action: 'session.started',
      doer: { kind: 'person', id: actor.objectId, name: actor.name },
      subject: { kind: 'session', id: owner.id },
      details: { upn: actor.upn, roles: actor.roles },
      traceId,
    });
  });
  return { ...owner, actor, expiresAt };
}
