import { createHash } from 'node:crypto';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { db, type Tx } from '#db/client.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import type { Delivery } from '#lib/notify/ports.ts';
import { cardOf } from '#lib/operations/chat/card-of.ts';
import type { DeliveryRow } from './claim.ts';

/** All that a card is made of now, as a digest: the request as its person sees it, and how it stands. */
export async function saysNow({ letter, person }: Delivery): Promise<string> {
  const card = letter.requestId && (await cardOf(db(), person.id, letter.requestId));
  return createHash('sha256')
    .update(JSON.stringify([letter.standing, card]))
    .digest('base64url');
}

/**
 * Keeps with a card's receipt what it was made to say. Unknown where another job wrote it meanwhile: which of the two
 * came last nobody can say, and it is written again.
 */
export async function keepShown(tx: Tx, { id, receipt }: DeliveryRow, shows: string): Promise<void> {
  const seen = sql`${deliveries.receipt} ->> 'shows' is not distinct from ${receipt?.shows ?? null}::text`;
  const kept = await tx
    .update(deliveries)
    .set({ receipt: { ...receipt, shows } })
    .where(and(eq(deliveries.id, id), seen))
    .returning({ id: deliveries.id });
  if (kept.length === 0)
    await tx.update(deliveries).set({ receipt: withoutShown }).where(eq(deliveries.id, id));
}

/** Has all cards of a request written again, whatever they were made to say. */
export async function forgetShown(tx: Tx, requestId: string): Promise<void> {
  const cards = and(eq(deliveries.requestId, requestId), isNotNull(deliveries.receipt));
  await tx.update(deliveries).set({ receipt: withoutShown }).where(cards);
}

const withoutShown = sql`${deliveries.receipt} - 'shows'`;
