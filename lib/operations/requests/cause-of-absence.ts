import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import type { EndCause } from '#lib/domain/request.ts';

const causes: Record<string, EndCause> = { bypassed: 'ended_by_stint', ticket_closed: 'ticket_closed' };

/** Why Azure holds an activation no more before its time: the Applier told it so and found it there, or somebody else did. */
export async function causeOfAbsence(tx: Tx, requestId: string): Promise<EndCause> {
  const { progress, state } = accessChanges;
  const [change] = await tx
    .select({ because: sql<string>`${progress} ->> 'because'` })
    .from(accessChanges)
    .where(
      and(
        ...[eq(accessChanges.requestId, requestId), inArray(state, ['applying', 'confirming', 'done'])],
        sql`${progress} ->> 'toldAt' is not null and ${progress} ->> 'wasGone' is null`,
      ),
    )
    .limit(1);
  return causes[change?.because ?? ''] ?? 'removed_in_azure';
}
