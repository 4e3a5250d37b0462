'use client';

import type { Outcome } from '#lib/domain/refusal.ts';
import { NoNote } from './no-note.tsx';
import { useAction } from './use-action.ts';

interface Props {
  label: string;
  run: () => Promise<Outcome<null>>;
  look?: string;
}

/** A verb as a button; a no is shown where it was pressed. */
export function ActionButton({ label, run, look = 'btn' }: Props) {
  const { no, pending, press } = useAction(run);
  return (
    <div className="grid max-w-prose justify-items-start gap-2">
      <button aria-busy={pending} aria-disabled={pending} className={look} onClick={press} type="button">
        {label}
      </button>
      <NoNote no={no} />
    </div>
  );
}
