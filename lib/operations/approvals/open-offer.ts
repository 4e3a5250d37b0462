import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { offers } from '#db/schema/approvals.ts';
import { Refusal } from '#lib/domain/refusal.ts';

export type OfferRecord = typeof offers.$inferSelect;

/** For a gate: this very offer, while it is open. @throws Refusal `offer_closed`. */
export async function mustBeOpen(tx: Tx, requestId: string, offerId: string): Promise<OfferRecord> {
  const [found] = await tx
    .select()
    .from(offers)
    .where(and(eq(offers.id, offerId), eq(offers.requestId, requestId), eq(offers.state, 'open')));
  if (!found) throw new Refusal('offer_closed');
  return found;
}

/** Answers it by compare-and-set. @throws Refusal `offer_closed` when somebody was first. */
export async function answerOffer(
  tx: Tx,
  { id }: OfferRecord,
  state: 'accepted' | 'declined',
  answeredAt: Date,
): Promise<void> {
  const rows = await tx
    .update(offers)
    .set({ state, answeredAt })
    .where(and(eq(offers.id, id), eq(offers.state, 'open')))
    .returning({ id: offers.id });
  if (rows.length === 0) throw new Refusal('offer_closed');
}
