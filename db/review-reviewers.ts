/** Who is asked about each item of an access review, as SQL: rule after rule, each for what the ones before left open. */
import { type SQL, sql } from 'drizzle-orm';
import type { CampaignPlan, ReviewerRule } from '#lib/domain/campaign.ts';
import { homeOf } from './below-group.ts';
import { isNotOwn, ownIds } from './own-access.ts';

/** Built-in role `Owner` of Azure. Source: Azure built-in roles. */
const ownerRole = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
/** Azure has six levels of management groups. */
const deepest = 8;

interface Step {
  rule: ReviewerRule | 'fallback';
  /** `item_id, holder_id, reviewer_id` from rows of `from`. */
  candidates(from: SQL): SQL;
}

type Asked = Pick<CampaignPlan, 'reviewers' | 'named' | 'fallback'>;

/** Whoever made the campaign is asked when nobody else is left. */
interface Creator {
  id: string;
  name: string;
}
const nobody: Creator = { id: '', name: '' };

/**
 * `with` clauses over `items (id, plane, role_id, scope_id, holder_id)` that end in `asked (item_id, reviewer_id, reviewer_name,
 * rule)`. Nobody is asked about their own access, nor about that of a group they are in: then the next rule is.
 */
export function reviewersOf(plan: Asked, creator: Creator = nobody): SQL {
  const steps = [...plan.reviewers.flatMap((rule) => stepsOf(rule, plan)), named('fallback', plan.fallback)];
  const clauses = steps.flatMap(({ rule, candidates }, n) => {
    const named = (name: string) => sql.identifier(`${name}_${n}`);
    const [left, could, own, asked, rest] = [
      ...[named('left'), named('could'), named('own'), named('asked')],
      leftAfter(n),
    ];
    return [
      sql`${could} as materialized (
        select distinct c.item_id, c.holder_id, p.id as reviewer_id, p.name as reviewer_name
        from (${candidates(sql`${left}`)}) c join principals p on p.id = c.reviewer_id and ${isLive})`,
      // Once for each reviewer, not for each item.
      sql`${own} as materialized (
        select one.id, ${ownIds(sql`one.id`)} as ids from (select distinct reviewer_id as id from ${could}) one)`,
      sql`${asked} as materialized (
        select c.item_id, c.reviewer_id, c.reviewer_name, ${sql.raw(`'${rule}'`)} as rule
        from ${could} c join ${own} o on o.id = c.reviewer_id where c.holder_id <> all (o.ids))`,
      sql`${rest} as materialized (select i.* from ${left} i
        where not exists (select from ${asked} done where done.item_id = i.id))`,
    ];
  });
  const all = steps.map((_, n) => sql`select * from ${sql.identifier(`asked_${n}`)}`);
  const last = sql`select i.id, p.id, ${creator.name}::text, 'fallback'
    from ${leftAfter(steps.length - 1)} i join principals p on p.id = ${creator.id} and ${isLive}
    where ${isNotOwn(sql`i.holder_id`, sql`${creator.id}`)}`;
  return sql`
    left_0 as materialized (select * from items),
    azure_owners as materialized (
      select lower(o.scope_id) as scope, coalesce(m.member_id, o.principal_id) as owner_id
      from assignments o left join effective_members m on m.group_id = o.principal_id
      where o.gone_at is null and o.plane = 'azure' and o.kind <> 'activated'
        and right(lower(o.role_id), 36) = ${ownerRole}),
    owned_above as materialized (
      with recursive up as (
        select id as place, parent_id as above, 1 as depth from scope_tree where gone_at is null
        union all
        select up.place, t.parent_id, up.depth + 1
        from up join scope_tree t on t.id = up.above and t.gone_at is null where up.depth < ${deepest})
      select distinct on (place) place, above from up
      where exists (select from azure_owners o where o.scope = up.above) order by place, depth),
    ${sql.join(clauses, sql`, `)},
    asked as (${sql.join([...all, last], sql` union all `)})`;
}

