import { asc, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { OwnApproval } from './rows.ts';
import { stageAt } from './stage-at.ts';

/** How far Stint’s own stages are, of the requests among these that Azure was not asked for yet. */
export async function ownApprovals(
  rows: readonly { id: string; status: RequestStatus }[],
): Promise<(id: string) => OwnApproval | null> {
  const ids = rows
    .filter(({ status }) => status === 'awaiting_signatures' || status === 'approved')
    .map(({ id }) => id);
  if (ids.length === 0) return () => null;
  const found = await db()
    .select({ approval: requestApprovals, by: signatures.approverName, state: signatures.state })
    .from(requestApprovals)
    .leftJoin(signatures, eq(signatures.requestId, requestApprovals.requestId))
    .where(inArray(requestApprovals.requestId, ids))
    .orderBy(asc(signatures.signedAt));
  const of = new Map<string, OwnApproval>();
  for (const { approval, by, state } of found) {
    const { lapsesAt, useBy } = approval;
    const known = of.get(approval.requestId) ?? { stage: stageAt(approval), lapsesAt, useBy, signed: [] };
    const signed = by && state === 'recorded' ? [...known.signed, by] : known.signed;
    of.set(approval.requestId, { ...known, signed });
  }
  return (id) => of.get(id) ?? null;
}
