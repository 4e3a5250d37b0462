import { and, eq, ilike, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { progressColumns } from './campaigns.ts';
import { containing } from './containing.ts';
import { asItemRow, itemColumns } from './item-columns.ts';
import { cutPage, isId, type Place, readPlace } from './place.ts';
import type { ItemFilter, MyItems } from './review-rows.ts';

const pageSize = 50;

/** What the viewer is asked in a campaign, by person or by role; null when they are asked nothing there. */
export async function myItems(
  viewer: Actor,
  campaignId: string,
  filter: ItemFilter,
  cursor: string | null,
): Promise<MyItems | null> {
  if (!isId(campaignId)) return null;
  const asked = askedOf(viewer.objectId, campaignId);
  const [[campaign], [progress], now] = await Promise.all([
    db().select().from(campaigns).where(eq(campaigns.id, campaignId)),
    db()
      .select(progressColumns)
      .from(reviewItems)
      .innerJoin(itemReviewers, eq(itemReviewers.itemId, reviewItems.id))
      .where(asked),
    clock(db()),
  ]);
  if (!campaign || !progress || progress.items === 0) return null;
  const place = readPlace(cursor);
  const valid = place && isId(place.id) ? place : null;
  const key = filter.order === 'role' ? reviewItems.roleName : reviewItems.principalName;
  const direction = sql.raw(valid?.direction === 'before' ? 'desc' : 'asc');
  const fetched = await db()
    .select(itemColumns)
    .from(reviewItems)
    .innerJoin(itemReviewers, eq(itemReviewers.itemId, reviewItems.id))
    .where(and(asked, ...matching(filter), beyond(valid, sql`${key}`)))
    .orderBy(sql`${key} ${direction}`, sql`${reviewItems.id} ${direction}`)
    .limit(pageSize + 1);
  const rows = fetched.map((row) => asItemRow(row, campaign.plan));
  const { id, name, status, closesAt, plan } = campaign;
  return {
    now,
    campaign: {
      ...{ id, name, status, closesAt, silence: plan.silence },
      isOpen: status === 'open' && now < closesAt,
    },
    progress,
    page: cutPage(rows, pageSize, valid, (row) =>
      filter.order === 'role' ? row.roleName : row.principalName,
    ),
  };
}

/** Items that are the person's to decide: not those they handed on. */
function askedOf(objectId: string, campaignId: string): SQL | undefined {
  return and(
    eq(itemReviewers.reviewerId, objectId),
    eq(itemReviewers.campaignId, campaignId),
    isNull(itemReviewers.handedToId),
  );
}

function matching({ state, recommendation, text }: ItemFilter): (SQL | undefined)[] {
  const states = {
    undecided: isNull(reviewItems.decision),
    draft: and(isNotNull(reviewItems.decision), isNull(reviewItems.submittedAt)),
    submitted: isNotNull(reviewItems.submittedAt),
  };
  const texts = [reviewItems.principalName, reviewItems.roleName, reviewItems.scopeName];
  return [
    state && states[state],
    recommendation && eq(reviewItems.recommendation, recommendation),
    text ? or(...texts.map((column) => ilike(column, containing(text)))) : undefined,
  ];
}

function beyond(place: Place | null, key: SQL): SQL | undefined {
  if (!place) return undefined;
  const row = sql`(${key}, ${reviewItems.id})`;
  const at = sql`(${place.key}, ${place.id}::uuid)`;
  return place.direction === 'after' ? sql`${row} > ${at}` : sql`${row} < ${at}`;
}
