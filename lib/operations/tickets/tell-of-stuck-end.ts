import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { accessChanges } from '#db/schema/reviews.ts';
import { administrators } from '#lib/operations/approvals/administrators.ts';
import { letterOf } from '#lib/operations/approvals/letter-of.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';

/**
 * An end that a closed ticket asked for, and that the Applier cannot bring about: its person and administrators were told
 * that it comes, and now that it does not: by one letter for each time it was asked for.
 */
export async function tellOfStuckEnd(tx: Tx, change: typeof accessChanges.$inferSelect): Promise<Told[]> {
  const { explanation, id, outcome, progress, requestId, state } = change;
  const isStuck = state === 'blocked' || state === 'refused';
  if (!requestId || progress.because !== 'ticket_closed' || !isStuck) return [];
  const [request] = await tx.select().from(requests).where(eq(requests.id, requestId));
  if (request?.status !== 'active') return [];
  const people = new Set([request.requesterId, ...(await administrators(tx))]);
  await tell(
    tx,
    [...people].map((to) =>
      letterOf(request, 'ticket_not_ended', to, id, { ...(explanation && { text: explanation }) }),
    ),
  );
  const details = { changeId: id, outcome, explanation };
  return [{ action: 'request.ticket_not_ended', subject: { kind: 'request', id: requestId }, details }];
}
