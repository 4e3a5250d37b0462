import type { ApprovalVerdict } from './approval-policy.ts';
import type { Callout, EvaluationOutcome } from './evaluation.ts';
import { floorMinutes, inWords, plusMinutes } from './time.ts';

/** An approval that Stint gave, as far as an activation can be held against it. */
export interface Receipt {
  requestId: string;
  /** to_start: it waits to be started. in_filing: Stint itself is asking Azure for it. */
  is: 'to_start' | 'in_filing';
  minutes: number;
  ticketNumber: string;
  /** What was approved is this scope, one above it, or neither. */
  scope: 'same' | 'above' | 'other';
  /** PIM was told to let pass what it was for. */
  isSpent: boolean;
  /** Not before; null: as soon as it is started. */
  startsAt: Date | null;
  useBy: Date | null;
  /** What was found wrong with it since: its ticket, or who signed; null: nothing. */
  fault: string | null;
}

export interface EvaluationFacts {
  callout: Callout;
  verdict: ApprovalVerdict;
  /** Approvals of that person for that role. */
  receipts: readonly Receipt[];
  isCritical: boolean;
  /** An administrator lets a rule that asks nobody speak for PIM's approver too. */
  autoApproves: boolean;
  now: Date;
}

export interface Judged {
  outcome: EvaluationOutcome;
  /** Short; shown to the person in Microsoft's portal. */
  reason: string;
  /** The request whose approval it rests on. */
  requestId: string | null;
}

/**
 * What Stint says to PIM about an activation: the policy in force decides; where it asks for signatures, only an approval
 * that fits the person, role, scope, length and ticket lets it pass. What is not known counts against it.
 */
export function judgeEvaluation(facts: EvaluationFacts): Judged {
  const { callout, verdict, receipts } = facts;
  if (callout.action === 'deactivate') return approved('Giving access back needs nobody.');
  if (callout.minutes === null) return denied('It has no end. Ask for a length.');
  if (verdict.is === 'frozen')
    return denied(`Frozen: ${verdict.freeze.name}, until ${verdict.freeze.until}.`);
  if (verdict.is === 'none') return approved('No rule asks for an approval.');
  if (verdict.is === 'automatic') {
    const skips = facts.autoApproves && !facts.isCritical;
    const reason = `Approved by the rule “${verdict.rule.name}”.`;
    return { outcome: skips ? 'auto_approved' : 'approved', reason, requestId: null };
  }
  const objections = receipts.map((receipt) => objectionTo(receipt, callout, facts.now));
  const fitting = receipts.find((_, index) => objections[index] === null);
  if (fitting) return { outcome: 'approved', reason: 'Approved in Stint.', requestId: fitting.requestId };
  const [objection] = objections;
  return denied(objection ?? `“${verdict.rule.name}” asks for an approval in Stint first.`);
}

/** Why an approval does not let this activation pass; null: it does. */
function objectionTo(receipt: Receipt, callout: Callout, now: Date): string | null {
  if (receipt.scope === 'other') return 'Your approval in Stint is for another scope.';
  if (receipt.minutes < (callout.minutes ?? Number.POSITIVE_INFINITY))
    return `Your approval in Stint is for ${inWords(receipt.minutes)} at most.`;
  if (plain(receipt.ticketNumber) !== plain(callout.ticketNumber))
    return receipt.ticketNumber
      ? `Your approval in Stint is for the ticket ${receipt.ticketNumber}.`
      : 'Your approval in Stint is for no ticket.';
  const begins = later(callout.startsAt, now);
  // PIM's clock may differ from ours, by less than its shortest activation.
  if (receipt.startsAt && plusMinutes(begins, floorMinutes) < receipt.startsAt)
    return `Your approval in Stint is for a start from ${receipt.startsAt.toISOString()} on.`;
  if (receipt.is === 'in_filing') return objectionInFiling(receipt, callout, begins, now);
  return lateness(receipt, begins, now) ?? receipt.fault;
}

/** Started in its time is what also begins in it, or when it was approved to begin. */
function lateness({ useBy, startsAt }: Receipt, begins: Date, now: Date): string | null {
  if (!useBy) return null;
  if (useBy <= now) return 'Your approval in Stint was not started in time.';
  const latest = later(startsAt && plusMinutes(startsAt, floorMinutes), useBy);
  return begins > latest ? `Your approval in Stint is for a start until ${latest.toISOString()}.` : null;
}

/** What Stint itself asks Azure for is asked with exactly what was approved, and once. */
function objectionInFiling(receipt: Receipt, callout: Callout, begins: Date, now: Date): string | null {
  if (receipt.isSpent) return 'Your approval in Stint is used.';
  const latest = plusMinutes(later(receipt.startsAt, now), floorMinutes);
  const isIt = receipt.scope === 'same' && receipt.minutes === callout.minutes && begins <= latest;
  return isIt ? null : 'Your approval in Stint is in use for what was asked for there.';
}

const later = (moment: Date | null, now: Date) => (moment && moment > now ? moment : now);
const plain = (ticket: string) => ticket.trim().toLowerCase();
const approved = (reason: string): Judged => ({ outcome: 'approved', reason, requestId: null });
const denied = (reason: string): Judged => ({ outcome: 'denied', reason, requestId: null });
