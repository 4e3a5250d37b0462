import { and, count, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { keyOf } from '#db/role-key-sql.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { favourites } from '#db/schema/own-choices.ts';
import { mostFavourites } from '#lib/domain/bundle.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * Keeps a role at hand for the person themself, or no longer. Twice is once.
 * @throws Refusal `not_eligible` for a role that is not theirs to activate; `malformed` for one too many.
 */
export async function setFavourite(
  ctx: PersonContext,
  { key, on }: { key: string; on: boolean },
): Promise<void> {
  await change(
    ctx,
    async (tx) => on && gate(tx, ctx.actor.objectId, key),
    async (tx) => {
      const mine = { personId: ctx.actor.objectId, roleKey: key };
      const done = on
        ? await tx
            .insert(favourites)
            .values({ ...mine, addedAt: await clock(tx) })
            .onConflictDoNothing()
            .returning()
        : await tx
            .delete(favourites)
            .where(and(eq(favourites.personId, mine.personId), eq(favourites.roleKey, key)))
            .returning();
      const action = on ? 'favourite.added' : 'favourite.removed';
      const subject = { kind: 'favourite' as const, id: key };
      return { value: null, entries: done.map(() => ({ action, subject, details: {} })) };
    },
  );
}

async function gate(tx: Tx, me: string, key: string): Promise<void> {
  const [role] = await tx
    .select({ id: mirrorEligible.roleId })
    .from(mirrorEligible)
    .where(and(eq(mirrorEligible.principalId, me), eq(keyOf(mirrorEligible), key)));
  if (!role) throw new Refusal('not_eligible');
  const [had] = await tx.select({ n: count() }).from(favourites).where(eq(favourites.personId, me));
  if (had && had.n >= mostFavourites)
    throw new Refusal('malformed', `${mostFavourites} favourites are the most. Take one away first.`);
}
