import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import type { AskedBy, PageAfter, TeamRow } from './approval-rows.ts';
import { decidersOf } from './deciders.ts';
import { pageOf, readPlace } from './moment-cursor.ts';
import { stageAt } from './stage-at.ts';
import { pimLapses, waitingFor } from './waiting-for.ts';

const pageSize = 25;

interface Found {
  id: string;
  asks: AskedBy;
  lapses_at: string | Date;
  why: TeamRow['why'];
}

/**
 * What waits for others, and is the viewer's business: of people who report to them, what they signed, handed over or
 * were asked about at another stage, and what a stage of which names a group they are in. The soonest to lapse first.
 */
export async function teamWaiting(viewer: Actor, after: string | null): Promise<PageAfter<TeamRow>> {
  const place = readPlace(after);
  const result = await db().execute(sql`
    select * from (${teamOf(viewer.objectId)}) team
    ${place ? sql`where (lapses_at, id) > (${place.at}::timestamptz, ${place.id}::uuid)` : sql``}
    order by lapses_at, id limit ${pageSize + 1}`);
  const found = (result as unknown as { rows: Found[] }).rows;
  const { rows, more } = pageOf(found, pageSize, (row) => ({ at: new Date(row.lapses_at), id: row.id }));
  if (rows.length === 0) return { rows: [], more: null };
  const ids = rows.map(({ id }) => id);
  const [records, deciders] = await Promise.all([
    db()
      .select({ request: requests, approval: requestApprovals })
      .from(requests)
      .leftJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
      .where(and(inArray(requests.id, ids))),
    decidersOf(ids),
  ]);
  const of = new Map(records.map((record) => [record.request.id, record]));
  const team = rows.flatMap(({ id, asks, why, lapses_at }): TeamRow[] => {
    const record = of.get(id);
    if (!record) return [];
    const { plane, roleId, scopeId, roleName, scopeName, scopeKind, ...request } = record.request;
    const role = { plane, roleId, scopeId, roleName, scopeName, scopeKind, key: roleKey(record.request) };
    const { requesterName, minutes, filedAt, status } = request;
    return [
      {
        ...role,
        ...{ requestId: id, asks, why, requesterName, minutes, filedAt, status },
        lapsesAt: new Date(lapses_at),
        stage: asks === 'stint' && record.approval ? stageAt(record.approval) : null,
        approvers: deciders(id).map(({ name }) => name),
        isOpen: why === 'signed' || why === 'handed_over' || why === 'named' || mayReadAllHistory(viewer),
      },
    ];
  });
  return { rows: team, more };
}

/** The same as SQL, with `why`; for counting too. */
export function teamOf(personId: string): SQL {
  const named = sql`select 1 from stage_approvers a where a.request_id = r.id and a.approver_id = ${personId}`;
  return sql`
    select * from (
      select r.id, case r.status when 'awaiting_approval' then 'pim' else 'stint' end as asks,
        case r.status when 'awaiting_approval' then ${pimLapses} else p.lapses_at end as lapses_at,
        case
          when exists (select 1 from signatures s
            where s.request_id = r.id and s.approver_id = ${personId} and s.state = 'recorded') then 'signed'
          when exists (${named} and a.handed_to_id is not null) then 'handed_over'
          when exists (${named}) then 'named'
          when exists (select 1 from responsibles m where m.principal_id = r.requester_id
            and m.responsible_id = ${personId} and m."as" = 'manager' and m.gone_at is null) then 'reports'
          when exists (
            select 1 from jsonb_path_query(p.rule, '$.then.stages[*].approvers[*] ? (@.is == "group").id') named (id)
            join effective_members m on m.group_id = lower(named.id #>> '{}')
            where m.member_id = ${personId}) then 'group'
        end as why
      from requests r left join request_approvals p on p.request_id = r.id
      where r.status in ('awaiting_approval', 'awaiting_signatures') and r.requester_id <> ${personId}
        and (r.status = 'awaiting_approval' or p.state = 'waiting')
    ) waits
    where why is not null and not exists (select 1 from (${waitingFor(personId)}) mine where mine.id = waits.id)`;
}
