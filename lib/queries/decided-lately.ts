import { inArray, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import type { AskedBy, DecidedRow, PageAfter } from './approval-rows.ts';
import { type MomentPlace, pageOf, readPlace } from './moment-cursor.ts';

const pageSize = 25;

interface Found {
  id: string;
  request_id: string;
  asks: AskedBy;
  approver_id: string;
  approver_name: string;
  for_name: string | null;
  approve: boolean;
  justification: string;
  state: DecidedRow['state'];
  failure: string | null;
  at: string | Date;
}

/** What the viewer decided or signed, and what others did of what the viewer could: the newest first. */
export async function decidedLately(viewer: Actor, after: string | null): Promise<PageAfter<DecidedRow>> {
  const place = readPlace(after);
  const me = viewer.objectId;
  const parts = [
    newest(decisionsBy(sql`d.approver_id = ${me} and d.state <> 'intended'`), place),
    newest(
      decisionsBy(sql`d.approver_id <> ${me} and d.state = 'recorded' and exists (
        select 1 from request_approvers a where a.request_id = d.request_id and a.approver_id = ${me})`),
      place,
    ),
    newest(signaturesBy(sql`d.approver_id = ${me} and d.state <> 'intended'`), place),
    newest(
      signaturesBy(sql`d.approver_id <> ${me} and d.state = 'recorded' and exists (
        select 1 from stage_approvers a where a.request_id = d.request_id and a.approver_id = ${me})`),
      place,
    ),
  ];
  const result = await db().execute(sql`
    select * from (${sql.join(parts, sql` union all `)}) decided order by at desc, id desc limit ${pageSize + 1}`);
  const found = (result as unknown as { rows: Found[] }).rows;
  const { rows, more } = pageOf(found, pageSize, (row) => ({ at: new Date(row.at), id: row.id }));
  if (rows.length === 0) return { rows: [], more: null };
  const known = await db()
    .select()
    .from(requests)
    .where(
      inArray(
        requests.id,
        rows.map((row) => row.request_id),
      ),
    );
  const of = new Map(known.map((request) => [request.id, request]));
  return { rows: rows.flatMap((row) => decided(row, of.get(row.request_id), me)), more };
}

function newest(all: SQL, place: MomentPlace | null): SQL {
  const beyond = place
    ? sql`and (d.decided_at, d.id) < (${place.at}::timestamptz, ${place.id}::uuid)`
    : sql``;
  return sql`(${all} ${beyond} order by at desc, id desc limit ${pageSize + 1})`;
}

function decisionsBy(which: SQL): SQL {
  return sql`
    select d.id, d.request_id, 'pim' as asks, d.approver_id, d.approver_name, null::text as for_name, d.approve,
      d.justification, d.state, d.failure, d.decided_at as at
    from decisions d where ${which}`;
}

function signaturesBy(which: SQL): SQL {
  return sql`
    select d.id, d.request_id, 'stint' as asks, d.approver_id, d.approver_name, d.for_name, d.approve,
      d.justification, d.state, d.failure, d.decided_at as at
    from (select *, signed_at as decided_at from signatures) d where ${which}`;
}

function decided(row: Found, request: typeof requests.$inferSelect | undefined, me: string): DecidedRow[] {
  if (!request) return [];
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind, requesterName, status } = request;
  const { id, asks, approve, justification, state, failure } = row;
  return [
    {
      ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, key: roleKey(request) },
      ...{ id, asks, requestId: request.id, requesterName, status, approve, justification, state, failure },
      decidedAt: new Date(row.at),
      approverName: row.approver_name,
      forName: row.for_name,
      mine: row.approver_id === me,
    },
  ];
}
