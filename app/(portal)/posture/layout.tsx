import type { ReactNode } from 'react';
import { PostureNav } from '#components/posture/posture-nav.tsx';
import { currentSession } from '#lib/auth/current-actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';

/** Whom posture is not open to meets “not found”, without ways into it. */
export default async function PostureLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  return (
    <>
      {session && mayReadPosture(session.actor) && <PostureNav />}
      {children}
    </>
  );
}
