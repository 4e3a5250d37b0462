import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { Challenge } from '#lib/domain/challenge.ts';
import { mayResume } from '#lib/domain/permission.ts';

/** The stronger sign-in that the viewer's own request waits for, null when it waits for none; undefined: not theirs. */
export async function openChallenge(viewer: Actor, requestId: string): Promise<Challenge | null | undefined> {
  const [request] = await db().select().from(requests).where(eq(requests.id, requestId));
  if (request?.requesterId !== viewer.objectId) return undefined;
  return mayResume(viewer, request) ? request.challenge : null;
}
