import type { ApprovalPolicy, Named, RuleTrail } from '#lib/domain/approval-policy.ts';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { DutyRotation } from '#lib/domain/duty-schedule.ts';
import type { HeldBy } from '#lib/domain/held-by.ts';
import type { Plane } from '#lib/domain/plane.ts';

/** The policy as it holds now; version 0: nobody saved one. */
export interface PolicyNow {
  version: number;
  policy: ApprovalPolicy;
  note: string;
  changedAt: Date | null;
  changedByName: string | null;
}

export interface PolicyVersionRow {
  version: number;
  note: string;
  changedAt: Date;
  changedByName: string;
  /** What it says otherwise than the one before. */
  changes: string[];
}

/** What a rule can name, and be searched for. */
export const knownKinds = ['person', 'group', 'anybody', 'role', 'scope', 'schedule'] as const;
export type KnownKind = (typeof knownKinds)[number];

export interface KnownThing extends Named {
  /** Tells those of one name apart: a user principal name, a path. */
  note: string;
  plane: Plane | null;
}

export type TrialRole = RoleAtScope & RoleNames;

/** What would happen, and why. */
export interface TrialAnswer {
  is: 'none' | 'automatic' | 'stages' | 'frozen';
  /** The rule or freeze that decides. */
  name: string | null;
  trail: RuleTrail[];
  stages: {
    name: string;
    signatures: number;
    approvers: { id: string; name: string; through: string | null; forName: string | null }[];
    leftOut: { id: string; name: string; why: string }[];
    /** Who may sign as well once it has waited; null: nobody more. */
    later: { afterMinutes: number; names: string[] } | null;
  }[];
  held: { by: HeldBy; sentence: string };
}

export interface LinkedAccountRow {
  ownerId: string;
  accounts: { id: string; name: string; upn: string | null; linkedAt: Date; linkedByName: string }[];
}

export interface DutyRow {
  person: Named;
  startsAt: Date;
  endsAt: Date;
  isOverride: boolean;
}

export interface ScheduleRow {
  id: string;
  name: string;
  rotation: DutyRotation;
  version: number;
  changedAt: Date;
  changedByName: string;
  now: DutyRow | null;
  /** The next two weeks. */
  ahead: DutyRow[];
  overrides: { id: string; person: Named; startsAt: Date; endsAt: Date; madeByName: string }[];
  /** Rules of the policy in force that name it. */
  namedBy: string[];
}
