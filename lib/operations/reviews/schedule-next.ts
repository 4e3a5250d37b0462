import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { campaigns } from '#db/schema/reviews.ts';
import { daysLater } from '#lib/domain/recurrence.ts';
import type { Told } from '#lib/operations/change.ts';
import type { Campaign } from './lock-campaign.ts';

/**
 * The next of a series, at the hour its first was scheduled for in its zone, whenever that was opened; one that would lie
 * in the past is left out.
 */
export async function scheduleNext(tx: Tx, campaign: Campaign): Promise<Told[]> {
  const { seriesId, number, name, plan, createdById, createdByName, editorIds } = campaign;
  if (!plan.recurrence) return [];
  const { everyDays, timeZone } = plan.recurrence;
  const [first] = await tx
    .select({
      hour: sql<Date>`coalesce(${campaigns.plannedAt}, ${campaigns.opensAt})`.mapWith(campaigns.opensAt),
    })
    .from(campaigns)
    .where(and(eq(campaigns.seriesId, seriesId), eq(campaigns.number, 1)));
  const now = await clock(tx);
  let opensAt = campaign.opensAt;
  do opensAt = daysLater(opensAt, everyDays, timeZone, first?.hour);
  while (opensAt <= now);
  const id = randomUUID();
  const closesAt = daysLater(opensAt, plan.days, timeZone);
  const made = {
    createdById,
    createdByName,
    editorIds,
    createdAt: sql`stint_now()`,
    status: 'scheduled' as const,
  };
  const [kept] = await tx
    .insert(campaigns)
    .values({ id, seriesId, number: number + 1, name, plan, opensAt, closesAt, ...made })
    .onConflictDoNothing()
    .returning({ id: campaigns.id });
  if (!kept) return [];
  const details = { name, plan, status: made.status, opensAt: opensAt.toISOString(), after: campaign.id };
  return [{ action: 'campaign.made', subject: { kind: 'campaign', id }, details }];
}
