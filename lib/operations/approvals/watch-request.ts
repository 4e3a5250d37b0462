import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { stageApprovers, watches } from '#db/schema/approvals.ts';
import { maySeeRequest } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { approverIds, mustLoad } from '#lib/operations/requests/move.ts';

/**
 * Follows a request that the person may see, or no longer. Twice is once. It lets them see nothing more.
 * @throws Refusal `not_found` for what they may not see.
 */
export async function watchRequest(
  ctx: PersonContext,
  { requestId, on }: { requestId: string; on: boolean },
): Promise<void> {
  const mine = { personId: ctx.actor.objectId, requestId };
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      const named = [...(await approverIds(tx, requestId)), ...(await signerIds(tx, requestId))];
      if (!maySeeRequest(ctx.actor, { ...request, approverIds: named })) throw new Refusal('not_found');
    },
    async (tx) => {
      const done = on
        ? await tx
            .insert(watches)
            .values({ ...mine, since: await clock(tx) })
            .onConflictDoNothing()
            .returning()
        : await tx
            .delete(watches)
            .where(and(eq(watches.personId, mine.personId), eq(watches.requestId, requestId)))
            .returning();
      const action = on ? 'request.watched' : 'request.unwatched';
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: done.map(() => ({ action, subject, details: {} })) };
    },
  );
}

async function signerIds(tx: Tx, requestId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: stageApprovers.approverId })
    .from(stageApprovers)
    .where(eq(stageApprovers.requestId, requestId));
  return rows.map(({ id }) => id);
}
