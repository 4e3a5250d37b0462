'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { leaving } from './leaving.ts';
import type { Who } from './signed-in-watch.tsx';

/** Says that the page is no longer whose it was. What lies under it cannot be read or used until one decides. */
export function Changed({ mine, now }: { mine: Who; now: Who | null }) {
  const here = `${location.pathname}${location.search}`;
  const back = `/auth/sign-in?${new URLSearchParams({ returnTo: here, as: mine.upn })}`;
  return (
    <CSPProvider disableStyleElements>
      <AlertDialog.Root open>
        <AlertDialog.Portal>
          <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-paper" />
          <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 grid max-h-[90dvh] w-[min(27rem,calc(100vw-24px))] -translate-x-1/2 -translate-y-1/2 gap-3 overflow-auto rounded-xl border border-line-2 bg-sheet p-5 shadow-float">
            <AlertDialog.Title className="font-semibold text-lg">
              {now ? 'Somebody else is signed in now' : 'You are signed out'}
            </AlertDialog.Title>
            <AlertDialog.Description className="text-soft">
              {now ? (
                <>
                  This page was <bdi className="font-[550] text-ink">{mine.name}</bdi>’s. At this browser{' '}
                  <bdi className="font-[550] text-ink">{now.name}</bdi> has signed in since, and whatever is
                  done from here on would be done as {now.name}.
                </>
              ) : (
                <>
                  The session of <bdi className="font-[550] text-ink">{mine.name}</bdi> has ended, here or
                  from another place.
                </>
              )}{' '}
              A request that was being written is kept for {mine.name}, in this tab.
            </AlertDialog.Description>
            <div className="flex flex-wrap gap-2">
              <a className="btn btn-go" href={back} onClick={leaving}>
                Sign in as {mine.name}
              </a>
              {now && (
                <a className="btn" href="/" onClick={leaving}>
                  Go on as {now.name}
                </a>
              )}
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </CSPProvider>
  );
}
