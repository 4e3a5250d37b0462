import type { RoleAtScope } from './assignment.ts';
import type { Plane } from './plane.ts';

/** Stint's own approval policy: data that administrators write, versioned, and pinned to each request it judged. */

/** Somebody or something as a rule names it: the id counts, the name is for the eye. */
export interface Named {
  id: string;
  name: string;
}

/** Who may sign. What is not a person is looked up again whenever somebody signs, by immutable ids. */
export type ApproverSet =
  | ({ is: 'person' } & Named)
  | ({ is: 'group' } & Named)
  /** The requester's manager in Entra. */
  | { is: 'manager' }
  /** A group's owners; of an Azure scope who holds Owner there, or next above it. */
  | { is: 'owner' }
  /** Who is on call by a schedule of Stint's, when it is signed. */
  | ({ is: 'on_call' } & Named);

/** One decision of a set of approvers. */
export interface Stage {
  name: string;
  /** Anybody of any of these. */
  approvers: ApproverSet[];
  /** How many different people must sign. Nobody counts in two stages. */
  signatures: number;
  /** People and groups that never sign it, whatever set they are in. */
  excluded: Named[];
  /** null: nobody is reminded. */
  remindAfterMinutes: number | null;
  /** Who may sign as well, once it has waited so long. */
  escalation: { afterMinutes: number; approvers: ApproverSet[] } | null;
}

/** Hours of the week on the wall of a zone; `until` before `from` is past midnight. */
export interface WeekHours {
  /** An IANA name. */
  zone: string;
  /** 1 is Monday, 7 Sunday: the day on which the hours begin. */
  days: number[];
  from: string;
  until: string;
}

/** What an ask has to be for a rule to be about it: all that is given. An empty list, null or false asks nothing. */
export interface Conditions {
  planes: Plane[];
  roles: (Named & { plane: Plane })[];
  /** There or below. What is asked for above, and so reaches in, is in doubt: it has these stages and freezes, too. */
  scopes: Named[];
  critical: boolean;
  /** The requester is in one of these groups, directly or not. */
  groups: Named[];
  guests: boolean;
  longerThanMinutes: number | null;
  atMostMinutes: number | null;
  /** When it would begin. */
  hours: WeekHours | null;
  /** The requester is on call by one of these schedules when it would begin. */
  onCall: Named[];
  /** Its ticket is an approved change, and the whole activation lies in the window it is planned for. */
  inChangeWindow: boolean;
}

export type RuleOutcome =
  | {
      is: 'stages';
      stages: Stage[];
      /** Unsigned for so long, it lapses. */
      lapseMinutes: number;
      /** The approval is a receipt: started within this, or it lapses too. */
      useByMinutes: number;
      /** May be signed together with others, for one reason. */
      bulk: boolean;
    }
  /** Nobody is asked; the same record is left. */
  | { is: 'automatic' };

/** The first rule that is about an ask decides it. */
export interface ApprovalRule {
  /** Stays the same over versions. */
  id: string;
  name: string;
  when: Conditions;
  then: RuleOutcome;
}

/** While it lasts, nobody activates what it is about, except members of `except`. */
export interface Freeze {
  id: string;
  name: string;
  from: string;
  until: string;
  when: Conditions;
  except: Named[];
}

export interface ApprovalPolicy {
  rules: ApprovalRule[];
  freezes: Freeze[];
  /** Access that was activated past the stages of a rule, in another client: told in any case; ended by the Applier? */
  endsBypassed: boolean;
}

export const noApprovalPolicy: ApprovalPolicy = { rules: [], freezes: [], endsBypassed: false };

/** The rules and freezes of a policy that name something, by its id. */
export function namersOf({ rules, freezes }: ApprovalPolicy, id: string): string[] {
  return [...rules, ...freezes].flatMap((one) => (JSON.stringify(one).includes(`"${id}"`) ? one.name : []));
}

/** An ask, as far as rules look at it. null: it is not known, which is never to the requester's advantage. */
export interface AskFacts {
  role: RoleAtScope;
  /** The scope and what is known to be above it, lower case. */
  scopeChain: string[];
  /** Nothing can be above it that is not in the chain. */
  isChainWhole: boolean;
  /** Scopes that rules name, lower case, which lie below this one, or may. */
  scopesWithin: string[];
  isCritical: boolean;
  requester: {
    id: string;
    groupIds: string[] | null;
    isGuest: boolean | null;
    /** Groups that a rule names, and of which nobody has read yet who is in them. */
    unreadGroupIds?: string[];
  };
  minutes: number;
  /** null: now. */
  startsAt: Date | null;
  now: Date;
  /** Schedules by which the requester is on call when it would begin. */
  onCallOf: string[] | null;
  isInChangeWindow: boolean | null;
}

export type ApprovalVerdict =
  | { is: 'none' }
  | { is: 'automatic'; rule: ApprovalRule }
  | { is: 'stages'; rule: ApprovalRule & { then: { is: 'stages' } } }
  | { is: 'frozen'; freeze: Freeze };

/** Why a rule is about an ask, or not: one line a condition. */
export interface RuleTrail {
  id: string;
  name: string;
  matches: boolean;
  lines: { condition: string; holds: boolean | null; why: string }[];
}
