import { and, eq, isNull, ne } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { settingOf } from '#db/settings.ts';
import { takeProof } from '#db/take-proof.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayEndOthersSessions } from '#lib/domain/permission.ts';
import type { Call } from '#lib/domain/proof.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { endSessions, endSessionsIn } from './end-session.ts';
import type { Session } from './session.ts';

/** Who ends, and when (the machine's time). */
interface Ending {
  now: Date;
  traceId: string;
  /** For which the person may have signed in anew. */
  call?: Call | undefined;
}

/**
 * Ends one live session: one's own, or as an administrator anybody's, after a fresh sign-in where settings ask for it.
 * @throws Refusal not_found for another's and for one that is over; ProofNeeded.
 */
export async function endOneSession(actor: Actor, id: string, { now, traceId, call }: Ending): Promise<void> {
  const own = and(eq(sessions.id, id), eq(sessions.objectId, actor.objectId));
  const [ended] = await endSessions(own, 'ended_by_person', now, traceId);
  if (ended) return;
  if (!mayEndOthersSessions(actor)) throw new Refusal('not_found');
  const doer = { kind: 'person', id: actor.objectId, name: actor.name } as const;
  const other = and(eq(sessions.id, id), isNull(sessions.endedAt));
  await transaction(async (tx) => {
    if ((await tx.$count(sessions, other)) === 0) throw new Refusal('not_found');
    // What an undone try took is not taken.
    const shown = call && { ...call };
    const rules = await settingOf(tx, 'step_up');
    if (rules.administration) await takeProof(tx, shown, rules);
    const by = { doer, stepUp: shown?.proven };
    const [gone] = await endSessionsIn(tx, other, 'ended_by_administrator', now, traceId, by);
    if (!gone) throw new Refusal('not_found');
  });
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
