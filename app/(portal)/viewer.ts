import { redirect } from 'next/navigation';
import { currentSession } from '#lib/auth/current-actor.ts';
import type { Actor } from '#lib/domain/actor.ts';

/** Who is looking; a stranger is sent to sign in and comes back to `path`. */
export async function viewerAt(path: string): Promise<Actor> {
  const session = await currentSession();
  if (!session) redirect(`/auth/sign-in?returnTo=${encodeURIComponent(path)}`);
  return session.actor;
}
