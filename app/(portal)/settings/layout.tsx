import type { ReactNode } from 'react';
import { SettingsNav } from '#components/settings/settings-nav.tsx';
import { currentSession } from '#lib/auth/current-actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';

/** Whom settings are not open to meets “not found”, without ways into it. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  return (
    <>
      {session && mayAdminister(session.actor) && (
        <>
          <h1 className="mb-3">Settings</h1>
          <SettingsNav />
        </>
      )}
      {children}
    </>
  );
}
