import type { Tx } from '#db/client.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { nextDue } from '#lib/domain/approval-due.ts';
import type { ApprovalVerdict } from '#lib/domain/approval-policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { Told } from '#lib/operations/change.ts';
import { askApprovers } from './ask-approvers.ts';
import { holdApproval } from './hold-approval.ts';

interface Pin {
  verdict: ApprovalVerdict;
  policyVersion: number;
  now: Date;
}

/** A freeze as a no; null: none stands in the way. */
export function frozen(verdict: ApprovalVerdict): Refusal | null {
  if (verdict.is !== 'frozen') return null;
  const { name, until, except } = verdict.freeze;
  const exempt =
    except.length > 0 ? ` Members of ${except.map((one) => one.name).join(', ')} are exempt.` : '';
  const over = `${until.slice(0, 16).replace('T', ' ')} UTC`;
  return new Refusal('frozen', `Activations are frozen until ${over} (${name}).${exempt}`);
}

/**
 * Pins the rule that is about a new request to it, in the transaction that files it: with stages, whoever may sign the
 * first is asked; an automatic one is noted as the approval it is.
 */
export async function beginApproval(tx: Tx, requestId: string, pin: Pin): Promise<Told[]> {
  const { verdict, policyVersion, now } = pin;
  if (verdict.is !== 'stages' && verdict.is !== 'automatic') return [];
  const { rule } = verdict;
  const row = { requestId, policyVersion, rule, stageSince: now, checkedAt: now };
  const told = { ruleId: rule.id, rule: rule.name, policyVersion };
  const subject = { kind: 'request', id: requestId } as const;
  if (verdict.is === 'automatic') {
    const signed = { state: 'automatic', lapsesAt: now, approvedAt: now, usedAt: now } as const;
    await tx.insert(requestApprovals).values({ ...row, ...signed });
    return [{ action: 'request.approved_by_rule', subject, details: told }];
  }
  const { stages, lapseMinutes } = verdict.rule.then;
  const clocked = { state: 'waiting' as const, lapsesAt: plusMinutes(now, lapseMinutes) };
  const none = { remindedAt: null, escalatedAt: null, approvedAt: null, useBy: null, usedAt: null };
  const dueAt = nextDue({ ...row, ...clocked, ...none }, stages[0]);
  await tx.insert(requestApprovals).values({ ...row, ...clocked, dueAt });
  const held = await holdApproval(tx, requestId);
  if (!held) throw new Error('What was written a moment ago is not there.');
  const asked = await askApprovers(tx, held);
  const names = stages.map(({ name, signatures }) => ({ name, signatures }));
  return [{ action: 'request.awaiting_signatures', subject, details: { ...told, stages: names } }, ...asked];
}
