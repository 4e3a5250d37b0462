import { onChange } from '#db/changes.ts';
import type { Repeated } from './every.ts';

/** Hurries these rounds whenever anything is announced: somebody waits before a page, or for a letter. Returns how to stop. */
export function hurryOnChange(rounds: readonly Repeated[]): Promise<() => void> {
  return onChange(() => {
    for (const round of rounds) round.hurry();
  });
}
