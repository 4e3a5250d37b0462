import { inArray, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { reviewItems, campaigns as table } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadReviews } from '#lib/domain/permission.ts';
import { cutPage, isId, isMoment, type Place, readPlace } from './place.ts';
import type { CampaignRow, Progress } from './review-rows.ts';
import type { Page } from './rows.ts';

const pageSize = 20;

/** Every campaign, by its opening, the latest first; null to whom reviews are not open. */
export async function campaigns(viewer: Actor, cursor: string | null): Promise<Page<CampaignRow> | null> {
  if (!mayReadReviews(viewer)) return null;
  const place = readPlace(cursor);
  const valid = place && isId(place.id) && isMoment(place.key) ? place : null;
  const direction = sql.raw(valid?.direction === 'before' ? 'asc' : 'desc');
  const fetched = await db()
    .select()
    .from(table)
    .where(beyond(valid))
    .orderBy(sql`${table.opensAt} ${direction}`, sql`${table.id} ${direction}`)
    .limit(pageSize + 1);
  const page = cutPage(fetched, pageSize, valid, ({ opensAt }) => opensAt.toISOString());
  const progress = await progressOf(page.rows.map(({ id }) => id));
  return {
    ...page,
    rows: page.rows.map(({ id, seriesId, number, name, status, plan, ...row }) => ({
      ...{ id, seriesId, number, name, status, isRecurring: plan.recurrence !== null },
      ...{ opensAt: row.opensAt, closesAt: row.closesAt, createdByName: row.createdByName },
      ...(progress.get(id) ?? { items: 0, drafts: 0, submitted: 0 }),
    })),
  };
}

function beyond(place: Place | null): SQL | undefined {
  if (!place) return undefined;
  const row = sql`(${table.opensAt}, ${table.id})`;
  const at = sql`(${place.key}::timestamptz, ${place.id}::uuid)`;
  return place.direction === 'after' ? sql`${row} < ${at}` : sql`${row} > ${at}`;
}

/** How far each of these campaigns is. */
export async function progressOf(ids: string[]): Promise<Map<string, Progress>> {
  if (ids.length === 0) return new Map();
  const rows = await db()
    .select({ id: reviewItems.campaignId, ...progressColumns })
    .from(reviewItems)
    .where(inArray(reviewItems.campaignId, ids))
    .groupBy(reviewItems.campaignId);
  return new Map(rows.map(({ id, ...progress }) => [id, progress]));
}

/** What silence decided was nobody's draft. */
export const progressColumns = {
  items: sql<number>`count(*)::int`,
  drafts: sql<number>`count(*) filter (where ${reviewItems.decision} is not null
    and ${reviewItems.submittedAt} is null and not ${reviewItems.bySilence})::int`,
  submitted: sql<number>`count(${reviewItems.submittedAt})::int`,
};
