import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { principals } from '#db/schema/inventory.ts';
import { accessChanges, campaigns, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayCloseReviews, mayReadReviews, mayRunReviews } from '#lib/domain/permission.ts';
import { type AppliedRow, appliedOf } from './applied-of.ts';
import { campaignReviewers } from './campaign-reviewers.ts';
import { progressOf } from './campaigns.ts';
import { isUndone, undoes } from './change-of-item.ts';
import { isId } from './place.ts';
import type { CampaignStory } from './review-rows.ts';

type Campaign = typeof campaigns.$inferSelect;
const dayMs = 86_400_000;

/** A campaign as those see it who run or audit reviews; null for everybody else. */
export async function campaignStory(viewer: Actor, id: string): Promise<CampaignStory | null> {
  if (!mayReadReviews(viewer) || !isId(id)) return null;
  const [campaign] = await db().select().from(campaigns).where(eq(campaigns.id, id));
  if (!campaign) return null;
  const [now, progress, names, asked, decisions, changes, series] = await Promise.all([
    clock(db()),
    progressOf([id]),
    namesOf(campaign),
    campaignReviewers(campaign),
    decisionsOf(id),
    changesOf(id),
    seriesOf(campaign),
  ]);
  const { createdById, readingId, reminded, createdAt, plannedAt, ...facts } = campaign;
  return {
    ...{ ...facts, now, names, decisions, series, ...asked },
    progress: progress.get(id) ?? { items: 0, drafts: 0, submitted: 0 },
    burndown: await burndownOf(campaign, now),
    ...{ changes, applied: appliedOf(changes) },
    may: mayOf(viewer, campaign),
  };
}

function mayOf(viewer: Actor, { status }: Campaign): CampaignStory['may'] {
  const runs = mayRunReviews(viewer);
  const isAhead = status === 'draft' || status === 'scheduled';
  return {
    ...{ edit: runs && isAhead, open: runs && isAhead },
    cancel: (runs && isAhead) || (mayCloseReviews(viewer) && status === 'open'),
    askInstead: runs && status === 'open',
    ...{ close: mayCloseReviews(viewer) && status === 'open', release: mayCloseReviews(viewer) },
  };
}

async function namesOf({ plan }: Campaign): Promise<Record<string, string>> {
  const ids = [...plan.named, ...plan.fallback];
  if (ids.length === 0) return {};
  const rows = await db()
    .select({ id: principals.id, name: principals.name })
    .from(principals)
    .where(inArray(principals.id, ids));
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/** What was still to be submitted at the end of each day, to today or the close. */
async function burndownOf(
  { id, openedAt, closedAt, population }: Campaign,
  now: Date,
): Promise<CampaignStory['burndown']> {
  if (!openedAt || population === null) return [];
  const day = sql<string>`to_char(${reviewItems.submittedAt} at time zone 'UTC', 'YYYY-MM-DD')`;
  const submitted = await db()
    .select({ day, count: sql<number>`count(*)::int` })
    .from(reviewItems)
    .where(and(eq(reviewItems.campaignId, id), sql`${reviewItems.submittedAt} is not null`))
    .groupBy(day);
  const counts = new Map(submitted.map((one) => [one.day, one.count]));
  const days: CampaignStory['burndown'] = [];
  const end = closedAt ?? now;
  const dayOf = (moment: Date) => moment.toISOString().slice(0, 10);
  let left = population;
  for (let at = Date.parse(dayOf(openedAt)); at <= end.getTime(); at += dayMs) {
    const today = dayOf(new Date(at));
    left -= counts.get(today) ?? 0;
    days.push({ day: today, left });
  }
  return days;
}

async function decisionsOf(id: string): Promise<CampaignStory['decisions']> {
  const rows = await db()
    .select({
      ...{ decision: reviewItems.decision, bySilence: reviewItems.bySilence },
      count: sql<number>`count(*)::int`,
    })
    .from(reviewItems)
    .where(
      and(
        eq(reviewItems.campaignId, id),
        sql`(${reviewItems.submittedAt} is not null or ${reviewItems.bySilence})`,
      ),
    )
    .groupBy(reviewItems.decision, reviewItems.bySilence)
    .orderBy(reviewItems.decision, reviewItems.bySilence);
  return rows.flatMap(({ decision, ...row }) => (decision ? [{ decision, ...row }] : []));
}

async function changesOf(id: string): Promise<AppliedRow[]> {
  const { verb, state, outcome } = accessChanges;
  const isGivenBack = sql<boolean>`coalesce(${undoes.state} = 'done', false)`;
  return db()
    .select({ verb, state, outcome, isGivenBack, count: sql<number>`count(*)::int` })
    .from(accessChanges)
    .leftJoin(undoes, isUndone)
    .where(and(eq(accessChanges.campaignId, id), isNull(accessChanges.undoesId)))
    .groupBy(verb, state, outcome, isGivenBack)
    .orderBy(verb, state, outcome, isGivenBack);
}

function seriesOf({ seriesId, id }: Campaign): Promise<CampaignStory['series']> {
  return db()
    .select({
      ...{ id: campaigns.id, number: campaigns.number, status: campaigns.status, opensAt: campaigns.opensAt },
    })
    .from(campaigns)
    .where(and(eq(campaigns.seriesId, seriesId), sql`${campaigns.id} <> ${id}`))
    .orderBy(desc(campaigns.number))
    .limit(20);
}
