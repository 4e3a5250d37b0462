import { createHash } from 'node:crypto';
import type { Call } from '#lib/domain/proof.ts';
import type { Session } from './session.ts';

/** This call as a fresh sign-in names it: whose session, which door, and exactly what was sent. */
export function callOf(session: Session, door: string, sent: unknown, at: Date): Call {
  const act = createHash('sha256')
    .update(JSON.stringify([door, sent ?? null]))
    .digest('base64url');
  return { sessionId: session.id, act, at };
}
