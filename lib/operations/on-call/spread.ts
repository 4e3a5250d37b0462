import { randomUUID } from 'node:crypto';
import { and, eq, gt, notExists, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { onCallOccurrences } from '#db/schema/on-call.ts';
import { requests } from '#db/schema/requests.ts';
import { startsOf } from '#lib/domain/on-call.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { OnCallRecord } from './must-own.ts';

/** Puts down each time of a window that is not over. What was asked for already stays as it is. */
export async function spread(tx: Tx, window: OnCallRecord, now: Date): Promise<void> {
  await clearAhead(tx, window.id, now);
  const longest = Math.max(...window.roles.map(({ minutes }) => minutes));
  const ahead = startsOf(window.pattern).filter((start) => plusMinutes(start, longest) > now);
  if (ahead.length === 0) return;
  await tx
    .insert(onCallOccurrences)
    .values(
      ahead.map((startsAt) => ({
        id: randomUUID(),
        windowId: window.id,
        personId: window.personId,
        startsAt,
        endsAt: plusMinutes(startsAt, longest),
        state: 'planned' as const,
      })),
    )
    .onConflictDoNothing();
}

/** Takes away every time of a window that is not over and that nobody asked for. */
export async function clearAhead(tx: Tx, windowId: string, now: Date): Promise<void> {
  const asked = tx
    .select({ one: sql`1` })
    .from(requests)
    .where(eq(requests.occurrenceId, onCallOccurrences.id));
  await tx
    .delete(onCallOccurrences)
    .where(
      and(
        eq(onCallOccurrences.windowId, windowId),
        eq(onCallOccurrences.state, 'planned'),
        gt(onCallOccurrences.endsAt, now),
        notExists(asked),
      ),
    );
}
