'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

const Popup = dynamic(() => import('#components/window/popup.tsx').then((file) => file.Popup), {
  ssr: false,
});

interface Props {
  revoke: (input: { sure: true }) => Promise<Outcome<null>>;
}

/** Has every sign-in of the person ended, after saying what that means. */
export function RevokeSessions({ revoke }: Props) {
  const [open, setOpen] = useState(false);
  const { no, pending, press } = useAction(() => revoke({ sure: true }));
  return (
    <>
      <button className="btn" onClick={() => setOpen(true)} type="button">
        Revoke my sessions
      </button>
      <div className="mt-2">
        <NoNote no={no} />
      </div>
      {open && (
        <Popup onClose={() => setOpen(false)} title="Revoke my sessions?">
          <p className="mt-2 text-soft">
            Microsoft signs you out everywhere: every browser, phone and command line, in every application,
            and here in Stint. It takes some minutes. What you are working on elsewhere may be lost. You sign
            in again as always.
          </p>
          <p className="mt-2 text-soft">Access that is active in Azure stays active; end it first.</p>
          <div className="mt-4 flex flex-wrap gap-2">
            <button
              aria-disabled={pending}
              className="btn btn-go"
              onClick={() => {
                press();
                setOpen(false);
              }}
              type="button"
            >
              Sign me out everywhere
            </button>
            <button className="btn" onClick={() => setOpen(false)} type="button">
              Stay signed in
            </button>
          </div>
        </Popup>
      )}
    </>
  );
}
