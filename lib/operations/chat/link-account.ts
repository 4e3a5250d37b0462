import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { chatAccounts, chatLinks } from '#db/schema/chat.ts';
import { chatNames } from '#lib/domain/chat.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * The signed-in person says that a chat account is theirs. The code was shown to that account alone and works once;
 * whoever was linked to it before is not any more, and the person has one account a chat. `now` is the machine's.
 * @throws Refusal `not_found` for a code that is over or used; `not_allowed` for a Teams account that signs in to Entra
 * as somebody else: there the chat itself says who it is.
 */
export async function linkAccount(ctx: PersonContext, codeHash: string, now: Date): Promise<void> {
  const { objectId: personId, name: personName } = ctx.actor;
  await change(
    ctx,
    async (tx) => {
      const [link] = await tx
        .delete(chatLinks)
        .where(and(eq(chatLinks.codeHash, codeHash), gt(chatLinks.expiresAt, now)))
        .returning();
      if (!link) throw new Refusal('not_found', 'This link is used or over. Ask for a new one in the chat.');
      if (link.chat === 'teams' && link.userId !== personId) {
        const why = 'This Teams account signs in as somebody else. Only they can link it.';
        throw new Refusal('not_allowed', why);
      }
      return link;
    },
    async (tx, { codeHash: _, expiresAt: __, ...user }) => {
      const at = await clock(tx);
      const before = await endThose(tx, user, personId, at);
      const id = randomUUID();
      await tx.insert(chatAccounts).values({ id, ...user, personId, personName, linkedAt: at });
      await announce(tx, [personId, ...before.map((one) => one.personId)]);
      const linked: Told = {
        action: 'chat_account.linked',
        subject: { kind: 'chat_account', id },
        details: { ...user, chatName: chatNames[user.chat], personId, personName },
      };
      return { value: null, entries: [...before.map(asEntry), linked] };
    },
  );
}

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
      return { value: null, entries: [asEntry(account)] };
    },
  );
}

type Account = typeof chatAccounts.$inferSelect;

async function endThose(
  tx: Tx,
  { chat, workspaceId, userId }: Pick<Account, 'chat' | 'workspaceId' | 'userId'>,
  personId: string,
  endedAt: Date,
): Promise<Account[]> {
  const sameAccount = and(eq(chatAccounts.workspaceId, workspaceId), eq(chatAccounts.userId, userId));
  return tx
    .update(chatAccounts)
    .set({ endedAt })
    .where(
      and(
        eq(chatAccounts.chat, chat),
        isNull(chatAccounts.endedAt),
        or(sameAccount, eq(chatAccounts.personId, personId)),
      ),
    )
    .returning();
}

function asEntry({ id, chat, workspaceId, userId, personId, personName }: Account): Told {
  return {
    action: 'chat_account.unlinked',
    subject: { kind: 'chat_account', id },
    details: { chat, workspaceId, userId, personId, personName },
  };
}
