import { sql } from 'drizzle-orm';
import { planAsBulk } from '#db/bulk-plan.ts';
import { transaction } from '#db/client.ts';
import { judgeForReview, populationOf } from '#db/review-population.ts';
import { reviewersOf } from '#db/review-reviewers.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { mayRunReviews } from '#lib/domain/permission.ts';
import { isManagementGroup } from '#lib/domain/scope-chain.ts';
import type { PlanPreview } from './review-rows.ts';

const mostReviewers = 20;
const sampled = 10;

const nothing: PlanPreview = {
  ...{ readAt: null, total: 0, orphans: 0, critical: 0, byPlane: [], byKind: [], byPrincipalKind: [] },
  ...{ byRecommendation: [], sample: [], reviewers: [], reviewerCount: 0, withoutReviewer: 0 },
  unknownBelow: [],
};

/** What a plan would freeze if it opened now, and whom it would ask; null to whom it is not open. */
export async function planPreview(viewer: Actor, plan: CampaignPlan): Promise<PlanPreview | null> {
  if (!mayRunReviews(viewer)) return null;
  return transaction(async (tx) => {
    const judged = await judgeForReview(tx);
    if (!judged) return nothing;
    const creator = { id: viewer.objectId, name: viewer.name };
    await planAsBulk(tx);
    const result = await tx.execute(sql`
      with ${judged.tables},
      population as materialized (
        select id || ' ' || holder_id as id, plane, role_id, kind, role_name, scope_id, scope_name, holder_id,
          coalesce(name, holder_id) as holder_name, principal_kind, critical, recommendation, why
        from (${populationOf(plan, judged)}) everything),
      items as materialized (select id, plane, role_id, scope_id, holder_id from population),
      ${reviewersOf(plan, creator)},
      people as (select reviewer_id as id, max(reviewer_name) as name, count(*)::int as count from asked group by 1),
      sampled as (select * from population order by holder_name, id limit ${sampled})
      select
        (select count(*)::int from population) as total,
        (select count(*)::int from population where principal_kind = 'unknown') as orphans,
        (select count(*)::int from population where critical) as critical,
        ${countsBy('plane', 'plane')} as "byPlane",
        ${countsBy('kind', 'kind')} as "byKind",
        ${countsBy('principal_kind', 'principalKind')} as "byPrincipalKind",
        ${countsBy('recommendation', 'recommendation')} as "byRecommendation",
        coalesce((select jsonb_agg(jsonb_build_object('principalName', holder_name, 'principalKind', principal_kind,
          'roleName', role_name, 'scopeName', scope_name, 'kind', kind, 'plane', plane,
          'recommendation', recommendation, 'recommendationWhy', why, 'reviewers',
          coalesce((select jsonb_agg(a.reviewer_name order by a.reviewer_name) from asked a where a.item_id = s.id), '[]'))
          order by holder_name, id) from sampled s), '[]') as sample,
        coalesce((select jsonb_agg(to_jsonb(p) order by p.count desc, p.name, p.id) from (
          select * from people order by count desc, name, id limit ${mostReviewers}) p), '[]') as reviewers,
        (select count(*)::int from people) as "reviewerCount",
        (select coalesce(jsonb_agg(place order by place), '[]')
          from jsonb_array_elements_text(${JSON.stringify(groupsNamed(plan))}::jsonb) place
          where not exists (select from scope_tree t where place in (t.id, t.parent_id) and t.gone_at is null))
          as "unknownBelow",
        (select count(*)::int from population) - (select count(distinct item_id)::int from asked) as "withoutReviewer"`);
    const [preview] = (result as unknown as { rows: Omit<PlanPreview, 'readAt'>[] }).rows;
    return { ...nothing, ...preview, readAt: judged.readAt };
  });
}

function groupsNamed({ scopes }: CampaignPlan): string[] {
  return scopes.map((scope) => scope.toLowerCase().replace(/\/+$/, '')).filter(isManagementGroup);
}

function countsBy(column: string, name: string) {
  return sql`coalesce((select jsonb_agg(jsonb_build_object(${sql.raw(`'${name}'`)}, word, 'count', count) order by word)
    from (select ${sql.identifier(column)} as word, count(*)::int as count from population group by 1) c), '[]')`;
}
