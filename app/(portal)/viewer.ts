import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { currentSession } from '#lib/auth/current-actor.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { refused } from '#lib/auth/refused.ts';
import type { Session } from '#lib/auth/session.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { TooFast } from '#lib/domain/refusal.ts';

/** Who is looking; a stranger is sent to sign in and comes back to `path`. */
export async function viewerAt(path: string): Promise<Actor> {
  return (await sessionAt(path)).actor;
}

/** The same, with the session. Who looks too often is sent where the answer is 429: a page cannot say it. */
export async function sessionAt(path: string): Promise<Session> {
  const session = await currentSession();
  if (!session) redirect(`/auth/sign-in?returnTo=${encodeURIComponent(path)}`);
  try {
    takeOne('read', session.actor.objectId);
  } catch (error) {
    if (!(error instanceof TooFast)) throw error;
    await refused(await headers(), session.actor, { door: 'pages', code: error.code });
    redirect(`/api/too-fast?seconds=${error.seconds}&returnTo=${encodeURIComponent(path)}`);
  }
  return session;
}

/** Answers not found for what is not there or not the viewer's, and puts on record that it was asked for. */
export async function notHere(viewer: Actor, door: string, subject: string): Promise<never> {
  await noteNotHere(viewer, door, subject);
  notFound();
}

export async function noteNotHere(viewer: Actor, door: string, subject: string): Promise<void> {
  await refused(await headers(), viewer, { door, code: 'not_found', subject });
}
