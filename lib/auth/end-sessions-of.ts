import { and, eq, ne } from 'drizzle-orm';
import { sessions } from '#db/schema/people.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayEndOthersSessions } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { endSessions } from './end-session.ts';
import type { Session } from './session.ts';

/** Who ends, and when (the machine's time). */
interface Ending {
  now: Date;
  traceId: string;
}

/**
 * Ends one live session: one's own, or as an administrator anybody's.
 * @throws Refusal not_found for another's and for one that is over.
 */
export async function endOneSession(actor: Actor, id: string, { now, traceId }: Ending): Promise<void> {
  const own = and(eq(sessions.id, id), eq(sessions.objectId, actor.objectId));
  const [ended] = await endSessions(own, 'ended_by_person', now, traceId);
  if (ended) return;
  if (!mayEndOthersSessions(actor)) throw new Refusal('not_found');
  const doer = { kind: 'person', id: actor.objectId, name: actor.name } as const;
  const [other] = await endSessions(eq(sessions.id, id), 'ended_by_administrator', now, traceId, doer);
  if (!other) throw new Refusal('not_found');
}

/** Ends every other session of the person at this one. */
export async function endOtherSessions({ id, actor }: Session, { now, traceId }: Ending): Promise<void> {
  const others = and(eq(sessions.objectId, actor.objectId), ne(sessions.id, id));
  await endSessions(others, 'ended_by_person', now, traceId);
}

/** Entra says the account is disabled: every session of the person ends, on every browser. */
export async function endSessionsOfDisabled(objectId: string, { now, traceId }: Ending): Promise<void> {
  await endSessions(eq(sessions.objectId, objectId), 'account_disabled', now, traceId);
}

/** The person had all their sign-ins ended in Entra: no session of theirs could get a token any more. */
export async function endSessionsRevoked(objectId: string, traceId: string): Promise<void> {
  await endSessions(eq(sessions.objectId, objectId), 'revoked_by_person', new Date(), traceId);
}
