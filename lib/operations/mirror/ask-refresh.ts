import { randomUUID } from 'node:crypto';
import { enqueue } from '#db/queue.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';

/**
 * Has a job read Azure for this person, with their own tokens, behind the page they are looking at.
 * Reading one's own access changes nothing anybody could be asked about: it leaves no audit entry.
 */
export async function askRefresh(
  ctx: PersonContext,
  what: 'refresh-access' | 'refresh-approvals',
  seal: SealedTokens,
): Promise<void> {
  const actId = randomUUID();
  await change(
    ctx,
    async () => null,
    async (tx) => {
      await keepToken(tx, actId, 'graph', seal);
      await keepToken(tx, actId, 'arm', seal);
      await enqueue(tx, what, { principalId: ctx.actor.objectId, actId, traceId: ctx.traceId });
      return { value: null, entries: [] };
    },
  );
}
