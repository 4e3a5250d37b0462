import { clock } from '#db/clock.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { mustLoad, note, type RequestRecord } from './move.ts';

/** Looks, a minute apart, for what Azure “has already” and does not show: longer than its replicas lag. */
export const doubtLooks = 25;

/** Azure was asked and its answer may still be on its way; the doubt ends with the longest delay Azure is known for. */
export function isInDoubt({ status, misses }: Pick<RequestRecord, 'status' | 'misses'>): boolean {
  return status === 'filed' && misses > 0 && misses < doubtLooks;
}

/** Neither granted nor refused as far as anybody can tell: the person goes on reading “asking Azure…”. */
export async function stayInDoubt(ctx: Context, requestId: string): Promise<void> {
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      if (seen.status !== 'filed') return { value: null, entries: [] };
      return note(tx, seen, { misses: seen.misses + 1, checkAt: plusMinutes(await clock(tx), 1) });
    },
  );
}
