import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { signatures } from '#db/schema/approvals.ts';
import { decisions, requestApprovers, type requests } from '#db/schema/requests.ts';
import type { LetterFacts, LetterKind } from '#lib/domain/letter.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import { minute } from '#lib/domain/time.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import type { Told } from '#lib/operations/change.ts';
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

/** PIM itself sends one mail and waits a day: whom it asks is reminded when so many hours are over. */
const remindAfterHours = [4, 20];

/** Reminds those whom PIM asks, each once for an hour of those above. */
export async function remindPim(tx: Tx, request: RequestRecord, now: Date): Promise<Told[]> {
  const waits = now.getTime() - (request.waitingSince ?? request.filedAt).getTime();
  const hours = remindAfterHours.findLast((after) => waits >= after * 60 * minute);
  if (!hours) return [];
  const who = await pimApprovers(tx, request);
  const facts = factsOf(request);
  const told = await tell(
    tx,
    who.map((to) => ({ kind: 'reminder' as const, to, requestId: request.id, of: `pim ${hours}`, facts })),
  );
  const subject = { kind: 'request', id: request.id } as const;
  return told > 0 ? [{ action: 'request.reminded', subject, details: { to: who, where: 'azure' } }] : [];
}

/** Whom PIM asks about a request, but for the accounts of who asked, and none once somebody decides it. */
export async function pimApprovers(tx: Tx, request: RequestRecord): Promise<string[]> {
  const { id, requesterId, filedAt } = request;
  const decided = and(eq(decisions.requestId, id), inArray(decisions.state, ['intended', 'recorded']));
  if ((await tx.$count(decisions, decided)) > 0) return [];
  const own = await accountsOf(tx, requesterId, filedAt);
  const named = await tx
    .select({ to: requestApprovers.approverId })
    .from(requestApprovers)
    .where(eq(requestApprovers.requestId, id))
    .orderBy(requestApprovers.approverId);
  return named.flatMap(({ to }) => (own.includes(to) ? [] : to));
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
