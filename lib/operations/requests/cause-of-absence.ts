import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import type { EndCause } from '#lib/domain/request.ts';

/** Why Azure holds an activation no more before its time: Stint's Applier took it for a closed ticket, or somebody else did. */
export async function causeOfAbsence(tx: Tx, requestId: string): Promise<EndCause> {
  const { actedAt, progress } = accessChanges;
  const taken = await tx.$count(
    accessChanges,
    and(
      ...[eq(accessChanges.requestId, requestId), isNotNull(actedAt)],
      // What the Applier found gone was somebody else's doing.
      sql`${progress}->>'because' = 'ticket_closed' and ${progress}->>'wasGone' is null`,
    ),
  );
  return taken > 0 ? 'ticket_closed' : 'removed_in_azure';
}
