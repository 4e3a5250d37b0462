import { lte } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessions, signInAttempts } from '#db/schema/people.ts';
import { stepUpProofs } from '#db/schema/step-up.ts';
import { endSessions } from './end-session.ts';
import { idleSince } from './session.ts';

/** Ends what nobody came back to, so that no tokens stay behind, and forgets sign-ins never finished or too old. */
export async function sweepSessions(now: Date, traceId: string): Promise<void> {
  await endSessions(lte(sessions.expiresAt, now), 'expired', now, traceId);
  await endSessions(lte(sessions.lastSeenAt, idleSince(now)), 'idle', now, traceId);
  await db().delete(stepUpProofs).where(lte(stepUpProofs.keptUntil, now));
  await db().delete(signInAttempts).where(lte(signInAttempts.expiresAt, now));
}
