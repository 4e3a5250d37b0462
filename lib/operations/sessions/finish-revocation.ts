import { and, eq, isNull } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { sessionRevocations } from '#db/schema/revocations.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';

type Revocation = typeof sessionRevocations.$inferSelect;

/** A revocation that is on its way; null: there is none, or it is done. */
export async function openRevocation(from: Pick<Tx, 'select'>, id: string): Promise<Revocation | null> {
  const [row] = await from
    .select()
    .from(sessionRevocations)
    .where(and(eq(sessionRevocations.id, id), isNull(sessionRevocations.doneAt)));
  return row ?? null;
}

/** Writes down what a revocation came to, once; `failure` null: Entra took it. */
export async function finishRevocation(
  ctx: Context,
  { id, personId }: Revocation,
  failure: string | null,
): Promise<void> {
  await change(
    ctx,
    (tx) => openRevocation(tx, id),
    async (tx, still) => {
      if (!still) return { value: null, entries: [] };
      const [row] = await tx
        .update(sessionRevocations)
        .set({ doneAt: await clock(tx), failure })
        .where(and(eq(sessionRevocations.id, id), isNull(sessionRevocations.doneAt)))
        .returning({ id: sessionRevocations.id });
      if (!row) return { value: null, entries: [] };
      await dropTokens(tx, id);
      await announce(tx, [personId]);
      const action = failure ? 'sessions.revocation_failed' : 'sessions.revoked';
      const details = failure ? { failure } : {};
      return { value: null, entries: [{ action, subject: { kind: 'person', id: personId }, details }] };
    },
  );
}
