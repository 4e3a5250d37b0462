import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { signatures } from '#db/schema/approvals.ts';
import type { requests } from '#db/schema/requests.ts';
import type { LetterFacts, LetterKind } from '#lib/domain/letter.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import { decidedNo } from './standing-of.ts';
import { tell } from './tell.ts';

type RequestRecord = typeof requests.$inferSelect;

/** Tells those whom PIM names as approvers. Who signed it in Stint before hears of that in other words. */
export async function askPimApprovers(tx: Tx, request: RequestRecord, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const signed = await tx
    .select({ id: signatures.approverId })
    .from(signatures)
    .where(
      and(
        eq(signatures.requestId, request.id),
        eq(signatures.state, 'recorded'),
        inArray(signatures.approverId, [...ids]),
      ),
    );
  const others = ids.filter((id) => !signed.some((one) => one.id === id));
  const facts = { ...factsOf(request), text: request.justification };
  await tell(
    tx,
    others.map((to) => ({ kind: 'asked_to_sign' as const, to, requestId: request.id, of: 'pim', facts })),
  );
}

const outcomes: Partial<Record<RequestStatus, LetterKind>> = {
  ...{
    denied: 'denied',
    lapsed: 'lapsed',
    provisioning: 'approved',
    scheduled: 'approved',
    active: 'approved',
  },
};

/** Tells who asked what became of waiting for PIM's approval. */
export async function tellOfPim(tx: Tx, request: RequestRecord, to: RequestStatus): Promise<void> {
  const kind = request.status === 'awaiting_approval' ? outcomes[to] : undefined;
  if (!kind) return;
  const no = kind === 'denied' ? await decidedNo(tx, request.id) : undefined;
  const facts: LetterFacts = {
    ...factsOf(request),
    ...(no && { byName: no.name }),
    ...(kind === 'approved' && { isGranted: true }),
  };
  await tell(tx, [{ kind, to: request.requesterId, requestId: request.id, of: '', facts }]);
}

function factsOf({ roleName, scopeName, requesterName, minutes, ticketNumber }: RequestRecord): LetterFacts {
  return { roleName, scopeName, requesterName, minutes, ...(ticketNumber && { ticketNumber }) };
}
