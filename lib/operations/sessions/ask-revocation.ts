import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { people } from '#db/schema/people.ts';
import { sessionRevocations } from '#db/schema/revocations.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';

/**
 * The person wants every sign-in of theirs ended: what a token still allows after an access has ended, ends sooner.
 * Written down first; Entra is told by the job, with the person's own token.
 * @throws Refusal `not_allowed` for a guest, whose sign-ins are another tenant's; `conflict` while one is on its way.
 */
export async function askRevocation(ctx: PersonContext, seal: SealedTokens): Promise<void> {
  const personId = ctx.actor.objectId;
  await change(
    ctx,
    async (tx) => {
      const [person] = await tx.select().from(people).where(eq(people.objectId, personId));
      if (person?.kind === 'guest') {
        const why = 'You sign in at another organisation. Only it can end your sessions; ask there.';
        throw new Refusal('not_allowed', why);
      }
    },
    async (tx) => {
      const id = randomUUID();
      const [row] = await tx
        .insert(sessionRevocations)
        .values({ id, personId, askedAt: await clock(tx) })
        .onConflictDoNothing()
        .returning({ id: sessionRevocations.id });
      if (!row) throw new Refusal('conflict', 'Your sessions are being ended already.');
      await keepToken(tx, id, 'graph', seal);
      await enqueue(tx, 'revoke-sessions', { revocationId: id, traceId: ctx.traceId });
      const subject = { kind: 'person' as const, id: personId };
      return { value: null, entries: [{ action: 'sessions.revocation_asked', subject, details: {} }] };
    },
  );
}
