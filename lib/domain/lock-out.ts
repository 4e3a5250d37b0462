import type { ChangeOutcome, ChangeVerb } from './access-change.ts';
import type { HoldingKind } from './inventory.ts';

/** Entra’s Global Administrator; Azure’s Owner, User Access Administrator, Role Based Access Control Administrator. Ids as Microsoft publishes them. */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
export const azureAdministrators: readonly string[] = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
];

/** How many sealed accounts, and how many Global Administrators, must be left. */
const fewestBreakGlass = 2;
const fewestGlobal = 2;

/** A person who holds something, by which assignment, and through which groups (outermost first; none: their own). */
export interface Holder {
  id: string;
  enabled: boolean;
  /** Shown by the last reading, and by no way that is soon over: nobody else is counted on to be left. */
  isSure: boolean;
  kind: HoldingKind;
  assignmentId: string;
  groupIds: readonly string[];
  /** Who decides on becoming one, where the role asks for an approval; none named: its administrators. null: nobody. */
  approvers: readonly LiveApprover[] | null;
}

/** Somebody PIM lets decide, and through which groups; none: named themselves. */
export interface LiveApprover {
  id: string;
  enabled: boolean;
  groupIds: readonly string[];
}

/** A change, and all that could be lost by it. Who holds what is as it was before. */
export interface LockOutFacts {
  verb: ChangeVerb;
  principalId: string;
  /** The assignment that goes; null: only a membership does. */
  assignmentId: string | null;
  /** The group that is left. */
  leavesGroupId: string | null;
  /** Object ids of the accounts sealed for emergencies. */
  breakGlassIds: readonly string[];
  /** The principal is one of Stint’s own registrations. */
  isStints: boolean;
  globalAdministrators: readonly Holder[];
  /** Subscriptions the change could leave alone, each with who administers it, there or above. */
  subscriptions: readonly { name: string; administrators: readonly Holder[] }[];
  /** Roles that ask for an approval, where an approver is concerned. */
  approvals: readonly { role: string; approvers: readonly LiveApprover[] }[];
}

export interface LockOut {
  outcome: Extract<ChangeOutcome, 'not_allowed' | 'break_glass' | 'last_administrator' | 'no_live_approver'>;
  why: string;
}

/**
 * Whether a change would lock people out; null: it would not. What is short already is no reason to refuse a change that
 * takes nothing more of it. Silence, recommendations and administrators do not override it.
 */
export function lockOutBy(facts: LockOutFacts): LockOut | null {
  if (facts.isStints) {
    return {
      outcome: 'not_allowed',
      why: 'This is Stint’s own access. Stint never changes it; do it by hand.',
    };
  }
  if (facts.verb === 'restore') return null;
  if (facts.breakGlassIds.includes(facts.principalId)) {
    return {
      outcome: 'break_glass',
      why: 'This account is sealed for emergencies: nothing of it is taken away.',
    };
  }
  return breakGlassLost(facts) ?? globalLost(facts) ?? subscriptionLost(facts) ?? approverLost(facts);
}

function breakGlassLost(facts: LockOutFacts): LockOut | null {
  const standing = facts.globalAdministrators.filter(({ kind }) => kind === 'standing');
  if (!standing.some((holder) => loses(holder, facts))) return null;
  const sealed = left(standing, facts).filter(
    ({ id, kind }) => kind === 'standing' && facts.breakGlassIds.includes(id),
  );
  const after = people(sealed, facts);
  if (after >= fewestBreakGlass) return null;
  const why = `It would leave ${after} enabled accounts for emergencies with standing Global Administrator; ${fewestBreakGlass} are needed.`;
  return { outcome: 'break_glass', why };
}

function globalLost(facts: LockOutFacts): LockOut | null {
  const before = people(counted(facts.globalAdministrators, facts));
  const after = people(left(facts.globalAdministrators, facts), facts);
  if (after >= before || after >= fewestGlobal) return null;
  const why = `It would leave ${after} people who are or can become Global Administrator; ${fewestGlobal} are needed.`;
  return { outcome: 'last_administrator', why };
}

function subscriptionLost(facts: LockOutFacts): LockOut | null {
  const alone = facts.subscriptions.find(
    ({ administrators }) =>
      people(counted(administrators, facts)) > 0 && people(left(administrators, facts), facts) === 0,
  );
  if (!alone) return null;
  const why = `Nobody else is known to be, or to be able to become, an administrator of access to ${alone.name}.`;
  return { outcome: 'last_administrator', why };
}

function approverLost(facts: LockOutFacts): LockOut | null {
  const stuck = facts.approvals.find(({ approvers }) => {
    const live = approvers.filter(({ enabled }) => enabled);
    return live.length > 0 && live.every((one) => leaves(one, facts));
  });
  if (!stuck) return null;
  const why = `Nobody else could approve ${stuck.role}, which asks for an approval. Name another approver first.`;
  return { outcome: 'no_live_approver', why };
}

/** Those a change is judged by: who is sure, and who it is about. */
function counted(holders: readonly Holder[], facts: LockOutFacts): Holder[] {
  return holders.filter((holder) => holder.isSure || loses(holder, facts));
}

/** What is left of those who are sure: of what becomes eligible the holder keeps the way back, of what gets an end the time until then. */
function left(holders: readonly Holder[], facts: LockOutFacts): Holder[] {
  return holders.flatMap((holder) => {
    if (!loses(holder, facts)) return holder.isSure ? [holder] : [];
    if (facts.verb === 'make_eligible') return [{ ...holder, kind: 'eligible' as const }];
    return facts.verb === 'make_time_bound' ? [{ ...holder, kind: 'time_bound' as const }] : [];
  });
}

function loses(holder: Holder, facts: LockOutFacts): boolean {
  const isIt = facts.assignmentId !== null && holder.assignmentId === facts.assignmentId;
  return isIt || leaves(holder, facts);
}

function leaves({ groupIds, id }: Pick<Holder, 'groupIds' | 'id'>, facts: LockOutFacts): boolean {
  if (facts.leavesGroupId === null || !groupIds.includes(facts.leavesGroupId)) return false;
  return id === facts.principalId || groupIds.includes(facts.principalId);
}

/**
 * Distinct people who can use it, once the change (`facts`) is made; an activation is over by itself, a disabled account
 * uses nothing, and who is eligible needs somebody else to approve where the role asks for that.
 */
function people(holders: readonly Holder[], facts: LockOutFacts | null = null): number {
  const usable = ({ approvers, enabled, id, kind }: Holder) => {
    if (!enabled || kind === 'activated') return false;
    if (kind !== 'eligible' || approvers === null) return true;
    if (approvers.length === 0) {
      return holders.some(
        (one) => one.id !== id && one.enabled && ['standing', 'time_bound'].includes(one.kind),
      );
    }
    return approvers.some((one) => one.id !== id && one.enabled && !(facts && leaves(one, facts)));
  };
  return new Set(holders.filter(usable).map(({ id }) => id)).size;
}
