import { randomUUID } from 'node:crypto';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from './tell.ts';

/** Sends the person themself a letter by every way that reaches them. */
export async function sendTest(ctx: PersonContext): Promise<void> {
  const { objectId } = ctx.actor;
  await change(
    ctx,
    async () => null,
    async (tx) => {
      await tell(tx, [{ kind: 'test', to: objectId, requestId: null, of: randomUUID(), facts: {} }]);
      const subject = { kind: 'person' as const, id: objectId };
      return { value: null, entries: [{ action: 'letters.tested', subject, details: {} }] };
    },
  );
}
