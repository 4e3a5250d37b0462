import { and, asc, eq, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { accessChanges, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { campaignStory } from './campaign-story.ts';
import { changeColumns, isChangeOfItem, isUndone, undoColumns, undoes } from './change-of-item.ts';
import type { CampaignReport } from './review-rows.ts';

const mostTaken = 500;

/** The printable page: a campaign's story with what it was about and what it took away; null as the story is. */
export async function campaignReport(viewer: Actor, id: string): Promise<CampaignReport | null> {
  const story = await campaignStory(viewer, id);
  if (!story) return null;
  const ofCampaign = eq(reviewItems.campaignId, id);
  const isTaken = and(
    ofCampaign,
    ne(reviewItems.decision, 'keep'),
    sql`(${reviewItems.submittedAt} is not null or ${reviewItems.bySilence})`,
  );
  const count = sql<number>`count(*)::int`;
  const { plane, kind, principalKind } = reviewItems;
  const [byPlane, byPrincipalKind, [counted], taken] = await Promise.all([
    db()
      .select({ plane, kind, count })
      .from(reviewItems)
      .where(ofCampaign)
      .groupBy(plane, kind)
      .orderBy(plane, kind),
    db()
      .select({ principalKind, count })
      .from(reviewItems)
      .where(ofCampaign)
      .groupBy(principalKind)
      .orderBy(principalKind),
    db().select({ count }).from(reviewItems).where(isTaken),
    db()
      .select({
        ...{ id: reviewItems.id, principalName: reviewItems.principalName, roleName: reviewItems.roleName },
        ...{ scopeName: reviewItems.scopeName, rationale: reviewItems.rationale },
        ...{ bySilence: reviewItems.bySilence, decision: reviewItems.decision },
        ...{ decidedByName: reviewItems.decidedByName },
        ...{ change: changeColumns, undo: undoColumns },
      })
      .from(reviewItems)
      .leftJoin(accessChanges, isChangeOfItem)
      .leftJoin(undoes, isUndone)
      .where(isTaken)
      .orderBy(asc(reviewItems.principalName), asc(reviewItems.id))
      .limit(mostTaken),
  ]);
  return {
    ...{ ...story, byPlane, byPrincipalKind, takenCount: counted?.count ?? 0 },
    taken: taken.flatMap(({ decision, change, undo, ...row }) =>
      decision ? [{ ...row, decision, change: change && { ...change, undo } }] : [],
    ),
  };
}
