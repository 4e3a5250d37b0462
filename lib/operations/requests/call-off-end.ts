import { announce } from '#db/changes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { mustLoad, note } from './move.ts';

/**
 * The person wants it on after all, before the end they asked for has come.
 * @throws Refusal `not_found` for somebody else's, `conflict` when no end is to come.
 */
export async function callOffEnd(ctx: PersonContext, requestId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      if (request.status !== 'active' || !request.endAfter) throw new Refusal('conflict');
      return request;
    },
    async (tx, request) => {
      await dropTokens(tx, requestId);
      await note(tx, request, { endAfter: null });
      await announce(tx, [request.requesterId]);
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: [{ action: 'request.end_called_off', subject, details: {} }] };
    },
  );
}
