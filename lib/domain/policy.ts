import { Refusal, type RefusalCode } from './refusal.ts';
import { floorMinutes, inWords, minute } from './time.ts';

/** Somebody PIM lets decide; `through` names the group that makes them an approver. */
export interface Approver {
  id: string;
  name: string;
  through: string | null;
}

/** The activation side of a role's settings in PIM, as the Reader identity sees them. */
export interface PolicyFacts {
  maximumMinutes: number;
  justification: boolean;
  ticket: boolean;
  mfa: boolean;
  /** The authentication context asked for, such as `c1`; null when none. */
  authenticationContext: string | null;
  approval: boolean;
  /** People, groups expanded. Empty with approval on: PIM falls back to its administrators. */
  approvers: Approver[];
  /** Groups of approvers whose members the Reader may not see, by name; missing: none. */
  unreadGroups?: string[];
  /** A custom extension that PIM asks during activation; missing: none is seen. */
  extension?: { ours: boolean; enabled: boolean } | undefined;
}

/** What somebody asks for one role. */
export interface Ask {
  minutes: number;
  justification: string;
  ticketNumber: string;
  /** null: now. */
  startsAt: Date | null;
}

export interface Fault {
  code: RefusalCode;
  field: 'justification' | 'ticketNumber' | 'minutes' | 'startsAt' | null;
  detail?: string;
}

/** What the rules say before Azure is asked. Azure has the last word. */
export type Verdict =
  | { outcome: 'refused'; faults: Fault[] }
  | { outcome: 'needs_step_up'; context: string }
  | { outcome: 'needs_approval'; approvers: Approver[] }
  | { outcome: 'granted' };

/** A role whose policy is not known yet: a reason is asked for, PIM decides the rest. */
export const unknownPolicy: PolicyFacts = {
  maximumMinutes: 1440,
  justification: true,
  ticket: false,
  mfa: false,
  authenticationContext: null,
  approval: false,
  approvers: [],
};

export const longestJustification = 500;
export const longestTicket = 100;
const furthestStartDays = 30;

/** Judges an ask by PIM's rules, naming every rule it fails, not only the first. */
export function judge(ask: Ask, policy: PolicyFacts, now: Date, startGraceMinutes = 2): Verdict {
  const faults: Fault[] = [];
  if (policy.justification && !ask.justification) {
    faults.push({ code: 'justification_missing', field: 'justification' });
  }
  if (ask.justification.length > longestJustification) {
    faults.push({ code: 'justification_too_long', field: 'justification' });
  }
  if (policy.ticket && !ask.ticketNumber) faults.push({ code: 'ticket_missing', field: 'ticketNumber' });
  if (ask.ticketNumber.length > longestTicket) {
    faults.push({ code: 'ticket_too_long', field: 'ticketNumber' });
  }
  if (ask.minutes > policy.maximumMinutes) {
    const detail = `The policy allows at most ${inWords(policy.maximumMinutes)}; you asked for ${inWords(ask.minutes)}.`;
    faults.push({ code: 'too_long', field: 'minutes', detail });
  }
  if (ask.minutes < floorMinutes) faults.push({ code: 'too_short', field: 'minutes' });
  if (ask.startsAt) {
    const ahead = ask.startsAt.getTime() - now.getTime();
    if (ahead < -startGraceMinutes * minute) faults.push({ code: 'start_in_past', field: 'startsAt' });
    if (ahead > furthestStartDays * 1440 * minute) faults.push({ code: 'start_too_late', field: 'startsAt' });
  }
  if (faults.length > 0) return { outcome: 'refused', faults };
  if (policy.authenticationContext)
    return { outcome: 'needs_step_up', context: policy.authenticationContext };
  if (policy.approval) return { outcome: 'needs_approval', approvers: policy.approvers };
  return { outcome: 'granted' };
}

/** The first of the rules a verdict says were failed, to be answered with; null: it fails none. */
export function refusalIn(verdict: Verdict): Refusal | null {
  if (verdict.outcome !== 'refused') return null;
  const [fault] = verdict.faults;
  return fault ? new Refusal(fault.code, fault.detail, fault.field) : new Refusal('malformed');
}
