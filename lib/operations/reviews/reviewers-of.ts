import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { itemReviewers } from '#db/schema/reviews.ts';

/** Object ids of everybody who is, or was, asked in a campaign. */
export async function reviewersOf(tx: Tx, campaignId: string): Promise<string[]> {
  const asked = await tx
    .selectDistinct({ id: itemReviewers.reviewerId })
    .from(itemReviewers)
    .where(eq(itemReviewers.campaignId, campaignId));
  return asked.map(({ id }) => id);
}
