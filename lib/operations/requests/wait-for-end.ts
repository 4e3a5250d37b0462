import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { loadRequest, mustLoad, note } from './move.ts';

const words =
  'Azure takes it only once the first has ended. Stint asks again then; if that is more than ten minutes from your click, it needs one click of yours.';
/** Azure drops an activation a moment after its end. */
const afterMinutes = 0.1;

/** Azure does not take a start at the end of what is on: the follow-on is asked for when that has ended. */
export async function waitForEnd(ctx: Context, requestId: string): Promise<void> {
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      if (seen.status !== 'filed' || !seen.followsId) return { value: null, entries: [] };
      const first = await loadRequest(tx, seen.followsId);
      const now = await clock(tx);
      const from = first?.endsAt && first.endsAt > now ? first.endsAt : now;
      await announce(tx, [seen.requesterId]);
      return note(tx, seen, { misses: 0, failure: words, checkAt: plusMinutes(from, afterMinutes) });
    },
  );
}
