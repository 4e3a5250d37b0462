import { eq } from 'drizzle-orm';
import { bundles } from '#db/schema/own-choices.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { proveAdministration } from '#lib/operations/prove.ts';
import { loadKept } from './load-kept.ts';

/**
 * Removes a bundle, for everybody it was shared with: then after a fresh sign-in where settings ask administrators for
 * one. What was asked for with it stays as it is.
 * @throws Refusal `not_found` for somebody else's; `conflict` when it was saved since; ProofNeeded
 */
export async function removeBundle(ctx: PersonContext, of: { id: string; version: number }): Promise<void> {
  await change(
    ctx,
    (tx) => loadKept(tx, ctx.actor, of),
    async (tx, { id, name, shared }) => {
      if (shared) await proveAdministration(tx, ctx.call);
      await tx.delete(bundles).where(eq(bundles.id, id));
      const subject = { kind: 'bundle' as const, id };
      return { value: null, entries: [{ action: 'bundle.removed', subject, details: { name, shared } }] };
    },
  );
}
