import { useState } from 'react';
import { useAction } from '#components/requests/use-action.ts';
import { say } from '#components/ui/toast-store.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

/**
 * A form over what is saved. What is typed stays until it is saved, also when somebody else saved meanwhile: their
 * version is shown beside it, and saving once more then goes over theirs.
 */
export function useSaved<Value>(
  saved: { value: Value; version: number; changedByName: string | null },
  save: (input: { value: Value; version: number }) => Promise<Outcome<null>>,
) {
  const [typed, setTyped] = useState<Value | null>(null);
  const [seen, setSeen] = useState(saved.version);
  const value = typed ?? saved.value;
  const { no, pending, press } = useAction(async () => {
    const answer = await save({ value, version: typed ? seen : saved.version });
    if (answer.ok) {
      setTyped(null);
      say('Saved. It holds from now on.');
    }
    return answer;
  });
  const type = (change: Partial<Value>) => {
    if (!typed) setSeen(saved.version);
    setTyped({ ...value, ...change });
  };
  return {
    value,
    type,
    no,
    pending,
    press,
    isTyped: typed !== null,
    /** Who saved since this form was begun; null: nobody. */
    overtakenBy: typed && seen !== saved.version ? (saved.changedByName ?? 'Somebody') : null,
    goOver: () => setSeen(saved.version),
    giveUp: () => setTyped(null),
  };
}
