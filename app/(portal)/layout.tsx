import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '#components/shell/shell.tsx';
import { themeCookie, themeOf } from '#components/shell/theme.ts';
import { WatchWindows } from '#components/window/watch-windows.tsx';
import { currentSession } from '#lib/auth/current-actor.ts';
import { runningWindows } from '#lib/queries/running-windows.ts';
import { shellCounts } from '#lib/queries/shell-counts.ts';

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const session = await currentSession();
  // Without a session each page sends to sign-in itself: it knows where to come back to.
  if (!session) return children;
  const [counts, jar] = await Promise.all([shellCounts(session.actor), cookies()]);
  const running = counts.active > 0 ? await runningWindows(session.actor) : null;
  return (
    <Shell counts={counts} theme={themeOf(jar.get(themeCookie)?.value)} viewer={session.actor}>
      {children}
      {running && <WatchWindows {...running} />}
    </Shell>
  );
}
