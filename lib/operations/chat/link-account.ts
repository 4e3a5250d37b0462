import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { chatAccounts, chatLinks } from '#db/schema/chat.ts';
import { type ChatUser, chatNames } from '#lib/domain/chat.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change, type Told } from '#lib/operations/change.ts';
import { asPerson } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';

/**
 * The chat account that asked types the digits which the person who claimed its link was shown: it is linked to them by
 * that. A link somebody was talked into is worth nothing, since the one who sent it never sees the digits. Few tries,
 * each counted whatever comes of it. Answers the person's name. `now` is the machine's.
 * @throws Refusal `not_found` when nobody claimed it, it is over, or too much was tried; `not_allowed` for other digits.
 */
export async function linkAccount(
  user: ChatUser,
  digitsHash: string,
  { now, traceId }: { now: Date; traceId: string },
): Promise<string> {
  const { codeHash, claimedBy: person } = await takeTry(user, digitsHash, now);
  return change(
    asPerson(person, traceId),
    async (tx) => {
      const same = and(eq(chatLinks.codeHash, codeHash), eq(chatLinks.digitsHash, digitsHash));
      const [link] = await tx.delete(chatLinks).where(same).returning();
      if (!link) throw new Refusal('not_found', over);
      return link;
    },
    async (tx, { chat, workspaceId, userId, userName, workspaceName }) => {
      const account = { chat, workspaceId, userId, userName, workspaceName };
      const entries = await linkTo(tx, account, { personId: person.objectId, personName: person.name });
      return { value: person.name, entries };
    },
  );
}

const over = 'Nothing waits for these digits. Ask for a new link, and open it in Stint first.';

/** One try less, kept even where the rest comes to nothing. */
async function takeTry({ chat, workspaceId, userId }: ChatUser, digitsHash: string, now: Date) {
  const [link] = await db()
    .update(chatLinks)
    .set({ triesLeft: sql`${chatLinks.triesLeft} - 1` })
    .where(
      and(
        ...[eq(chatLinks.chat, chat), eq(chatLinks.workspaceId, workspaceId), eq(chatLinks.userId, userId)],
        ...[gt(chatLinks.triesLeft, 0), gt(chatLinks.expiresAt, now)],
      ),
    )
    .returning();
  if (!link?.claimedBy) throw new Refusal('not_found', over);
  if (link.digitsHash !== digitsHash)
    throw new Refusal('not_allowed', 'These are not the digits that Stint shows.');
  return { ...link, claimedBy: link.claimedBy };
}

/** Whoever was linked to it before is not any more, and the person has one account a chat. They get a letter. */
export async function linkTo(
  tx: Tx,
  user: ChatUser,
  { personId, personName }: { personId: string; personName: string },
): Promise<Told[]> {
  const at = await clock(tx);
  const before = await endThose(tx, user, personId, at);
  const id = randomUUID();
  await tx.insert(chatAccounts).values({ id, ...user, personId, personName, linkedAt: at });
  const chatName = chatNames[user.chat];
  const of = user.chat === 'slack' ? ` of ${user.workspaceName}` : '';
  const byName = `the ${chatName} account ${user.userName}${of}`;
  await tell(tx, [{ kind: 'chat_linked', to: personId, requestId: null, of: id, facts: { byName } }]);
  await announce(tx, [personId, ...before.map((one) => one.personId)]);
  const linked: Told = {
    action: 'chat_account.linked',
    subject: { kind: 'chat_account', id },
    details: { ...user, chatName, personId, personName },
  };
  return [...before.map(asUnlinked), linked];
}

type Account = typeof chatAccounts.$inferSelect;

async function endThose(
  tx: Tx,
  { chat, workspaceId, userId }: ChatUser,
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

export function asUnlinked({ id, chat, workspaceId, userId, personId, personName }: Account): Told {
  return {
    action: 'chat_account.unlinked',
    subject: { kind: 'chat_account', id },
    details: { chat, workspaceId, userId, personId, personName },
  };
}
