import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { campaigns } from '#db/schema/reviews.ts';
import type { CampaignStatus } from '#lib/domain/campaign.ts';
import { mayRunReviews } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';

export type Campaign = typeof campaigns.$inferSelect;

/**
 * A campaign that nobody else moves meanwhile, for somebody who runs reviews.
 * @throws Refusal not_found for everybody else and for none such, conflict when it is in another state by now.
 */
export async function lockCampaign(
  tx: Tx,
  ctx: PersonContext,
  id: string,
  statuses: readonly CampaignStatus[],
  may: (actor: PersonContext['actor']) => boolean = mayRunReviews,
): Promise<Campaign> {
  if (!may(ctx.actor)) throw new Refusal('not_found');
  const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, id)).for('update');
  if (!campaign) throw new Refusal('not_found');
  if (!statuses.includes(campaign.status)) throw new Refusal('conflict');
  return campaign;
}

/** One that is due by a condition; null when it is not any more, or another worker has it. */
export async function lockDue(
  tx: Tx,
  id: string,
  statuses: readonly CampaignStatus[],
  due = sql`true`,
): Promise<Campaign | null> {
  const [campaign] = await tx
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.id, id), inArray(campaigns.status, [...statuses]), due))
    .for('update', { skipLocked: true });
  return campaign ?? null;
}
