import { eq } from 'drizzle-orm';
import { db, type Tx, transaction } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { signatures } from '#db/schema/approvals.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { accountsOfEach } from '#lib/operations/approval-policy/accounts-of.ts';
import { excludedGroups } from '#lib/operations/approval-policy/excluded-by.ts';
import { isStillIn } from '#lib/operations/approval-policy/is-still-in.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { approverNow } from './approver-now.ts';
import { closeApproval } from './close-approval.ts';
import { type HeldApproval, holdApproval, type SignatureRecord } from './hold-approval.ts';
import { isOver, lapse } from './lapse.ts';
import { discardSignature, recordSignature } from './record-signature.ts';
import { type Looking, requesterGone } from './requester-gone.ts';

/** What the look at a signature brought. */
type Found = { is: 'counts' } | { is: 'refused'; why: string } | { is: 'gone'; why: string };

/**
 * Looks, as the Reader, whether a signature may count: the account is there and enabled, still in the set it signed for
 * and, like the person’s others, in no group that is excluded; and who asked is still there to be given it. What Azure
 * does not tell counts for nobody.
 * @throws AzureFault that may be tried again.
 */
export async function countersign(ctx: Context, signatureId: string, ports: Looking): Promise<void> {
  const [signature] = await db().select().from(signatures).where(eq(signatures.id, signatureId));
  if (signature?.state !== 'intended') return;
  const seen = await transaction(async (tx) => {
    const held = await holdApproval(tx, signature.requestId, signature.approverId);
    return held && load(tx, held, signature.approverId);
  });
  if (seen?.held.standing.state !== 'waiting') return;
  const found = await lookAt(signature, seen, ports);
  failPoint('countersign:after-act');
  await change(
    ctx,
    async (tx) => {
      const held = await holdApproval(tx, signature.requestId);
      if (!held) throw new Error(`Request ${signature.requestId} had stages a moment ago.`);
      return held;
    },
    async (tx, held) => {
      const now = held.signatures.find(({ id }) => id === signatureId);
      if (now?.state !== 'intended' || held.standing.state !== 'waiting') return { value: null, entries: [] };
      // Whoever is first after its time, the round or this: it lapses.
      if (await isOver(tx, held)) return { value: null, entries: await lapse(tx, held) };
      if (found.is === 'counts') return { value: null, entries: await recordSignature(tx, held, now) };
      if (found.is === 'gone')
        return { value: null, entries: await closeApproval(tx, held, 'close', found.why) };
      return { value: null, entries: await discardSignature(tx, held, now, found.why) };
    },
  );
  failPoint('countersign:after-record');
}

/** By what somebody signs now, and which accounts must be in which groups not. */
async function load(tx: Tx, held: HeldApproval, approverId: string) {
  const now = await approverNow(tx, held, approverId);
  // Who stands in for somebody, or had it handed over, signs by what that one is.
  const member = now?.handedById ?? now?.approver.forId ?? approverId;
  const accountsOf = await accountsOfEach(tx, [approverId, member], held.request.filedAt);
  return { held, now, member, accountsOf, excluded: await excludedGroups(tx, held.stage) };
}

async function lookAt(
  signature: SignatureRecord,
  { held, now, member, accountsOf, excluded }: Awaited<ReturnType<typeof load>>,
  ports: Looking,
): Promise<Found> {
  const { approverId, approve } = signature;
  const isOfThisStage = signature.stage === held.standing.stage;
  if (!now || !isOfThisStage || held.personOf(approverId) === held.pinned.requesterId)
    return { is: 'refused', why: 'You were not among those who may sign this when it was looked at.' };
  try {
    const known = await ports.reader.people([...new Set([approverId, member])]);
    const isThere = (id: string) => known.some((one) => one.id === id && one.enabled);
    if (!isThere(approverId))
      return { is: 'refused', why: 'This account is disabled, or not there any more.' };
    if (!isThere(member))
      return { is: 'refused', why: 'The account of whom you sign for is disabled, or not there any more.' };
    if (!(await isStillIn(now.approver.set, member, held.request, ports)))
      return {
        is: 'refused',
        why: `${member === approverId ? 'You are' : 'Whom you sign for is'} not in ${now.approver.through ?? 'those named'} any more, says Azure.`,
      };
    for (const signer of new Set([approverId, member])) {
      const name = await excludingGroup(excluded, accountsOf(signer), ports);
      const whose = signer === approverId ? 'You are' : 'Whom you sign for is';
      if (name) return { is: 'refused', why: `${whose} in ${name}, which is excluded, says Azure.` };
    }
    const why = approve ? await requesterGone(held.request, ports) : null;
    return why ? { is: 'gone', why } : { is: 'counts' };
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    const why = `Azure did not tell whether you may sign this (${error.code || error.kind}), so it does not count. Sign again, or tell your administrator.`;
    return { is: 'refused', why };
  }
}

/** Which of these groups has one of somebody’s accounts in it now, by name; null: none. @throws AzureFault */
async function excludingGroup(
  groups: readonly { id: string; name: string }[],
  accounts: readonly string[],
  { proof }: Looking,
): Promise<string | null> {
  for (const { id, name } of groups)
    for (const account of accounts) if (await proof.isWithin(id, account)) return name;
  return null;
}
