import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { chatLinks } from '#db/schema/chat.ts';
import { digitTries, linkMinutes } from '#lib/domain/chat.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { proveLinking } from '#lib/operations/prove.ts';
import { linkTo } from './link-account.ts';

/**
 * The signed-in person says that a chat account is theirs. Slack knows nobody of Entra, and a link can be sent on: there
 * it counts once the account that asked has typed the digits of this claim. A Teams account signs in to Entra itself
 * and is linked at once, if it signs in as this person. Answers which; `now` is the machine's.
 * @throws Refusal `not_found` for a code that is over, used or another's; `not_allowed` for a Teams account that signs
 * in as somebody else; ProofNeeded
 */
export async function claimLink(
  ctx: PersonContext,
  codeHash: string,
  digitsHash: string,
  now: Date,
): Promise<'claimed' | 'linked'> {
  const { tenantId, objectId, name, upn } = ctx.actor;
  return change(
    ctx,
    async (tx) => {
      const isFree = or(isNull(chatLinks.claimedBy), sql`${chatLinks.claimedBy}->>'objectId' = ${objectId}`);
      const [link] = await tx
        .select()
        .from(chatLinks)
        .where(and(eq(chatLinks.codeHash, codeHash), gt(chatLinks.expiresAt, now), isFree))
        .for('update');
      if (!link) throw new Refusal('not_found', 'This link is used or over. Ask for a new one in the chat.');
      if (link.chat === 'teams' && link.userId !== objectId) {
        const why = 'This Teams account signs in as somebody else. Only they can link it.';
        throw new Refusal('not_allowed', why);
      }
      await proveLinking(tx, ctx.call);
      return link;
    },
    async (tx, { chat, workspaceId, userId, userName, workspaceName }) => {
      const account = { chat, workspaceId, userId, userName, workspaceName };
      const own = eq(chatLinks.codeHash, codeHash);
      if (chat === 'teams') {
        await tx.delete(chatLinks).where(own);
        return {
          value: 'linked',
          entries: await linkTo(tx, account, { personId: objectId, personName: name }),
        };
      }
      await tx
        .update(chatLinks)
        .set({
          // What somebody may do in Stint is not what a chat brings.
          claimedBy: { tenantId, objectId, name, upn, roles: [] },
          ...{ digitsHash, triesLeft: digitTries, expiresAt: plusMinutes(now, linkMinutes) },
        })
        .where(own);
      const subject = { kind: 'person' as const, id: objectId };
      return { value: 'claimed', entries: [{ action: 'chat_account.claimed', subject, details: account }] };
    },
  );
}
