'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Notice } from '#components/ui/notice.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { RefusalNote } from './refusal-note.tsx';

interface Props {
  label: string;
  run: () => Promise<Outcome<null>>;
  look?: string;
  /** The id of what the action is about, for readers who hear only the button. */
  describedBy?: string | undefined;
}

type No = (Outcome<null> & { ok: false }) | 'silence';

/** One verb. What it did is seen on the page once the server says so; a no is shown where it was pressed. */
export function ActionButton({ label, run, look = 'btn btn-small', describedBy }: Props) {
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const press = () => {
    if (pending) return;
    setNo(null);
    startTransition(async () => {
      const answer = await run().catch(() => null);
      if (!answer?.ok) setNo(answer ?? 'silence');
      router.refresh();
    });
  };
  return (
    <span className="inline-grid justify-items-end gap-1">
      <button
        aria-busy={pending}
        aria-describedby={describedBy}
        aria-disabled={pending}
        className={look}
        onClick={press}
        type="button"
      >
        {label}
      </button>
      {no === 'silence' && <Notice alert>Stint did not answer. Try again in a moment.</Notice>}
      {no && no !== 'silence' && <RefusalNote code={no.code} message={no.message} />}
    </span>
  );
}
