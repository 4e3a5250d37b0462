'use client';

import type { IPublicClientApplication } from '@azure/msal-browser';
import { MsalProvider } from '@azure/msal-react';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import type { StepUpAsk } from '#lib/domain/proof.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { Continue } from './continue.tsx';
import { pageClient } from './page-client.ts';

export type ShowProof = (shown: { act: string; token: string }) => Promise<Outcome<null>>;

interface Props {
  ask: StepUpAsk;
  show: ShowProof;
  settle: (isShown: boolean) => void;
}

const notLoaded =
  'What is needed for signing in could not be loaded. Look at your connection, and try again.';

/** Says why a fresh sign-in is wanted, has it made in a window of Microsoft's, and shows it to Stint. */
export function OwnStepUp({ ask, show, settle }: Props) {
  const [client, setClient] = useState<IPublicClientApplication | null>(null);
  const [trouble, setTrouble] = useState(ask.trouble);
  useEffect(() => {
    pageClient(ask).then(setClient, () => setTrouble(notLoaded));
  }, [ask]);
  const { name, upn } = ask.person;
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root onOpenChange={(open) => !open && settle(false)} open>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
          <Dialog.Popup className="fixed top-1/2 left-1/2 z-50 grid max-h-[90dvh] w-[min(27rem,calc(100vw-24px))] -translate-x-1/2 -translate-y-1/2 gap-3 overflow-auto rounded-xl border border-line-2 bg-sheet p-5 shadow-float">
            <Dialog.Title className="font-semibold text-lg">Sign in once more</Dialog.Title>
            <Dialog.Description className="text-soft">
              Your organisation wants a fresh{ask.context && ', strong'} sign-in before this. A window of
              Microsoft’s opens for it; what you typed stays here, and is sent by itself afterwards.
            </Dialog.Description>
            <p className="min-w-0 break-words text-sm">
              As <bdi className="font-[550]">{name}</bdi> <span className="text-faint">{upn}</span>
            </p>
            {trouble && <Notice alert>{trouble}</Notice>}
            {client ? (
              <MsalProvider instance={client}>
                <Continue ask={ask} say={setTrouble} settle={settle} show={show} />
              </MsalProvider>
            ) : (
              <div className="flex items-center gap-2">
                <button aria-disabled className="btn btn-go" type="button">
                  Continue
                </button>
                <Dialog.Close className="btn">Cancel</Dialog.Close>
              </div>
            )}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}
