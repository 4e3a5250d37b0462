import { and, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requestApprovals, stageApprovers } from '#db/schema/approvals.ts';
import { childScopes } from '#db/schema/child-scopes.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { isRefusedBelow } from '#lib/domain/narrower.ts';
import { maySign } from '#lib/domain/permission.ts';

const mostPlaces = 200;

/** A place below what was asked, with the names on the way to it. */
export interface PlaceToOffer {
  id: string;
  path: string;
}

/**
 * Places below a request’s own that an approver may offer instead: those that Azure told its requester of. null for who
 * may not sign it.
 */
export async function placesToOffer(viewer: Actor, requestId: string): Promise<PlaceToOffer[] | null> {
  const rows = await db()
    .select({ request: requests, approverId: stageApprovers.approverId })
    .from(requests)
    .innerJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
    .innerJoin(
      stageApprovers,
      and(eq(stageApprovers.requestId, requests.id), eq(stageApprovers.stage, requestApprovals.stage)),
    )
    .where(eq(requests.id, requestId));
  const request = rows[0]?.request;
  if (!request || !maySign(viewer, { ...request, approverIds: rows.map(({ approverId }) => approverId) }))
    return null;
  if (request.plane !== 'azure') return [];
  const result = await db().execute(sql`
    with recursive below as (
      select c.id, c.name as path, 1 as depth from ${childScopes} c
      where c.principal_id = ${request.requesterId} and c.parent_id = lower(${request.scopeId})
      union all
      select c.id, below.path || ' › ' || c.name, below.depth + 1
      from below join ${childScopes} c on c.parent_id = lower(below.id) and c.principal_id = ${request.requesterId}
      where below.depth < 4)
    select distinct on (lower(path), lower(id)) id, path from below
    order by lower(path), lower(id) limit ${mostPlaces}`);
  const eligibleAt = request.eligibleScopeId ?? request.scopeId;
  return (result as unknown as { rows: PlaceToOffer[] }).rows.filter(
    ({ id }) => !isRefusedBelow(eligibleAt, id),
  );
}
