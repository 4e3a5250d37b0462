import { eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { isBeforeAzure } from '#lib/domain/request.ts';

/** Whose token the next act on a request needs, if any; null when there is no such request. It opens nothing. */
interface RequestStands {
  plane: Plane;
  /** Azure never heard of it: nothing of it needs a token. */
  isBeforeAzure: boolean;
  /** A decision of the viewer's is a signature of one of Stint's stages, not one that PIM waits for. */
  isSigned: boolean;
  /** PIM will ask the viewer for the same role. */
  isAskedByPim: boolean;
}

export async function requestStands(viewer: Actor, id: string): Promise<RequestStands | null> {
  const decides = sql<boolean>`exists (select from ${requestApprovers} a
    where a.request_id = ${requests.id} and a.approver_id = ${viewer.objectId})`;
  const [row] = await db()
    .select({
      ...{ plane: requests.plane, status: requests.status, policy: requests.policy, decides },
      rule: requestApprovals.rule,
    })
    .from(requests)
    .leftJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
    .where(eq(requests.id, id));
  if (!row) return null;
  const { plane, status, policy, decides: isApprover, rule } = row;
  const before = isBeforeAzure(status);
  return {
    ...{ plane, isBeforeAzure: before, isSigned: before || (rule?.then.is === 'stages' && !isApprover) },
    isAskedByPim:
      policy?.approval === true && policy.approvers.some((approver) => approver.id === viewer.objectId),
  };
}
