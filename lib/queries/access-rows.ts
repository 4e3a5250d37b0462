/** What one principal can reach, as its page shows it. */
import type { OutsideKind } from '#lib/domain/outside-role.ts';
import type { PrincipalKind, Responsibility } from '#lib/domain/principal.ts';
import type { Reach } from '#lib/domain/scope-reach.ts';
import type { AssignmentRow } from './inventory-rows.ts';

/** A group on the way to an assignment; `may_join`: only after an activation of its membership. */
export interface PathStep {
  groupId: string;
  groupName: string;
  how: 'member' | 'may_join';
}

/** An assignment within reach; `path` leads to its holder, and is empty for the principal's own. */
export interface AccessRow extends AssignmentRow {
  path: PathStep[];
  /** At a management group: what is below it; null elsewhere, and where that was not read. */
  reach: Reach | null;
  /** The nearest place above at which the same role is held in the same way, for as long. */
  alsoAt: string | null;
}

/** Privilege that no role assignment shows. */
export interface OutsideRow {
  id: string;
  kind: OutsideKind;
  what: string;
  targetName: string;
  endsAt: Date | null;
}

export interface EffectiveAccess {
  now: Date;
  id: string;
  name: string;
  kind: PrincipalKind;
  upn: string | null;
  /** null: not known. */
  enabled: boolean | null;
  lastSignInAt: Date | null;
  responsibles: { id: string; name: string; as: Responsibility }[];
  rows: AccessRow[];
  /** More than is shown. */
  more: boolean;
  outside: OutsideRow[];
  /** Since when use is known without a hole; null: not known now. */
  knownSince: Date | null;
}
