import { AuthError, InteractionStatus } from '@azure/msal-browser';
import { useMsal } from '@azure/msal-react';
import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { StepUpAsk } from '#lib/domain/proof.ts';
import type { ShowProof } from './own-step-up.tsx';
import { popupRequest } from './page-client.ts';
import { popupTrouble, silence, somebodyElse } from './popup-trouble.ts';

interface Props {
  ask: StepUpAsk;
  show: ShowProof;
  settle: (isShown: boolean) => void;
  /** What went wrong, in a sentence; null: nothing so far. */
  say: (trouble: string | null) => void;
}

/** The button that opens the window, and the way back while it is open: nobody tells us that it was closed. */
export function Continue({ ask, show, settle, say }: Props) {
  const { instance, inProgress } = useMsal();
  const [waiting, setWaiting] = useState(false);
  const isReady = inProgress !== InteractionStatus.Startup && inProgress !== InteractionStatus.HandleRedirect;

  const signIn = async () => {
    say(null);
    setWaiting(true);
    say(await tried());
    setWaiting(false);
  };

  /** What went wrong; null when the sign-in was shown to Stint. */
  const tried = async (): Promise<string | null> => {
    try {
      const { accessToken, account } = await instance.acquireTokenPopup(popupRequest(ask));
      await instance.clearCache();
      if (account.localAccountId !== ask.person.objectId) return somebodyElse(account.name, ask.person.name);
      const answer = await show({ act: ask.act, token: accessToken }).catch(() => null);
      if (!answer) return silence;
      if (!answer.ok) return answer.message;
      settle(true);
      return null;
    } catch (error) {
      return popupTrouble(error instanceof AuthError ? error.errorCode : null);
    }
  };

  return (
    <div className="flex flex-wrap items-center gap-2">
      <button
        aria-disabled={!isReady}
        className="btn btn-go"
        onClick={() => isReady && signIn()}
        type="button"
      >
        {waiting ? 'Open it again' : 'Continue'}
      </button>
      <Dialog.Close className="btn">Cancel</Dialog.Close>
      <span className="text-faint text-xs" role="status">
        {waiting ? 'Waiting for the other window…' : ''}
      </span>
    </div>
  );
}
