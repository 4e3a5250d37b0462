import type { Outcome } from '#lib/domain/refusal.ts';
import { askStepUp } from './step-up-store.ts';

/**
 * Sends, and where Stint wants a fresh sign-in first, asks for it and sends exactly the same again. Who cancels gets the
 * refusal; what was typed was never touched.
 */
export async function withStepUp<Value>(send: () => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
  for (;;) {
    const answer = await send();
    if (answer.ok || !answer.stepUp || !(await askStepUp(answer.stepUp))) return answer;
  }
}
