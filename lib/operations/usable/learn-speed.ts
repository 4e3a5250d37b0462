import { sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { requests, roleHash } from '#db/schema/requests.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';

/** The newest that count, and how old they may be: what a role took last year says nothing about today. */
const mostCounted = 200;
/** A role that is seldom used is looked for among this many of its plane. */
const mostSearched = 5_000;
const days = 90;

/**
 * Works out anew how long a role takes, here, anywhere, and its plane: from the ask, the start asked for or the approval,
 * whichever came last, until Azure showed it and until it worked. Bookkeeping of what is on record; no entry.
 */
export async function learnSpeed({ plane, roleId, scopeId }: RoleAtScope): Promise<void> {
  const here = sql`${roleHash(requests)} = md5(${`${plane}|${roleId}|${scopeId}`})::uuid`;
  const levels = [
    { roleId, scopeId, from: sql`requests where ${here}` },
    {
      roleId,
      scopeId: '',
      from: sql`(select * from requests where plane = ${plane} order by filed_at desc limit ${mostSearched}) as requests
        where role_id = ${roleId}`,
    },
    { roleId: '', scopeId: '', from: sql`requests where plane = ${plane}` },
  ];
  for (const level of levels) {
    await transaction((tx) =>
      tx.execute(sql`
        insert into role_speeds (plane, role_id, scope_id, active_p50, active_p95, active_count,
          usable_p50, usable_p95, usable_count, learned_at)
        select ${plane}, ${level.roleId}, ${level.scopeId},
          percentile_disc(0.5) within group (order by active), percentile_disc(0.95) within group (order by active),
          count(active),
          percentile_disc(0.5) within group (order by usable), percentile_disc(0.95) within group (order by usable),
          count(usable), stint_now()
        from (
          select greatest(0, ceil(extract(epoch from active_at - since)))::int as active,
            greatest(0, ceil(extract(epoch from usable_at - since)))::int as usable
          from (
            select active_at, usable_at, greatest(filed_at, wanted_start_at, (
              select d.decided_at from decisions d
              where d.request_id = requests.id and d.state = 'recorded' and d.approve), (
              select a.used_at from request_approvals a where a.request_id = requests.id)) as since
            from ${level.from} and filed_at > stint_now() - make_interval(days => ${days})
              -- What waited for another or for its person says nothing about Azure.
              and active_at is not null and origin = 'stint' and after_id is null and not exists (
                select from audit_entries a where a.subject_kind = 'request' and a.subject_id = requests.id::text
                  and a.action in ('request.resumed', 'request.stepped_up')) and (approval_id is null or exists (
                select from decisions d where d.request_id = requests.id and d.state = 'recorded' and d.approve))
            order by filed_at desc limit ${mostCounted}) as newest) as took
        having count(active) > 0
        on conflict (plane, role_id, scope_id) do update set
          active_p50 = excluded.active_p50, active_p95 = excluded.active_p95, active_count = excluded.active_count,
          usable_p50 = excluded.usable_p50, usable_p95 = excluded.usable_p95, usable_count = excluded.usable_count,
          learned_at = excluded.learned_at`),
    );
  }
}
