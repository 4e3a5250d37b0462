import { eq } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { record } from '#lib/audit/record.ts';
import { config } from '#lib/config/config.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { discovery, expectedIssuer } from './discovery.ts';
import { verifyIdToken } from './id-token.ts';
import type { Session } from './session.ts';
import { silently } from './tokens.ts';

/**
 * Who somebody is by Entra's word of now, not of their sign-in: an administrator's write and an export ask again, so
 * that a role taken away, or an account disabled, counts at once. People without a role of Stint are not asked about.
 * @throws Refusal as `tokenFor`; not_signed_in when Entra names somebody else.
 */
export async function freshActor(session: Session, traceId: string): Promise<Actor> {
  const { actor } = session;
  if (actor.roles.length === 0) return actor;
  const { idToken } = await silently(session, 'graph', { anew: true });
  const { signIn, tenantId } = config();
  const { keys } = await discovery();
  const expected = { issuer: expectedIssuer(), clientId: signIn.clientId, tenantId, nonce: null, keys };
  const { objectId, roles } = await verifyIdToken(idToken, expected);
  if (objectId !== actor.objectId) throw new Refusal('not_signed_in');
  const now = { ...actor, roles };
  if (roles.join() !== actor.roles.join()) await note(session, now, traceId);
  return now;
}

/** The session knows it from now on. Who had no role at sign-in gets a first one only by signing in again. */
function note(
  { id, actor: before }: Session,
  { objectId, name, roles }: Actor,
  traceId: string,
): Promise<void> {
  return transaction(async (tx) => {
    await tx
      .update(sessions)
      .set({ roles: [...roles] })
      .where(eq(sessions.id, id));
    await record(tx, {
      action: 'session.roles_changed',
      doer: { kind: 'stint', job: 'sessions' },
      subject: { kind: 'session', id },
      details: { person: objectId, personName: name, before: before.roles, roles },
      traceId,
    });
  });
}
