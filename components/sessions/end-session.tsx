'use client';

import { NoNote } from '#components/requests/no-note.tsx';
import { useAction } from '#components/requests/use-action.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

interface Props {
  id: string;
  /** Which one, for who cannot see the row. */
  name: string;
  end: (id: string) => Promise<Outcome<null>>;
}

/** Ends one session; what went wrong is said where it was pressed. */
export function EndSession({ id, name, end }: Props) {
  const { no, pending, press } = useAction(() => end(id));
  return (
    <div className="grid justify-items-end gap-2">
      <button
        aria-busy={pending}
        aria-disabled={pending}
        aria-label={`End ${name}`}
        className="btn btn-small"
        onClick={press}
        type="button"
      >
        End
      </button>
      <NoNote no={no} />
    </div>
  );
}
