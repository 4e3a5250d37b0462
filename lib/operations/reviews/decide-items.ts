import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { ItemDecision } from '#lib/domain/campaign.ts';
import { mostAtOnce } from '#lib/domain/campaign-plan.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { faultOf } from '#lib/domain/review-decision.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { announceReview } from './announce-review.ts';
import { type MyItem, myOpenItems } from './my-open-items.ts';

export interface Decide {
  campaignId: string;
  /** As they were last seen: one that was decided since is refused. */
  items: { id: string; version: number }[];
  decision: ItemDecision;
  /** One for all of them. */
  rationale: string;
  /** The reviewer has seen what else the group gives that would be left. */
  hasSeenGroup?: boolean;
}

export interface Refused {
  id: string;
  code: RefusalCode;
  message: string;
}

/**
 * Decides items the person is asked about: a draft, until it is submitted. What was submitted before counts as it is
 * now, without submitting it again. Each item is judged for itself; those that cannot be decided so are named.
 * @throws Refusal not_found when none of them is theirs, review_closed, malformed.
 */
export function decideItems(
  ctx: PersonContext,
  { campaignId, items: asked, decision, rationale: typed, hasSeenGroup = false }: Decide,
): Promise<{ decided: { id: string; version: number }[]; refused: Refused[] }> {
  const rationale = typed.trim();
  const versions = new Map(asked.map(({ id, version }) => [id, version]));
  const how = { decision, rationale, isBulk: versions.size > 1, hasSeenGroup };
  return change(
    ctx,
    (tx) => {
      if (versions.size === 0 || versions.size > mostAtOnce)
        throw new Refusal('malformed', `Decide 1 to ${mostAtOnce} items at once.`);
      return myOpenItems(tx, ctx, campaignId, [...versions.keys()]);
    },
    async (tx, { campaign, items }) => {
      const faults = new Map(items.map((mine) => [mine.item.id, faultFor(mine, versions)]));
      for (const { item } of items)
        if (!faults.get(item.id)) faults.set(item.id, faultOf(item, how, campaign.plan));
      const good = items.map(({ item }) => item).filter(({ id }) => !faults.get(id));
      const refused = [...versions.keys()].flatMap((id) => {
        const fault = faults.has(id) ? faults.get(id) : new Refusal('not_found');
        return fault ? [{ id, code: fault.code, message: fault.message }] : [];
      });
      if (good.length === 0) return { value: { decided: [], refused }, entries: [] };
      const ids = good.map(({ id }) => id);
      const decided = await tx
        .update(reviewItems)
        .set({
          ...{ decision, rationale, decidedById: ctx.actor.objectId, decidedByName: ctx.actor.name },
          decidedAt: sql`stint_now()`,
          version: sql`${reviewItems.version} + 1`,
        })
        .where(inArray(reviewItems.id, ids))
        .returning({ id: reviewItems.id, version: reviewItems.version });
      await tellReviewers(tx, ids);
      return {
        value: { decided, refused },
        entries: good.map((item) => ({
          action: item.submittedAt ? 'review_item.changed' : 'review_item.drafted',
          subject: { kind: 'review_item', id: item.id },
          details: { campaign: campaignId, decision, rationale, before: item.decision, ...about(item) },
        })),
      };
    },
  );
}

function faultFor({ item, isOwn }: MyItem, versions: Map<string, number>): Refusal | null {
  if (isOwn) return new Refusal('own_access');
  if (item.version !== versions.get(item.id)) return new Refusal('conflict');
  return null;
}

function about({ principalId, plane, roleId, scopeId }: MyItem['item']) {
  return { principalId, plane, roleId, scopeId };
}

async function tellReviewers(tx: Tx, itemIds: string[]): Promise<void> {
  const asked = await tx
    .selectDistinct({ id: itemReviewers.reviewerId })
    .from(itemReviewers)
    .where(inArray(itemReviewers.itemId, itemIds));
  await announceReview(
    tx,
    asked.map(({ id }) => id),
  );
}
