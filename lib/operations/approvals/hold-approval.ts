import { asc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import type { RuleOutcome, Stage } from '#lib/domain/approval-policy.ts';
import type { Pinned, Standing } from '#lib/domain/stages.ts';
import { termsOf } from '#lib/domain/terms-of.ts';
import { accountsOfEach } from '#lib/operations/approval-policy/accounts-of.ts';
import { mustLoad, type RequestRecord } from '#lib/operations/requests/move.ts';

export type SignatureRecord = typeof signatures.$inferSelect;

/** What Stint's own policy asks of one request, as it stands, and nobody else moves it until this transaction is over. */
export interface HeldApproval {
  request: RequestRecord;
  approval: typeof requestApprovals.$inferSelect;
  rule: Extract<RuleOutcome, { is: 'stages' }>;
  /** The stage that waits, or waited last. */
  stage: Stage;
  signatures: SignatureRecord[];
  pinned: Pinned;
  standing: Standing;
  /** The person behind an account: of the requester, of everybody who signed or was signed for, and of `also`, by any account. */
  personOf(accountId: string): string;
}

/** Locks the approval of a request first, and reads everything of it after that; null: it has no stages. */
export async function holdApproval(
  tx: Tx,
  requestId: string,
  also: string | null = null,
): Promise<HeldApproval | null> {
  const [approval] = await tx
    .select()
    .from(requestApprovals)
    .where(eq(requestApprovals.requestId, requestId))
    .for('update');
  const rule = approval?.rule.then;
  if (!approval || rule?.is !== 'stages') return null;
  const stage = rule.stages[approval.stage];
  if (!stage) throw new Error(`Request ${requestId} waits in a stage that its rule does not have.`);
  const request = await mustLoad(tx, requestId);
  const signed = await tx
    .select()
    .from(signatures)
    .where(eq(signatures.requestId, requestId))
    .orderBy(asc(signatures.signedAt), asc(signatures.id));
  const places = signed.flatMap(({ approverId, forId }) => [approverId, ...(forId ? [forId] : [])]);
  const accounts = [request.requesterId, ...places, ...(also ? [also] : [])];
  const accountsOf = await accountsOfEach(tx, [...new Set(accounts)], request.filedAt);
  const owners = new Map<string, string>();
  for (const account of accounts)
    if (!owners.has(account)) for (const id of accountsOf(account)) owners.set(id, account);
  const personOf = (id: string) => owners.get(id) ?? id;
  const { state, escalatedAt, usedAt } = approval;
  return {
    ...{ request, approval, rule, stage, signatures: signed, personOf },
    pinned: { stages: rule.stages, requesterId: personOf(request.requesterId) },
    standing: {
      ...{ state, stage: approval.stage, isEscalated: escalatedAt !== null, isUsed: usedAt !== null },
      terms: termsOf(request),
      signatures: signed.map((one) => ({
        ...one,
        personId: personOf(one.approverId),
        name: one.approverName,
      })),
    },
  };
}
