import { sql } from 'drizzle-orm';
import { planAsBulk } from '#db/bulk-plan.ts';
import type { Tx } from '#db/client.ts';
import { judgeForReview, populationOf } from '#db/review-population.ts';
import { reviewersOf } from '#db/review-reviewers.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Campaign } from './lock-campaign.ts';

export interface Frozen {
  readingId: string;
  population: number;
  orphans: number;
  /** People who are asked. */
  reviewers: string[];
  withoutReviewer: number;
}

/**
 * Makes the campaign's items of what the tenant shows now, in one statement, and finds who is asked, in another: what
 * changes in the tenant afterwards does not change them. @throws Refusal no_reading.
 */
export async function freeze(tx: Tx, campaign: Campaign): Promise<Frozen> {
  const { id, plan, createdById, createdByName } = campaign;
  const judged = await judgeForReview(tx);
  if (!judged) throw new Refusal('no_reading');
  const asBefore = await planAsBulk(tx);
  const items = await first<{ population: number; orphans: number }>(
    tx,
    sql`with ${judged.tables}, frozen as (
      insert into review_items (campaign_id, assignment_id, plane, kind, role_id, role_name, scope_id, scope_name,
        scope_kind, principal_id, principal_name, principal_kind, kept, is_critical, evidence, recommendation,
        recommendation_why, way, way_group_id)
      select ${id}, id || case when through then ' ' || holder_id else '' end, plane, kind, role_id, role_name,
        scope_id, scope_name, scope_kind, holder_id, coalesce(name, holder_id), principal_kind, kept, critical, evidence,
        recommendation, why, case when through then 'membership' else 'assignment' end, through_group_id
      from (${populationOf(plan, judged)}) population
      returning principal_kind)
    select count(*)::int as population, count(*) filter (where principal_kind = 'unknown')::int as orphans from frozen`,
  );
  // So many rows at once: what is planned for the few there were before would walk all of them for each reviewer.
  await tx.execute(sql`analyze review_items (id, campaign_id)`);
  const creator = { id: createdById, name: createdByName };
  const asked = await first<{ reviewers: string[]; items: number }>(
    tx,
    sql`with items as materialized (
        select id, plane, role_id, scope_id, principal_id as holder_id from review_items where campaign_id = ${id}),
      ${reviewersOf(plan, creator)}, kept as (
      insert into item_reviewers (item_id, campaign_id, reviewer_id, reviewer_name, rule)
      select item_id, ${id}, reviewer_id, reviewer_name, rule from asked returning item_id, reviewer_id)
    select coalesce(jsonb_agg(distinct reviewer_id), '[]') as reviewers, count(distinct item_id)::int as items from kept`,
  );
  await asBefore();
  const withoutReviewer = items.population - asked.items;
  return { readingId: judged.readingId, ...items, reviewers: asked.reviewers, withoutReviewer };
}

async function first<Row>(tx: Tx, statement: ReturnType<typeof sql>): Promise<Row> {
  const [row] = ((await tx.execute(statement)) as unknown as { rows: Row[] }).rows;
  if (!row) throw new Error('The database did not count what it froze.');
  return row;
}
