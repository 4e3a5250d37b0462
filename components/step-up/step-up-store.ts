import type { StepUpAsk } from '#lib/domain/proof.ts';

/** A fresh sign-in that is asked for now, and who waits to hear whether it came about. */
export interface Asked {
  ask: StepUpAsk;
  settle: (isShown: boolean) => void;
}

const listeners = new Set<() => void>();
let asked: Asked | null = null;

function put(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** Asks the person for a fresh sign-in; false when they would rather not. One at a time: a later ask ends an earlier one. */
export function askStepUp(ask: StepUpAsk): Promise<boolean> {
  asked?.settle(false);
  return new Promise((resolve) => {
    const mine: Asked = {
      ask,
      settle: (isShown) => {
        if (asked === mine) put(null);
        resolve(isShown);
      },
    };
    put(mine);
  });
}

export function subscribeStepUp(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentStepUp(): Asked | null {
  return asked;
}
