import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { accessChanges } from '#db/schema/reviews.ts';

/** Whether the Applier told Azure to end it, and found it there: then nobody else took it away. */
export async function wasEndedByStint(
  tx: Tx,
  { id, bypassedAt }: { id: string; bypassedAt: Date | null },
): Promise<boolean> {
  if (!bypassedAt) return false;
  const told = sql`${accessChanges.progress} ->> 'toldAt' is not null and ${accessChanges.progress} ->> 'wasGone' is null`;
  const isUnderWay = inArray(accessChanges.state, ['applying', 'confirming', 'done']);
  return (await tx.$count(accessChanges, and(eq(accessChanges.requestId, id), isUnderWay, told))) > 0;
}
