/** What the screens of posture show. */
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { HoldingKind, Totals } from '#lib/domain/inventory.ts';
import type { PrincipalKind } from '#lib/domain/principal.ts';
import type { Danger } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { Comparison } from '#lib/domain/role-size.ts';
import type { Covered, Use, UseFilter, UseSource } from '#lib/domain/use.ts';

/** One assignment of the tenant. */
export interface AssignmentRow extends RoleAtScope, RoleNames {
  id: string;
  kind: HoldingKind;
  principalId: string;
  principalName: string;
  principalKind: PrincipalKind;
  upn: string | null;
  /** null: not known. */
  enabled: boolean | null;
  isConditional: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
  firstSeenAt: Date;
  dangers: Danger[];
  critical: boolean;
  /** How an eligible one was used, as far as that is known; null for what is in force. */
  use: Pick<Use, 'count' | 'lastAt'> | null;
}

/** What use of eligible roles is known from. */
export interface UseKnown {
  now: Date;
  /** Without a hole until now, from all sources together; null: not known now. */
  since: Date | null;
  /** Entries of the tenant's log that tell of an activation and could not be understood, when it was last read. */
  unclear: number;
  /** Activations its events tell of; null for Stint's own, which are its requests. */
  sources: { source: UseSource; activations: number | null; covered: Covered[] }[];
}

/** A reading of the tenant, as far as it is. */
export interface ReadingRow {
  startedAt: Date;
  finishedAt: Date | null;
  partsDone: number;
  parts: number;
  rows: number;
  /** What could not be read, and why. */
  gaps: { what: string; place: string; why: string }[];
  /** Roles below subscriptions whose settings were never read so far. */
  policiesUnread: number;
  appeared: number;
  gone: number;
}

/** A look at what has changed since a reading of everything. */
export interface LookRow {
  finishedAt: Date | null;
  /** Lists that were read again because something said they changed, and pages read in all. */
  told: number;
  pages: number;
}

export interface Posture {
  now: Date;
  /** The last of everything that came to its end; null before the first. */
  last: ReadingRow | null;
  /** The last look at changes since then. */
  looked: LookRow | null;
  /** The one under way. */
  current: ReadingRow | null;
  totals: Totals[];
}

/** Which assignments; absent: all. */
export interface InventoryFilter {
  plane?: RoleAtScope['plane'];
  kind?: HoldingKind;
  principalKind?: PrincipalKind;
  principal?: string;
  role?: string;
  /** Azure roles given here or above: a scope, or the name or id of a subscription or management group. */
  at?: string;
  use?: UseFilter;
}

/** A role of the tenant in a list. */
export interface RoleRow {
  plane: RoleAtScope['plane'];
  id: string;
  name: string;
  isBuiltIn: boolean;
  isPrivileged: boolean;
  dangers: Danger[];
  /** `sizeOf`: only for ordering. */
  size: number;
  /** How many hold it now, by kind. */
  held: Partial<Record<HoldingKind, number>>;
}

/** One role: what it really allows, and beside another what differs. */
export interface RoleStory extends RoleRow {
  description: string;
  definition: RoleDefinition;
  other: { name: string; comparison: Comparison } | null;
  /** Roles of the plane to compare with. */
  choices: { id: string; name: string }[];
}
