import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { campaigns } from '#db/schema/reviews.ts';
import type { CampaignStory } from './review-rows.ts';

const mostShown = 100;

interface Counted {
  reviewers: { id: string; name: string; items: number; submitted: number }[];
  people: number;
  asked: number;
}

/** Who is asked, those with most left first; overdue is who was reminded and has something left. */
export async function campaignReviewers({
  id,
  status,
  population,
  reminded,
}: typeof campaigns.$inferSelect): Promise<
  Pick<CampaignStory, 'reviewers' | 'reviewerCount' | 'withoutReviewer'>
> {
  const result = await db().execute(sql`
    with asked as materialized (
      select r.reviewer_id as id, r.reviewer_name as name, r.item_id, i.submitted_at
      from item_reviewers r join review_items i on i.id = r.item_id
      where r.campaign_id = ${id} and r.handed_to_id is null),
    people as (select id, max(name) as name, count(*)::int as items, count(submitted_at)::int as submitted
      from asked group by id)
    select (select count(*)::int from people) as people, (select count(distinct item_id)::int from asked) as asked,
      coalesce((select jsonb_agg(to_jsonb(p) order by p.items - p.submitted desc, p.name, p.id) from (
        select * from people order by items - submitted desc, name, id limit ${mostShown}) p), '[]') as reviewers`);
  const [counted] = (result as unknown as { rows: Counted[] }).rows;
  const { reviewers, people, asked } = counted ?? { reviewers: [], people: 0, asked: 0 };
  const isLate = status === 'open' && reminded.length > 0;
  return {
    reviewers: reviewers.map((one) => ({ ...one, isOverdue: isLate && one.submitted < one.items })),
    reviewerCount: people,
    withoutReviewer: (population ?? 0) - asked,
  };
}
