import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { bundles } from '#db/schema/own-choices.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayKeepBundle } from '#lib/domain/bundle.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * For a gate: the bundle, locked, if it is this person's to change.
 * @throws Refusal `not_found` when it is not there or not theirs; `conflict` when somebody saved it since.
 */
export async function loadKept(
  tx: Tx,
  actor: Actor,
  { id, version }: { id: string; version: number },
): Promise<typeof bundles.$inferSelect> {
  const [bundle] = await tx.select().from(bundles).where(eq(bundles.id, id)).for('update');
  if (!bundle || !mayKeepBundle(actor, bundle)) throw new Refusal('not_found');
  if (bundle.version !== version) throw new Refusal('conflict');
  return bundle;
}
