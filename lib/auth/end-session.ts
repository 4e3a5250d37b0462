import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { record } from '#lib/audit/record.ts';
import { config } from '#lib/config/config.ts';
import type { Doer } from '#lib/domain/actor.ts';
import type { Call } from '#lib/domain/proof.ts';
import { hashOf } from './secret.ts';

type Cause = NonNullable<typeof sessions.$inferSelect.endCause>;
/** What a person does to their own; the other causes are time, Entra, or the doer given. */
const byPerson = new Set<Cause>(['signed_out', 'replaced', 'ended_by_person']);

const sessionsJob = { kind: 'stint', job: 'sessions' } as const;

/** Who ends another's sessions, and the fresh sign-in that was taken for it. */
interface Ender {
  doer: Doer;
  stepUp?: Call['proven'];
}

/** What sign-out must tell Entra about the session it ended. */
export interface Ended {
  id: string;
  loginHint: string | null;
}

/** Ends the session of this cookie; null when there was none. */
export async function endSession(secret: string, now: Date, traceId: string): Promise<Ended | null> {
  const [ended] = await endSessions(eq(sessions.secretHash, hashOf(secret)), 'signed_out', now, traceId);
  return ended ?? null;
}

/** Entra says this sign-in is over (OpenID Connect front-channel logout): ends every session that came of it. */
export async function endSessionsOfSid(sid: string, now: Date, traceId: string): Promise<void> {
  const which = and(eq(sessions.sid, sid), eq(sessions.tenantId, config().tenantId));
  await endSessions(which, 'ended_by_entra', now, traceId);
}

/** Ends the live sessions among those that match, each with its audit entry, in one transaction. */
export async function endSessions(
  which: SQL | undefined,
  cause: Cause,
  now: Date,
  traceId: string,
): Promise<Ended[]> {
  return transaction((tx) => endSessionsIn(tx, which, cause, now, traceId));
}

/** The same, inside a transaction that does more. An ended session keeps no tokens. */
export async function endSessionsIn(
  tx: Tx,
  which: SQL | undefined,
  cause: Cause,
  now: Date,
  traceId: string,
  by?: Ender,
): Promise<Ended[]> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: now, endCause: cause, sealedTokens: null })
    .where(and(which, isNull(sessions.endedAt)))
    .returning({
      id: sessions.id,
      objectId: sessions.objectId,
      name: sessions.name,
      loginHint: sessions.loginHint,
    });
  for (const { id, objectId, name } of ended) {
    await record(tx, {
      action: 'session.ended',
      doer: by?.doer ?? (byPerson.has(cause) ? { kind: 'person', id: objectId, name } : sessionsJob),
      subject: { kind: 'session', id },
      details: {
        cause,
        ...(by && { person: objectId, personName: name, ...(by.stepUp && { stepUp: by.stepUp }) }),
      },
      traceId,
    });
  }
  return ended;
}
