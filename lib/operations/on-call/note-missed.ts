import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { onCallOccurrences, onCallWindows } from '#db/schema/on-call.ts';
import { requests } from '#db/schema/requests.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';

const atOnce = 100;

/** Closes occurrences whose time is over: asked for, missed since nobody asked for them, or skipped in a pause. */
export async function noteMissed(ctx: Context): Promise<void> {
  await change(
    ctx,
    (tx) =>
      tx
        .select({ occurrence: onCallOccurrences, status: onCallWindows.status })
        .from(onCallOccurrences)
        .innerJoin(onCallWindows, eq(onCallWindows.id, onCallOccurrences.windowId))
        .where(and(eq(onCallOccurrences.state, 'planned'), lte(onCallOccurrences.endsAt, sql`stint_now()`)))
        .limit(atOnce)
        .for('update', { of: onCallOccurrences, skipLocked: true }),
    async (tx, over) => {
      if (over.length === 0) return { value: null, entries: [] };
      const ids = over.map(({ occurrence }) => occurrence.id);
      const asked = await tx
        .selectDistinct({ id: requests.occurrenceId })
        .from(requests)
        .where(inArray(requests.occurrenceId, ids));
      const entries: Told[] = [];
      for (const { occurrence, status } of over) {
        const wasAsked = asked.some(({ id }) => id === occurrence.id);
        const state = wasAsked ? 'asked' : status === 'running' ? 'missed' : 'skipped';
        await tx.update(onCallOccurrences).set({ state }).where(eq(onCallOccurrences.id, occurrence.id));
        if (state !== 'missed') continue;
        const subject = { kind: 'on_call' as const, id: occurrence.windowId };
        const details = { startsAt: occurrence.startsAt, endsAt: occurrence.endsAt };
        entries.push({ action: 'on_call.missed', subject, details });
      }
      await announce(
        tx,
        over.map(({ occurrence }) => occurrence.personId),
      );
      return { value: null, entries };
    },
  );
}
