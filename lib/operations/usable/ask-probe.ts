import { and, eq, isNull } from 'drizzle-orm';
import { enqueue } from '#db/queue.ts';
import { requests } from '#db/schema/requests.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { hasToken, keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { mustLoad } from '#lib/operations/requests/move.ts';

/**
 * The person is here and lends a fresh token, so that it can be found out whether their access works. Reading one's own
 * access changes nothing anybody could be asked about: it leaves no entry; what is found does.
 * @throws Refusal `not_found` for somebody else's, `not_active` when it is not on.
 */
export async function askProbe(ctx: PersonContext, requestId: string, seal: SealedTokens): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      if (request.status !== 'active') throw new Refusal('not_active');
      return request;
    },
    async (tx, request) => {
      const nothing = { value: null, entries: [] };
      if (request.usableAt || (request.probe === 'trying' && (await hasToken(tx, requestId)))) return nothing;
      await keepToken(tx, requestId, audienceOf[request.plane], seal);
      const asked = await tx
        .update(requests)
        .set({ probe: 'trying' })
        .where(and(eq(requests.id, requestId), eq(requests.status, 'active'), isNull(requests.usableAt)))
        .returning({ id: requests.id });
      if (asked.length === 0) throw new Refusal('not_active');
      await enqueue(tx, 'probe', { requestId, tries: 1, traceId: ctx.traceId });
      return nothing;
    },
  );
}
