import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { letters } from '#db/schema/letters.ts';
import { TooFast } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from './tell.ts';

const mostPerMinute = 3;

/** Sends the person themself a letter by every way that reaches them. @throws TooFast for the fourth within a minute. */
export async function sendTest(ctx: PersonContext): Promise<void> {
  const { objectId } = ctx.actor;
  await change(
    ctx,
    async (tx) => {
      const lately = await tx.$count(
        letters,
        and(
          eq(letters.personId, objectId),
          eq(letters.kind, 'test'),
          sql`${letters.writtenAt} > stint_now() - interval '1 minute'`,
        ),
      );
      if (lately >= mostPerMinute) throw new TooFast(60);
    },
    async (tx) => {
      await tell(tx, [{ kind: 'test', to: objectId, requestId: null, of: randomUUID(), facts: {} }]);
      const subject = { kind: 'person' as const, id: objectId };
      return { value: null, entries: [{ action: 'letters.tested', subject, details: {} }] };
    },
  );
}
