'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { say } from '#components/ui/toast-store.ts';
import { stepUpOutcomes } from '#lib/domain/step-up.ts';
import type { StepUpAsk } from '#lib/queries/rows.ts';
import { listen } from './news.ts';

const StepUpDialog = dynamic(() => import('./step-up-dialog.tsx').then((file) => file.StepUpDialog), {
  ssr: false,
});

interface Props {
  requestId: string;
  /** It is a decision on the request that waits. */
  decisionId?: string;
  /** Of the role, at its scope. */
  name: string;
  ask: StepUpAsk;
  /** Opens the dialog by itself, once: the person is waiting for what comes of the submit. */
  auto?: boolean;
  look?: string;
}

/** The way on for a request that waits for a stronger sign-in. */
export function StepUpButton({ requestId, decisionId, name, ask, auto = false, look = 'btn btn-go' }: Props) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  useEffect(() => {
    if (auto) setOpen(true);
  }, [auto]);
  // The window may end after the dialog was put off, and nothing in flight keeps the page listening.
  useEffect(() => listen(() => router.refresh()), [router]);
  const done = () => {
    setOpen(false);
    say(stepUpOutcomes.done);
    router.refresh();
  };
  const close = () => {
    setOpen(false);
    // Whatever became of it meanwhile.
    router.refresh();
  };
  return (
    <>
      <button className={look} onClick={() => setOpen(true)} type="button">
        Sign in<span className="sr-only"> for {name}</span>
      </button>
      {open && (
        <StepUpDialog
          ask={ask}
          name={name}
          onClose={close}
          onDone={done}
          requestId={requestId}
          decisionId={decisionId}
        />
      )}
    </>
  );
}
