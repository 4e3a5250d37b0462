import { and, eq, isNull } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { asUnlinked } from './link-account.ts';

/** The person takes back that a chat account is theirs. @throws Refusal `not_found` */
export async function unlinkAccount(ctx: PersonContext, id: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const { personId, endedAt } = chatAccounts;
      const own = and(eq(chatAccounts.id, id), eq(personId, ctx.actor.objectId), isNull(endedAt));
      const [account] = await tx.select().from(chatAccounts).where(own).for('update');
      if (!account) throw new Refusal('not_found');
      return account;
    },
    async (tx, account) => {
      await tx
        .update(chatAccounts)
        .set({ endedAt: await clock(tx) })
        .where(eq(chatAccounts.id, id));
      await announce(tx, [account.personId]);
      return { value: null, entries: [asUnlinked(account)] };
    },
  );
}
