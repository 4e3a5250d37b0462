import { and, desc, eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import { statusNames } from '#lib/domain/request.ts';
import type { Standing } from '#lib/notify/ports.ts';

/** How a request stands, as cards show it. Reads what the record has; it decides nothing. */
export async function standingOf(from: Reader, requestId: string): Promise<Standing | null> {
  const [request] = await from
    .select({ status: requests.status })
    .from(requests)
    .where(eq(requests.id, requestId));
  if (!request) return null;
  const { status } = request;
  const isOpen = status === 'awaiting_signatures' || status === 'awaiting_approval';
  return { status, isOpen, says: await says(from, requestId, status) };
}

async function says(from: Reader, requestId: string, status: Standing['status']): Promise<string> {
  const signed = await from
    .select({ name: signatures.approverName, approve: signatures.approve })
    .from(signatures)
    .where(and(eq(signatures.requestId, requestId), eq(signatures.state, 'recorded')))
    .orderBy(signatures.signedAt);
  const names = signed.filter(({ approve }) => approve).map(({ name }) => name);
  const by = names.length > 0 ? ` by ${names.join(' and ')}` : '';
  if (status === 'awaiting_signatures') {
    const [approval] = await from
      .select({ stage: requestApprovals.stage, rule: requestApprovals.rule })
      .from(requestApprovals)
      .where(eq(requestApprovals.requestId, requestId));
    const stages = approval?.rule.then.is === 'stages' ? approval.rule.then.stages.length : 1;
    const at = stages > 1 ? `, stage ${(approval?.stage ?? 0) + 1} of ${stages}` : '';
    return `Waiting for signatures${at}${by ? `; signed${by}` : ''}`;
  }
  if (status === 'approved') return `Approved${by}, to be started`;
  if (status !== 'denied') return statusNames[status];
  const no = signed.find(({ approve }) => !approve) ?? (await decidedNo(from, requestId));
  return no ? `Denied by ${no.name}` : statusNames.denied;
}

/** Who said no to it in PIM. */
export async function decidedNo(from: Reader, requestId: string): Promise<{ name: string } | undefined> {
  const [last] = await from
    .select({ name: decisions.approverName })
    .from(decisions)
    .where(and(eq(decisions.requestId, requestId), eq(decisions.approve, false)))
    .orderBy(desc(decisions.decidedAt))
    .limit(1);
  return last;
}
