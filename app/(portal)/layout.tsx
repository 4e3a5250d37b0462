import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '#components/shell/shell.tsx';
import { themeCookie, themeOf } from '#components/shell/theme.ts';
import { currentSession } from '#lib/auth/current-actor.ts';
import { shellCounts } from '#lib/queries/shell-counts.ts';
import { activateRoles, endRequest, refreshAccess } from './actions.ts';
import { openPalette, searchPalette } from './own-choices.ts';

const palette = {
  open: openPalette,
  search: searchPalette,
  activate: activateRoles,
  end: endRequest,
  refresh: refreshAccess,
};

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  // Without a session each page sends to sign-in itself: it knows where to come back to.
  if (!session) return children;
  const [counts, jar] = await Promise.all([shellCounts(session.actor), cookies()]);
  return (
    <Shell
      counts={counts}
      palette={palette}
      theme={themeOf(jar.get(themeCookie)?.value)}
      viewer={session.actor}
    >
      {children}
    </Shell>
  );
}
