import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import { activatedPastApproval, type Bypassed, bypassDays } from '#lib/domain/findings/bypass.ts';
import { heldBy } from '#lib/domain/held-by.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { Search, Sight } from './sight.ts';

const rolesAtOnce = 100;
/** Of one role: more are no better told. */
const mostTimes = 200;

interface Row extends RoleAtScope, RoleNames {
  key: string;
  policy: PolicyFacts | string | null;
  times: Time[] | string;
}

interface Time {
  at: string;
  personId: string;
  personName: string;
  isEnded: boolean;
}

/** Roles that were activated past Stint's own approval lately, from the record alone. */
export async function* seekBypasses({ now, privileges }: Sight): Search {
  for (let after = ''; ; ) {
    const rows = await bypassedRoles(after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.flatMap((row) => activatedPastApproval(asBypassed(row, privileges), now) ?? []);
    after = last.key;
  }
}

function asBypassed({ key: _, policy, times, ...role }: Row, privileges: Sight['privileges']): Bypassed {
  return {
    ...role,
    privilege: privileges(role),
    times: read(times).map(({ at, ...time }) => ({ ...time, at: new Date(at) })),
    heldBy: heldBy(policy === null ? null : read(policy), 'stages').by,
  };
}

/** One database answers JSON as it is, the other as text. */
function read<Known extends object>(json: Known | string): Known {
  return typeof json === 'string' ? JSON.parse(json) : json;
}

async function bypassedRoles(after: string): Promise<Row[]> {
  const key = sql`r.plane || '|' || r.role_id || '|' || lower(r.scope_id)`;
  const result = await db().execute(sql`
    with past as (
      select ${key} as key, r.*, row_number() over (partition by ${key} order by r.bypassed_at desc, r.id) as n
      from requests r
      where r.bypassed_at > stint_now() - make_interval(days => ${bypassDays}) and ${key} > ${after}),
    named as (
      select key, min(plane) as plane, min(role_id) as role_id, min(scope_id) as scope_id,
        min(role_name) filter (where n = 1) as role_name, min(scope_name) filter (where n = 1) as scope_name,
        min(scope_kind) filter (where n = 1) as scope_kind,
        jsonb_agg(jsonb_build_object('at', bypassed_at, 'personId', requester_id, 'personName', requester_name,
          'isEnded', exists (select 1 from access_changes c where c.request_id = past.id and c.outcome = 'removed'))
          order by n) filter (where n <= ${mostTimes}) as times
      from past group by key order by key limit ${rolesAtOnce})
    select key, plane, role_id as "roleId", scope_id as "scopeId", role_name as "roleName",
      scope_name as "scopeName", scope_kind as "scopeKind", times,
      (select p.facts from mirror_policies p where p.plane = named.plane and p.role_id = named.role_id
        and lower(p.scope_id) = lower(named.scope_id) and p.facts is not null limit 1) as policy
    from named order by key`);
  return (result as unknown as { rows: Row[] }).rows;
}
