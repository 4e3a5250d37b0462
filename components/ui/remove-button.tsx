'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { Notice } from './notice.tsx';
import { say } from './toast-store.ts';

interface Props {
  name: string;
  /** “Remove this schedule”; and what the second press says, which takes it away. */
  label: string;
  sureLabel: string;
  run: () => Promise<Outcome<null>>;
  /** Where the rest of them are listed. */
  backTo: string;
}

/** Removes something, after a second press. */
export function RemoveButton({ name, label, sureLabel, run, backTo }: Props) {
  const [sure, setSure] = useState(false);
  const [no, setNo] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const press = () => {
    if (pending) return;
    if (!sure) return setSure(true);
    startTransition(async () => {
      const answer = await withStepUp(run).catch(() => null);
      if (!answer?.ok) return setNo(answer?.message ?? 'Stint did not answer. Try again.');
      say(`“${name}” is removed.`);
      router.push(backTo);
      router.refresh();
    });
  };
  return (
    <div className="grid justify-items-start gap-2">
      <button aria-disabled={pending} className="btn btn-quiet text-risk" onClick={press} type="button">
        {sure ? sureLabel : label}
      </button>
      {no && <Notice alert>{no}</Notice>}
    </div>
  );
}
