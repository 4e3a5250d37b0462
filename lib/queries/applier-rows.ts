/** What the Applier's page shows. */
import type { ChangeOutcome, ChangeState, ChangeVerb, ChangeWay } from '#lib/domain/access-change.ts';
import type { RoleNames } from '#lib/domain/assignment.ts';
import type { HoldingKind } from '#lib/domain/inventory.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { Page } from './rows.ts';

/** Which changes are listed: each a few states. */
export const changeViews = ['all', 'held', 'open', 'by_hand', 'done', 'not_done'] as const;
export type ChangeView = (typeof changeViews)[number];

export interface ChangeRow extends RoleNames {
  id: string;
  /** The activation it ends, since that went past Stint's approval; null: it is of a review. */
  requestId: string | null;
  plane: Plane;
  kind: HoldingKind;
  verb: ChangeVerb;
  way: ChangeWay;
  /** The group that is left, by name; null for other ways. */
  groupName: string | null;
  principalName: string;
  state: ChangeState;
  outcome: ChangeOutcome | null;
  explanation: string | null;
  manualCommand: string | null;
  askedByName: string;
  /** Why it was asked for, where no review decided it. */
  because: string | null;
  askedAt: Date;
  approvedByName: string | null;
  confirmedAt: Date | null;
  /** From telling Azure to seeing it in the tenant. */
  tookSeconds: number | null;
  /** Until when what was made eligible is so. */
  eligibleUntil: Date | null;
  /** When what was made time-bound ends. */
  endsAt: Date | null;
  /** Of one to give back: what the policy would say today. null: not read yet. */
  policy: string | null;
  /** What the viewer may do about it. */
  can: { release: boolean; tryAgain: boolean; withdraw: boolean; undo: boolean };
  /** Held, and asked for by the viewer: another administrator has to let it go. */
  needsAnother: boolean;
}

export interface SwitchRow {
  plane: Plane;
  scopeId: string;
  switchedByName: string;
  switchedAt: Date;
}

export interface ApplierPage {
  now: Date;
  /** When its process last said that it is there; null: never. */
  beatAt: Date | null;
  isThere: boolean;
  switches: SwitchRow[];
  changes: Page<ChangeRow>;
}
