import { and, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type Challenge, waitsForStepUp } from '#lib/domain/challenge.ts';

/** The stronger sign-in that the viewer's own request waits for, null when it waits for none; undefined: not theirs. */
export async function openChallenge(viewer: Actor, requestId: string): Promise<Challenge | null | undefined> {
  const [request] = await db().select().from(requests).where(eq(requests.id, requestId));
  if (request?.requesterId !== viewer.objectId) return undefined;
  return waitsForStepUp(request.status) ? request.challenge : null;
}

/** The same of the viewer's own decision on a request. */
export async function openDecisionChallenge(
  viewer: Actor,
  requestId: string,
  decisionId: string,
): Promise<Challenge | null | undefined> {
  const { id, approverId } = decisions;
  const [made] = await db()
    .select()
    .from(decisions)
    .where(and(eq(id, decisionId), eq(decisions.requestId, requestId), eq(approverId, viewer.objectId)));
  if (!made) return undefined;
  return made.state === 'failed' ? made.challenge : null;
}