/** Somebody who can still sign in and answer. */
const isLive = sql`p.gone_at is null and p.kind in ('member', 'guest') and p.enabled is not false`;

const leftAfter = (n: number) => sql.identifier(`left_${n + 1}`);

function stepsOf(rule: ReviewerRule, plan: Asked): Step[] {
  if (rule === 'manager') return [responsible(rule, sql`i.holder_id`, ['manager'])];
  if (rule === 'owner_or_sponsor') {
    // A managed identity has no owner of its own: whose resource it belongs to answers for it.
    const resource = sql`(select lower(p.resource_id) from principals p
      where p.id = i.holder_id and p.kind = 'managed_identity')`;
    return [responsible(rule, sql`i.holder_id`, ['owner', 'sponsor']), ...resourceOwners(rule, resource)];
  }
  if (rule === 'named') return [named(rule, plan.named)];
  if (rule === 'resource_owner') {
    return [
      groupOwner(rule),
      ...resourceOwners(rule, sql`case when i.plane = 'azure' then lower(i.scope_id) end`),
    ];
  }
  return [groupOwner(rule), approvers];
}

/** Of a group that PIM manages. */
const groupOwner = (rule: ReviewerRule) =>
  responsible(rule, sql`case when i.plane = 'group' then i.scope_id end`, ['owner']);

/** Azure names nobody who owns a role: whom its policy names to approve each activation answers for it. */
const approvers: Step = {
  rule: 'role_owner',
  candidates: (from) => sql`select i.id as item_id, i.holder_id, a.one ->> 'id' as reviewer_id
    from ${from} i
    join mirror_policies p on p.plane = i.plane and p.role_id = i.role_id and p.scope_id = i.scope_id
    cross join jsonb_array_elements(p.facts -> 'approvers') as a(one) where (p.facts ->> 'approval')::boolean`,
};

/** The nearest who owns a place of Azure (in lower case): there, at its resource group, its subscription, a management group above. */
function resourceOwners(rule: Step['rule'], place: SQL): Step[] {
  const within = ['', '/resourcegroups/[^/]+'].map((part) => `^/subscriptions/[^/]+${part}`);
  const [subscription, group] = within.map((pattern) => sql`substring(${place} from ${pattern}::text)`);
  const places = [place, group, subscription].flatMap((at) => at ?? []);
  return [...places.map((at) => ownerAt(rule, at)), ownerAbove(rule, place)];
}

function responsible(rule: Step['rule'], of: SQL, as: string[]): Step {
  const words = sql.join(
    as.map((word) => sql`${word}`),
    sql`, `,
  );
  return {
    rule,
    // A group that answers for something: everybody who is in it.
    candidates: (
      from,
    ) => sql`select i.id as item_id, i.holder_id, coalesce(m.member_id, r.responsible_id) as reviewer_id
      from ${from} i join responsibles r on r.principal_id = ${of} and r."as" in (${words}) and r.gone_at is null
      left join effective_members m on m.group_id = r.responsible_id`,
  };
}

function ownerAt(rule: Step['rule'], scope: SQL): Step {
  return {
    rule,
    candidates: (from) => sql`select i.id as item_id, i.holder_id, o.owner_id as reviewer_id
      from ${from} i join azure_owners o on o.scope = ${scope}`,
  };
}

/** At the nearest management group that somebody owns, as far as it is known what hangs below which. */
function ownerAbove(rule: Step['rule'], place: SQL): Step {
  return {
    rule,
    candidates: (from) => sql`select i.id as item_id, i.holder_id, o.owner_id as reviewer_id
      from ${from} i join owned_above a on a.place = ${homeOf(place)}
      join azure_owners o on o.scope = a.above`,
  };
}

function named(rule: Step['rule'], ids: readonly string[]): Step {
  return {
    rule,
    candidates: (from) => sql`select i.id as item_id, i.holder_id, n.id as reviewer_id
      from ${from} i cross join jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) as n(id)`,
  };
}
