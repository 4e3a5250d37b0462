import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { withStepUp } from '#components/step-up/with-step-up.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { No } from './use-action.ts';

/** Sends one form at a time. What is wrong with a field stands beside it, every other no above the button. */
export function useSend() {
  const [no, setNo] = useState<No | null>(null);
  const [pending, startTransition] = useTransition();
  const router = useRouter();
  /** `done` is called once it was taken. */
  const send = <Value>(run: () => Promise<Outcome<Value>>, done: (value: Value) => void = () => {}): void => {
    if (pending) return;
    setNo(null);
    startTransition(async () => {
      const answer = await withStepUp(run).catch(() => null);
      if (answer?.ok) done(answer.value);
      else setNo(answer ?? 'silence');
      router.refresh();
    });
  };
  const errorOf = (field: string): string | undefined =>
    no !== null && no !== 'silence' && no.field === field ? no.message : undefined;
  return { no: no !== null && no !== 'silence' && no.field !== null ? null : no, pending, send, errorOf };
}
