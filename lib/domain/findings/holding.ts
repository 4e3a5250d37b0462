import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { HoldingKind } from '#lib/domain/inventory.ts';
import type { PrincipalKind } from '#lib/domain/principal.ts';
import type { Reach } from '#lib/domain/scope-reach.ts';
import type { Privilege } from './privilege.ts';

/** An assignment with all that the rules judge it by. */
export interface Holding extends RoleAtScope, RoleNames {
  id: string;
  kind: HoldingKind;
  /** Since when it is held: Azure's start, else when Stint first saw it. */
  since: Date;
  endsAt: Date | null;
  isConditional: boolean;
  holderId: string;
  holderName: string;
  holderKind: PrincipalKind;
  /** Of a group: whether it may hold Entra roles, and how many are in it without asking; null: not known. */
  isRoleAssignable: boolean;
  standingMembers: number | null;
  isBreakGlass: boolean;
  /** Activations that are known, of the holder or, of a group, of its members. */
  uses: number;
  lastUsedAt: Date | null;
  /** At a management group: what is below it; null elsewhere, and where that was not read. */
  reach: Reach | null;
  /** null: nothing dangerous, or not known. */
  privilege: Privilege | null;
}

/** What the rules know of the moment. */
export interface Facts {
  now: Date;
  /** Since when use is known without a hole; null: not known. */
  useKnownSince: Date | null;
}

export const workloadKinds: readonly PrincipalKind[] = ['service_principal', 'managed_identity', 'agent'];
