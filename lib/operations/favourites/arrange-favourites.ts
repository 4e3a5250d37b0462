import { and, eq } from 'drizzle-orm';
import { favourites } from '#db/schema/own-choices.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/** Puts the person's favourites in this order; what is not among theirs is passed over. */
export async function arrangeFavourites(ctx: PersonContext, keys: readonly string[]): Promise<void> {
  const me = ctx.actor.objectId;
  await change(
    ctx,
    // Locked: of two orders at once one is whole.
    (tx) => tx.select().from(favourites).where(eq(favourites.personId, me)).for('update'),
    async (tx, had) => {
      const known = new Set(had.map(({ roleKey }) => roleKey));
      const order = [...new Set(keys)].filter((key) => known.has(key));
      for (const [place, roleKey] of order.entries()) {
        await tx
          .update(favourites)
          .set({ place })
          .where(and(eq(favourites.personId, me), eq(favourites.roleKey, roleKey)));
      }
      const entry = {
        action: 'favourite.arranged',
        subject: { kind: 'favourite' as const, id: me },
        details: { order },
      };
      return { value: null, entries: order.length > 0 ? [entry] : [] };
    },
  );
}
