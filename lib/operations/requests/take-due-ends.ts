import { and, isNotNull, lte, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { requests } from '#db/schema/requests.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { move, mustLoad, note } from './move.ts';

/** Ends what was asked to end as soon as PIM's five minutes are over, with the token of that click. */
export async function takeDueEnds(ctx: Context): Promise<number> {
  const due = await db()
    .select({ id: requests.id })
    .from(requests)
    .where(and(isNotNull(requests.endAfter), lte(requests.endAfter, sql`stint_now()`)))
    .limit(100);
  let taken = 0;
  for (const { id } of due) taken += (await take(ctx, id)) ? 1 : 0;
  return taken;
}

async function take(ctx: Context, id: string): Promise<boolean> {
  try {
    return await change(
      ctx,
      (tx) => mustLoad(tx, id),
      async (tx, seen) => {
        const now = await clock(tx);
        if (!seen.endAfter || seen.endAfter > now) return { value: false, entries: [] };
        if (seen.status !== 'active') {
          const { entries } = await note(tx, seen, { endAfter: null });
          return { value: false, entries };
        }
        const job = { requestId: id, attempt: seen.version, traceId: ctx.traceId };
        await enqueue(tx, 'deactivate', job);
        const patch = { failure: null, misses: 0, endAfter: null, checkAt: plusMinutes(now, 1) };
        const { entries } = await move(tx, seen, 'ending', patch, 'request.end_asked', { planned: true });
        return { value: true, entries };
      },
    );
  } catch (error) {
    // Another worker, or the person, was first.
    if (error instanceof Refusal && error.code === 'conflict') return false;
    throw error;
  }
}
