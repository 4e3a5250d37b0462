/** What a plan of an access review is about, as SQL: the same rows for the preview and for the opening. */
import { and, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { allRecommendations, neverDays, staleDays } from '#lib/domain/review.ts';
import { dangersOf, isCritical } from '#lib/domain/risk.ts';
import { isManagementGroup } from '#lib/domain/scope-chain.ts';
import { coveredSince } from '#lib/domain/use.ts';
import { belowGroup, homeOf } from './below-group.ts';
import type { Reader } from './client.ts';
import { clock } from './clock.ts';
import { isOnlyActivated } from './only-activated.ts';
import { itemEvidence, keptOf } from './review-evidence.ts';
import { inventoryRuns } from './schema/inventory.ts';
import { mirrorRoles } from './schema/mirror.ts';
import { useCoverage } from './schema/posture.ts';

/** What is judged by the domain before the rows are read: roles and recommendations, as tables. */
export interface Judged {
  readingId: string;
  readAt: Date;
  /** `with` clauses. */
  tables: SQL;
  now: SQL;
  /** Since when use is known. */
  since: SQL;
  /** When the reading began. */
  readFrom: SQL;
}

/** Judges roles and recommendations for a population; null when the tenant was never read to its end and assessed. */
export async function judgeForReview(reader: Reader): Promise<Judged | null> {
  const [reading] = await reader
    .select({ id: inventoryRuns.id, startedAt: inventoryRuns.startedAt, readAt: inventoryRuns.finishedAt })
    .from(inventoryRuns)
    .where(
      and(
        eq(inventoryRuns.kind, 'full'),
        isNotNull(inventoryRuns.finishedAt),
        isNotNull(inventoryRuns.privilege),
      ),
    )
    .orderBy(desc(inventoryRuns.startedAt))
    .limit(1);
  if (!reading?.readAt) return null;
  const now = await clock(reader);
  const since = coveredSince(await reader.select().from(useCoverage), now);
  const roles = (await reader.select().from(mirrorRoles)).map(({ plane, roleId, definition }) => {
    const dangers = dangersOf(definition);
    const wide = isCritical(definition, 'subscription', dangers);
    const narrow = isCritical(definition, 'resource', dangers);
    return { plane, role_id: roleId, wide, narrow, dangers: dangers.map(({ what }) => what).join(', ') };
  });
  const verdicts = allRecommendations(since?.toISOString().slice(0, 10) ?? null).map((one) => ({
    ...{ kind: one.kind, holder: one.holder, use: one.use, through: one.isThrough },
    ...{ disabled: one.isDisabled, critical: one.isCritical, break_glass: one.isBreakGlass },
    ...{ decision: one.decision, why: one.why },
  }));
  // Read before anything is written: what a statement adds to a table would be walked again for every row.
  const tables = sql`
    judged_roles as materialized (select * from jsonb_to_recordset(${JSON.stringify(roles)}::jsonb)
      as r(plane text, role_id text, wide boolean, narrow boolean, dangers text)),
    verdicts as materialized (select * from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
      as v(kind text, holder text, use text, through boolean, disabled boolean, critical boolean,
        break_glass boolean, decision text, why text)),
    earlier as materialized (select distinct on (i.assignment_id) i.assignment_id,
        initcap(replace(i.decision, '_', ' ')) || ' on ' || to_char(i.decided_at at time zone 'UTC', 'YYYY-MM-DD')
        || ', ' || coalesce(i.decided_by_name, 'by silence')
        || case when i.rationale = '' then '' else ': ' || i.rationale end as words
      from review_items i join campaigns c on c.id = i.campaign_id and c.status in ('applying', 'closed')
      where i.decided_at is not null order by i.assignment_id, i.decided_at desc),
    -- What a group holds it gives to whoever joins it, and to the groups in it.
    holding_groups as (select distinct a.principal_id as group_id from assignments a
      join judged_roles r on r.plane = a.plane and r.role_id = a.role_id
      where a.gone_at is null and a.kind <> 'activated'
        and case when a.scope_kind in ('management_group', 'subscription') then r.wide else r.narrow end
        and exists (select from principals g where g.id = a.principal_id and g.kind = 'group')),
    critical_groups as materialized (select group_id from holding_groups
      union select m.member_id from effective_members m join holding_groups h on h.group_id = m.group_id)`;
  return {
    ...{ readingId: reading.id, readAt: reading.readAt, tables },
    ...{ now: at(now), since: at(since), readFrom: at(reading.startedAt) },
  };
}

const at = (moment: Date | null) => sql`${moment?.toISOString() ?? null}::timestamptz`;

/**
 * The assignments of a plan, each with its evidence and recommendation. Where groups are not reviewed themselves, what
 * they give is reviewed member by member. An activation ends by itself and is none.
 */
export function populationOf(plan: CampaignPlan, { now, since, readFrom }: Judged): SQL {
  const kinds = sql`(${list(plan.principalKinds)})`;
  const holdings = plan.holdings.filter((kind) => kind !== 'activated');
  const own = sql`a.gone_at is null and a.kind in (${list(holdings)}) and a.plane in (${list(plan.planes)})
    ${namesOf(plan)} ${scopesOf(plan)}`;
  const members = plan.principalKinds.includes('group')
    ? sql``
    : sql`union all select a.*, m.member_id, coalesce(m.through ->> -1, m.group_id)
        from assignments a join effective_members m on m.group_id = a.principal_id
        where ${own} and not ${isOnlyActivated(sql`m`)}`;
  return sql`
    select h.*, v.decision as recommendation, v.why, ${keptOf} as kept, ${itemEvidence} as evidence
    from (
      select a.*, p.name, p.kind as known_kind, p.enabled, p.last_sign_in_at, through_group.name as through_name,
        u.count as uses, u.last_at, u.active_minutes, u.granted_minutes, ${since} as since, r.dangers,
        f.titles as findings, e.words as earlier, policy.facts as policy,
        case when p.id is null or p.gone_at is not null then 'unknown' else p.kind end as principal_kind,
        b.principal_id is not null as break_glass,
        coalesce(case when a.scope_kind in ('management_group', 'subscription') then r.wide else r.narrow end, false)
          or c.group_id is not null as critical,
        coalesce(p.enabled = false, false) as disabled,
        a.through_group_id is not null as through,
        case when p.id is null or p.gone_at is not null or p.kind = 'unknown' then
            case when coalesce(p.gone_at, a.first_seen_at) < ${readFrom} then 'gone' else 'unseen' end
          when p.kind in ('member', 'guest') then 'person' when p.kind = 'group' then 'group' else 'workload' end
          as holder,
        ${usageOf(now, since)} as use
      from (
        select a.*, a.principal_id as holder_id, null as through_group_id from assignments a where ${own} ${members}
      ) a
      left join principals p on p.id = a.holder_id
      left join principals through_group on through_group.id = a.through_group_id
      left join judged_roles r on r.plane = a.plane and r.role_id = a.role_id
      left join critical_groups c on a.plane = 'group' and c.group_id = a.scope_id
      left join uses u on u.principal_id = a.holder_id and u.plane = a.plane
        and u.role_id = lower(a.role_id) and u.scope_id = lower(a.scope_id)
      left join break_glass_accounts b on b.principal_id = a.holder_id
      left join (select assignment_id, string_agg(title, '; ' order by rank, title) as titles from findings
        where state = 'open' and assignment_id is not null group by assignment_id) f on f.assignment_id = a.id
      left join earlier e
        on e.assignment_id = a.id || case when a.through_group_id is null then '' else ' ' || a.holder_id end
      left join mirror_policies policy on policy.plane = a.plane and policy.role_id = a.role_id
        and policy.scope_id = a.scope_id
    ) h
    join verdicts v on v.kind = h.kind and v.holder = h.holder and v.use = h.use and v.through = h.through
      and v.disabled = h.disabled and v.critical = h.critical and v.break_glass = h.break_glass
    where (h.principal_kind in ${kinds} or h.principal_kind = 'unknown' and coalesce(h.known_kind, 'unknown') in ${kinds})
      and (not h.through or h.holder in ('person', 'workload'))
      ${plan.roles === 'critical' ? sql`and h.critical` : sql``} ${onlyOf(plan)}`;
}

/** Activations of what is eligible; sign-ins of what signs in by itself. */
const usageOf = (now: SQL, since: SQL) => sql`case
  when a.kind = 'eligible' then case
    when u.last_at > ${now} - make_interval(days => ${staleDays}) then 'lately'
    when u.count > 0 then case when ${since} <= ${now} - make_interval(days => ${staleDays}) then 'not_lately'
      else 'unknown' end
    when ${since} <= ${now} - make_interval(days => ${neverDays})
      and coalesce(a.created_at, a.starts_at, a.first_seen_at) <= ${now} - make_interval(days => ${neverDays})
      then 'never'
    else 'unknown' end
  when p.kind in ('service_principal', 'managed_identity', 'agent') and p.last_sign_in_at is not null then
    case when p.last_sign_in_at > ${now} - make_interval(days => ${staleDays}) then 'lately' else 'not_lately' end
  else 'unknown' end`;

function list(words: readonly string[]): SQL {
  // Nothing is among no words.
  return words.length > 0
    ? sql.join(
        words.map((word) => sql`${word}`),
        sql`, `,
      )
    : sql`null`;
}

function namesOf({ roles }: CampaignPlan): SQL {
  if (roles === 'critical' || roles.length === 0) return sql``;
  return sql`and lower(a.role_name) in (${list(roles.map((role) => role.trim().toLowerCase()))})`;
}

/** At the scope or below, as far as it is known what hangs below a management group; the root is above everything. */
function scopesOf({ scopes }: CampaignPlan): SQL {
  const named = scopes.map((scope) => scope.toLowerCase().replace(/\/+$/, ''));
  if (named.length === 0 || named.includes('')) return sql``;
  const each = named.map(
    (scope) => sql`lower(a.scope_id) = ${scope} or starts_with(lower(a.scope_id), ${`${scope}/`})
      ${isManagementGroup(scope) ? sql`or ${homeOf(sql`a.scope_id`)} in (${belowGroup(scope)})` : sql``}`,
  );
  return sql`and (${sql.join(each, sql` or `)})`;
}

function onlyOf({ only }: CampaignPlan): SQL {
  if (only === 'stale') return sql`and (h.use in ('not_lately', 'never') or h.disabled or h.holder = 'gone')`;
  if (only === 'risky')
    return sql`and (h.findings is not null or exists (select from findings found
      where found.principal_id = h.holder_id and found.state = 'open' and found.assignment_id is null))`;
  return sql``;
}
