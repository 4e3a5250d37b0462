import { useEffect } from 'react';
import type { Activation } from './use-activation.ts';

/** After one press: the caret where there is something to type first, or on the button that sends. */
export function useCaret({ opened, takeCaret }: Activation): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening.
  useEffect(() => {
    if (!takeCaret()) return;
    const fields = ['ask-justification', 'ask-ticketNumber'].map((id) => document.getElementById(id));
    const empty = fields.find(
      (field) =>
        (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && field.value === '',
    );
    (empty ?? document.getElementById('ask-send'))?.focus();
  }, [opened]);
}
