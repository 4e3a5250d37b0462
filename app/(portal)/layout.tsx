import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { TellZone } from '#components/absence/tell-zone.tsx';
import { ReasonRules } from '#components/access/reason-rules.tsx';
import { Shell } from '#components/shell/shell.tsx';
import { themeCookie, themeOf } from '#components/shell/theme.ts';
import { SignedInWatch } from '#components/signed-in/signed-in-watch.tsx';
import { StepUpHost } from '#components/step-up/step-up-host.tsx';
import { WatchWindows } from '#components/window/watch-windows.tsx';
import { currentSession } from '#lib/auth/current-actor.ts';
import { reasonRules } from '#lib/queries/reason-rules.ts';
import { shellCounts } from '#lib/queries/shell-counts.ts';
import { activateRoles, endRequest, refreshAccess } from './actions.ts';
import { openPalette, searchPalette } from './own-choices.ts';
import { showProof } from './step-up-action.ts';

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
  const [{ running, ...counts }, rules, jar] = await Promise.all([
    shellCounts(session.actor),
    reasonRules(),
    cookies(),
  ]);
  const { objectId, name, upn } = session.actor;
  return (
    <Shell
      counts={counts}
      palette={palette}
      theme={themeOf(jar.get(themeCookie)?.value)}
      viewer={session.actor}
    >
      <ReasonRules rules={rules}>{children}</ReasonRules>
      <SignedInWatch viewer={{ objectId, name, upn }} />
      <StepUpHost show={showProof} />
      <TellZone viewerId={objectId} />
      {counts.active > 0 && <WatchWindows {...running} />}
    </Shell>
  );
}
