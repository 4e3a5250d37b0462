import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { onCallWindows } from '#db/schema/on-call.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';

export type OnCallRecord = typeof onCallWindows.$inferSelect;

/** For a gate: the person's own window, held until the transaction ends. @throws Refusal `not_found`. */
export async function mustOwn(tx: Tx, ctx: PersonContext, id: string): Promise<OnCallRecord> {
  const [window] = await tx
    .select()
    .from(onCallWindows)
    .where(and(eq(onCallWindows.id, id), eq(onCallWindows.personId, ctx.actor.objectId)))
    .for('update');
  if (!window) throw new Refusal('not_found');
  return window;
}
