import { and, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type ItemDecision, itemDecisions } from '#lib/domain/campaign.ts';
import { mayReadReviews } from '#lib/domain/permission.ts';
import { type AppliedRow, appliedOf } from './applied-of.ts';
import { isUndone, undoes } from './change-of-item.ts';
import type { ReviewsOverview } from './review-rows.ts';

const mostOverdue = 20;
const mostMonths = 12;

/** All reviews in numbers; null to whom they are not open, and before the first was opened. */
export async function reviewsOverview(viewer: Actor): Promise<ReviewsOverview | null> {
  if (!mayReadReviews(viewer)) return null;
  const [now, [open], overdue, decided, changes, months] = await Promise.all([
    clock(db()),
    rowsOf<ReviewsOverview['open']>(openOnes),
    rowsOf<Overdue>(overdueOnes),
    rowsOf<{ decision: ItemDecision; byPeople: number; bySilence: number }>(decisions),
    changesOf(),
    rowsOf<ReviewsOverview['months'][number]>(byMonth),
  ]);
  if (!open || (open.campaigns === 0 && decided.length === 0 && months.length === 0)) return null;
  return {
    ...{ now, open: { ...open, overdue: overdue[0]?.all ?? 0 }, months },
    overdue: overdue.map(({ all: _, closesAt, ...row }) => ({ ...row, closesAt: new Date(closesAt) })),
    decisions: itemDecisions.map(
      (decision) =>
        decided.find((one) => one.decision === decision) ?? { decision, byPeople: 0, bySilence: 0 },
    ),
    applied: appliedOf(changes),
  };
}

type Overdue = Omit<ReviewsOverview['overdue'][number], 'closesAt'> & {
  all: number;
  closesAt: string | Date;
};

async function rowsOf<Row>(query: ReturnType<typeof sql>): Promise<Row[]> {
  return ((await db().execute(query)) as unknown as { rows: Row[] }).rows;
}

const openOnes = sql`
  select (select count(*)::int from campaigns where status = 'open') as campaigns, count(i.id)::int as items,
    (count(*) filter (where i.decision is not null and i.submitted_at is null and not i.by_silence))::int as drafts,
    count(i.submitted_at)::int as submitted
  from review_items i join campaigns c on c.id = i.campaign_id and c.status = 'open'`;

/** Who was reminded and has something left, over all that is open. */
const overdueOnes = sql`
  with late as (
    select r.reviewer_id as id, max(r.reviewer_name) as name, count(*)::int as left,
      count(distinct c.id)::int as campaigns, min(c.closes_at) as closes_at
    from campaigns c
    join item_reviewers r on r.campaign_id = c.id and r.handed_to_id is null
    join review_items i on i.id = r.item_id and i.submitted_at is null
    where c.status = 'open' and jsonb_array_length(c.reminded) > 0
    group by r.reviewer_id)
  select id, name, "left", campaigns, closes_at as "closesAt", (select count(*)::int from late) as "all"
  from late order by "left" desc, name, id limit ${mostOverdue}`;

/** What was given up counts for nothing. */
const decisions = sql`
  select i.decision, (count(i.submitted_at))::int as "byPeople",
    (count(*) filter (where i.by_silence))::int as "bySilence"
  from review_items i join campaigns c on c.id = i.campaign_id and c.status <> 'cancelled'
  where i.decision is not null and (i.submitted_at is not null or i.by_silence) group by i.decision`;

const byMonth = sql`
  with closed as materialized (
    select id, to_char(closed_at at time zone 'UTC', 'YYYY-MM') as month, coalesce(population, 0) as population
    from campaigns where status in ('applying', 'closed') and closed_at is not null),
  told as (
    select closed.month, count(*)::int as taken,
      (count(*) filter (where c.state = 'done' and u.id is null))::int as done, count(u.id)::int as given_back
    from closed join access_changes c on c.campaign_id = closed.id and c.undoes_id is null
    left join access_changes u on u.undoes_id = c.id and u.state = 'done'
    group by closed.month)
  select closed.month, count(*)::int as campaigns, sum(closed.population)::int as items,
    coalesce(max(told.taken), 0) as taken, coalesce(max(told.done), 0) as done,
    coalesce(max(told.given_back), 0) as "givenBack"
  from closed left join told on told.month = closed.month
  group by closed.month order by closed.month desc limit ${mostMonths}`;

function changesOf(): Promise<AppliedRow[]> {
  const { verb, state, outcome } = accessChanges;
  const isGivenBack = sql<boolean>`coalesce(${undoes.state} = 'done', false)`;
  return db()
    .select({ verb, state, outcome, isGivenBack, count: sql<number>`count(*)::int` })
    .from(accessChanges)
    .leftJoin(undoes, isUndone)
    .where(and(sql`${accessChanges.campaignId} is not null`, isNull(accessChanges.undoesId)))
    .groupBy(verb, state, outcome, isGivenBack);
}
