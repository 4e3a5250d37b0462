import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

/** A refusal in the server's words, or no answer at all. */
export type No = (Outcome<null> & { ok: false }) | 'silence';

/** One verb, once at a time. What it did is seen on the page once the server says so; a no is kept to be shown. */
export function useAction(run: () => Promise<Outcome<null>>) {
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  const press = () => {
    if (pending) return;
    setNo(null);
    startTransition(async () => {
      const answer = await withStepUp(run).catch(() => null);
      if (!answer?.ok) setNo(answer ?? 'silence');
      router.refresh();
    });
  };
  return { no, pending, press };
}
