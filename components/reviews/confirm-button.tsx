'use client';

import { useId, useState } from 'react';
import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

interface Props {
  label: string;
  /** What it does that cannot be taken back. */
  what: string;
  run: () => Promise<Outcome<null>>;
}

/** A verb that says first what it does: the second press, on the same words, is what counts. */
export function ConfirmButton({ label, what, run }: Props) {
  const [asking, setAsking] = useState(false);
  const { no, pending, press } = useAction(run);
  const id = useId();
  if (!asking) {
    return (
      <button className="btn" onClick={() => setAsking(true)} type="button">
        {label}
      </button>
    );
  }
  return (
    <div className="panel grid max-w-prose gap-2 px-3.5 py-2.5 text-sm">
      <p id={id}>{what}</p>
      <div className="flex gap-1.5">
        <button
          aria-describedby={id}
          aria-disabled={pending}
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed.
          autoFocus
          className="btn btn-small btn-go"
          onClick={press}
          type="button"
        >
          {label}
        </button>
        <button className="btn btn-small btn-quiet" onClick={() => setAsking(false)} type="button">
          Back
        </button>
      </div>
      <NoNote no={no} />
    </div>
  );
}
