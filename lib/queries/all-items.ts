import { and, eq, ilike, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { accessChanges, campaigns, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadReviews } from '#lib/domain/permission.ts';
import { changeColumns, isChangeOfItem, isUndone, undoColumns, undoes } from './change-of-item.ts';
import { containing } from './containing.ts';
import { asItemRow, itemColumns } from './item-columns.ts';
import { cutPage, isId, type Place, readPlace } from './place.ts';
import type { AllItems, AllItemsFilter } from './review-rows.ts';

const pageSize = 50;

/** Every item of a campaign by person, whoever is asked about it; null to whom reviews are not open. */
export async function allItems(
  viewer: Actor,
  campaignId: string,
  filter: AllItemsFilter,
  cursor: string | null,
): Promise<AllItems | null> {
  if (!mayReadReviews(viewer) || !isId(campaignId)) return null;
  const [campaign] = await db().select().from(campaigns).where(eq(campaigns.id, campaignId));
  if (!campaign) return null;
  const place = readPlace(cursor);
  const valid = place && isId(place.id) ? place : null;
  const direction = sql.raw(valid?.direction === 'before' ? 'desc' : 'asc');
  const key = reviewItems.principalName;
  const [fetched, now] = await Promise.all([
    db()
      .select({ ...itemColumns, reviewers, change: changeColumns, undo: undoColumns })
      .from(reviewItems)
      .leftJoin(accessChanges, isChangeOfItem)
      .leftJoin(undoes, isUndone)
      .where(and(eq(reviewItems.campaignId, campaignId), ...matching(filter), beyond(valid)))
      .orderBy(sql`${key} ${direction}`, sql`${reviewItems.id} ${direction}`)
      .limit(pageSize + 1),
    clock(db()),
  ]);
  const rows = fetched.map(({ change, undo, reviewers: asked, ...row }) => ({
    ...asItemRow(row, campaign.plan),
    ...{ reviewers: asked, change: change && { ...change, undo } },
  }));
  const { id, name, status } = campaign;
  return {
    ...{ now, campaign: { id, name, status } },
    page: cutPage(rows, pageSize, valid, ({ principalName }) => principalName),
  };
}

/** Not those who handed it on. */
const reviewers = sql<string[]>`array(select r.reviewer_name from item_reviewers r
  where r.item_id = ${reviewItems.id} and r.handed_to_id is null order by r.reviewer_name)`;

function matching({ state, decision, text }: AllItemsFilter): (SQL | undefined)[] {
  const states = {
    undecided: isNull(reviewItems.decision),
    draft: and(
      isNotNull(reviewItems.decision),
      isNull(reviewItems.submittedAt),
      eq(reviewItems.bySilence, false),
    ),
    submitted: isNotNull(reviewItems.submittedAt),
    silence: eq(reviewItems.bySilence, true),
  };
  const part = text ? containing(text) : '';
  const texts = [reviewItems.principalName, reviewItems.roleName, reviewItems.scopeName];
  const isAsked = sql`exists (select from item_reviewers r where r.item_id = ${reviewItems.id}
    and r.handed_to_id is null and r.reviewer_name ilike ${part})`;
  return [
    state && states[state],
    decision && eq(reviewItems.decision, decision),
    text ? or(...texts.map((column) => ilike(column, part)), isAsked) : undefined,
  ];
}

function beyond(place: Place | null): SQL | undefined {
  if (!place) return undefined;
  const row = sql`(${reviewItems.principalName}, ${reviewItems.id})`;
  const at = sql`(${place.key}, ${place.id}::uuid)`;
  return place.direction === 'after' ? sql`${row} > ${at}` : sql`${row} < ${at}`;
}
