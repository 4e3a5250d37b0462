import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { transaction } from '#db/client.ts';
import { letters } from '#db/schema/letters.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/** Marks the person's own letters as read: these, or all. Nobody is asked about it later, so it leaves no entry. */
export async function readLetters(ctx: PersonContext, ids: readonly string[] | 'all'): Promise<void> {
  const { objectId } = ctx.actor;
  await transaction(async (tx) => {
    const read = await tx
      .update(letters)
      .set({ readAt: sql`stint_now()` })
      .where(
        and(
          eq(letters.personId, objectId),
          isNull(letters.readAt),
          ids === 'all' ? undefined : inArray(letters.id, [...ids]),
        ),
      )
      .returning({ id: letters.id });
    if (read.length > 0) await announce(tx, [objectId]);
  });
}
