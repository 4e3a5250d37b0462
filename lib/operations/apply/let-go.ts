import type { Tx } from '#db/client.ts';
import type { Changed } from '#lib/operations/change.ts';
import { type ChangeRecord, moveChange } from './move-change.ts';

/** Takes a change back that Azure was not told of, and says why nobody wants it any more. */
export function letGo(tx: Tx, seen: ChangeRecord, why: string): Promise<Changed<ChangeRecord>> {
  const nothingAwaited = { outcome: null, checkAt: null, manualCommand: null };
  const patch = { ...nothingAwaited, state: 'withdrawn', explanation: why } as const;
  return moveChange(tx, seen, 'withdrawn', patch, { explanation: why });
}
