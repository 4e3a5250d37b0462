import { sql } from 'drizzle-orm';
import { awayNow } from '#db/away-now.ts';
import { db } from '#db/client.ts';
import { personKey } from '#db/own-access.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import type { StalledRow } from './operations-rows.ts';

const mostShown = 50;

/** What waits for more signatures than people were found for (several accounts of one are one), the oldest first; null for whoever does not operate Stint. */
export async function stalledApprovals(viewer: Actor): Promise<StalledRow[] | null> {
  if (!mayOperate(viewer)) return null;
  const result = await db().execute(sql`
    select r.id as "requestId", r.requester_name as "requesterName", r.plane, r.role_id as "roleId",
      r.scope_id as "scopeId", r.role_name as "roleName", r.scope_name as "scopeName", r.scope_kind as "scopeKind",
      stage.value ->> 'name' as stage, a.stage_since as "since", a.lapses_at as "lapsesAt",
      greatest(0, (stage.value ->> 'signatures')::int - signed.n) as missing, able.n as able
    from request_approvals a
    join requests r on r.id = a.request_id
    cross join lateral (select a.rule -> 'then' -> 'stages' -> a.stage as value) stage
    cross join lateral (
      select count(distinct ${personKey(sql`s.approver_id`)})::int as n from signatures s
      where s.request_id = a.request_id and s.stage = a.stage and s.approve and s.state in ('intended', 'recorded')) signed
    cross join lateral (
      select count(distinct ${personKey(sql`p.approver_id`)})::int as n from stage_approvers p
      where p.request_id = a.request_id and p.stage = a.stage and not exists (
        select from signatures s
        where s.request_id = a.request_id and ${personKey(sql`s.approver_id`)} = ${personKey(sql`p.approver_id`)}
          and s.state in ('intended', 'recorded'))
        and not exists (select from absences where person_id = p.approver_id and ${awayNow})) able
    where a.state = 'waiting' and able.n < (stage.value ->> 'signatures')::int - signed.n
    order by a.stage_since limit ${mostShown}`);
  const { rows } = result as unknown as { rows: Omit<StalledRow, 'key'>[] };
  return rows.map((row) => ({
    ...row,
    key: roleKey(row),
    since: new Date(row.since),
    lapsesAt: new Date(row.lapsesAt),
  }));
}
