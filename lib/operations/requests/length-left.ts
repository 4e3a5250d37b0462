import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { onCallOccurrences } from '#db/schema/on-call.ts';
import { floorMinutes, minute } from '#lib/domain/time.ts';
import type { RequestRecord } from './move.ts';

/**
 * Whole minutes it would last from then on: what was asked for an on-call window does not outlast it. 0: that is over, or
 * what is left of it is shorter than PIM takes.
 */
export async function lengthLeft(
  tx: Tx,
  { minutes, occurrenceId }: Pick<RequestRecord, 'minutes' | 'occurrenceId'>,
  from: Date,
): Promise<number> {
  if (!occurrenceId) return minutes;
  const [window] = await tx.select().from(onCallOccurrences).where(eq(onCallOccurrences.id, occurrenceId));
  const left = window ? Math.floor((window.endsAt.getTime() - from.getTime()) / minute) : 0;
  return left < floorMinutes ? 0 : Math.min(minutes, left);
}
