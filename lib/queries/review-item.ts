import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { isNotOwn } from '#db/own-access.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { mirrorPolicies, mirrorRoles } from '#db/schema/mirror.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import { accessChanges, campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadReviews } from '#lib/domain/permission.ts';
import { groupLeft } from '#lib/domain/review-decision.ts';
import { dangersOf } from '#lib/domain/risk.ts';
import { changeColumns, isChangeOfItem, isUndone, undoColumns, undoes } from './change-of-item.ts';
import { asItemRow, itemColumns } from './item-columns.ts';
import { isId } from './place.ts';
import type { ChangeRow, ItemStory } from './review-rows.ts';

type Item = typeof reviewItems.$inferSelect;
const mostGiven = 50;
const mostNames = 10;

/** One item with all that helps to decide it: for who is asked about it, and who reads all reviews. */
export async function reviewItem(
  viewer: Actor,
  campaignId: string,
  itemId: string,
): Promise<ItemStory | null> {
  if (!isId(campaignId) || !isId(itemId)) return null;
  const [found] = await db()
    .select({
      ...itemColumns,
      campaign: campaigns,
      isFree: sql<boolean>`${isNotOwn(sql`review_items.principal_id`, sql`${viewer.objectId}`)}`,
    })
    .from(reviewItems)
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .where(and(eq(reviewItems.id, itemId), eq(reviewItems.campaignId, campaignId)));
  if (!found) return null;
  const reviewers = await reviewersOf(itemId);
  const isAsked = reviewers.some(({ id, isTheirs }) => isTheirs && id === viewer.objectId);
  if (!isAsked && !mayReadReviews(viewer)) return null;
  const { item, campaign, isFree } = found;
  const [now, role, policy, groupGives, members, earlier, handedOn, change] = await Promise.all([
    clock(db()),
    roleOf(item),
    policyOf(item),
    givenBy(item),
    item.principalKind === 'group' ? membersOf(item.principalId) : null,
    earlierOf(item),
    handedOnOf(itemId, reviewers),
    changeOf(itemId),
  ]);
  const isOpen = campaign.status === 'open' && now < campaign.closesAt;
  return {
    ...asItemRow(found, campaign.plan),
    ...{ now, campaignId, campaignName: campaign.name, status: campaign.status, closesAt: campaign.closesAt },
    ...{ role, policy, groupGives, members, earlier, reviewers, handedOn, change },
    may: { decide: isAsked && isOpen && isFree },
  };
}

async function reviewersOf(itemId: string): Promise<ItemStory['reviewers']> {
  const rows = await db()
    .select()
    .from(itemReviewers)
    .where(eq(itemReviewers.itemId, itemId))
    .orderBy(itemReviewers.reviewerName);
  return rows.map(({ reviewerId, reviewerName, rule, handedToId }) => ({
    ...{ id: reviewerId, name: reviewerName, rule, isTheirs: handedToId === null },
  }));
}

async function roleOf({ plane, roleId }: Item): Promise<ItemStory['role']> {
  const [role] = await db()
    .select()
    .from(mirrorRoles)
    .where(and(eq(mirrorRoles.plane, plane), eq(mirrorRoles.roleId, roleId)));
  if (!role) return null;
  const { description, actions, dataActions } = role.definition;
  return { description, actions, dataActions, dangers: dangersOf(role.definition) };
}

async function policyOf({ plane, roleId, scopeId }: Item): Promise<ItemStory['policy']> {
  const { plane: p, roleId: r, scopeId: s } = mirrorPolicies;
  const [policy] = await db()
    .select()
    .from(mirrorPolicies)
    .where(and(eq(p, plane), eq(r, roleId), eq(s, scopeId)));
  return policy?.facts ?? null;
}

/** What else the group gives that is left with the item, itself and through the groups it is in. */
async function givenBy(item: Item): Promise<ItemStory['groupGives']> {
  const groupId = groupLeft(item);
  if (!groupId) return [];
  const { plane, kind, roleId, roleName, scopeId, scopeName, scopeKind } = assignments;
  return db()
    .select({ plane, kind, roleId, roleName, scopeId, scopeName, scopeKind })
    .from(assignments)
    .where(
      and(
        sql`(${assignments.principalId} = ${groupId} or ${assignments.principalId} in (
          select group_id from effective_members where member_id = ${groupId}))`,
        isNull(assignments.goneAt),
        ne(assignments.id, item.kept.assignmentId),
      ),
    )
    .orderBy(assignments.roleName, assignments.id)
    .limit(mostGiven);
}

async function membersOf(groupId: string): Promise<ItemStory['members']> {
  const ofGroup = eq(effectiveMembers.groupId, groupId);
  const people = sql`${principals.kind} <> 'group'`;
  const named = db()
    .select({ name: principals.name })
    .from(effectiveMembers)
    .innerJoin(principals, eq(principals.id, effectiveMembers.memberId))
    .where(and(ofGroup, people))
    .orderBy(principals.name)
    .limit(mostNames);
  const counted = db()
    .select({ count: sql<number>`count(*)::int` })
    .from(effectiveMembers)
    .innerJoin(principals, eq(principals.id, effectiveMembers.memberId))
    .where(and(ofGroup, people));
  const [names, [counts]] = await Promise.all([named, counted]);
  return { count: counts?.count ?? 0, names: names.map(({ name }) => name) };
}

async function earlierOf(item: Item): Promise<ItemStory['earlier']> {
  const rows = await db()
    .select({ item: reviewItems, campaignName: campaigns.name })
    .from(reviewItems)
    .innerJoin(campaigns, eq(campaigns.id, reviewItems.campaignId))
    .where(
      and(
        eq(reviewItems.assignmentId, item.assignmentId),
        ne(reviewItems.id, item.id),
        sql`(${reviewItems.submittedAt} is not null or ${reviewItems.bySilence})`,
        sql`${campaigns.status} in ('applying', 'closed')`,
      ),
    )
    .orderBy(desc(reviewItems.decidedAt))
    .limit(mostNames);
  return rows.flatMap(
    ({ item: { decision, rationale, decidedByName, bySilence, decidedAt }, campaignName }) =>
      decision && decidedAt
        ? [{ campaignName, decision, rationale, decidedByName, bySilence, decidedAt }]
        : [],
  );
}

/** What is written with it stands in the record. */
async function handedOnOf(itemId: string, reviewers: ItemStory['reviewers']): Promise<ItemStory['handedOn']> {
  const rows = await db()
    .select({ by: auditEntries.actorName, at: auditEntries.at, details: auditEntries.details })
    .from(auditEntries)
    .where(
      and(
        ...[eq(auditEntries.subjectKind, 'review_item'), eq(auditEntries.subjectId, itemId)],
        eq(auditEntries.action, 'review_item.handed_on'),
      ),
    )
    .orderBy(auditEntries.seq);
  return rows.map(({ by, at, details }) => ({
    ...{ byName: by, at, note: String(details.note ?? '') },
    toName: reviewers.find(({ id }) => id === details.to)?.name ?? String(details.to),
  }));
}

async function changeOf(itemId: string): Promise<ChangeRow | null> {
  const [found] = await db()
    .select({ change: changeColumns, undo: undoColumns })
    .from(reviewItems)
    .innerJoin(accessChanges, isChangeOfItem)
    .leftJoin(undoes, isUndone)
    .where(eq(reviewItems.id, itemId));
  return found ? { ...found.change, undo: found.undo } : null;
}
