import type { Found } from '#lib/domain/finding.ts';
import type { Facts } from '#lib/domain/findings/holding.ts';
import type { Reach } from '#lib/domain/scope-reach.ts';
import type { RolePrivileges } from './role-privileges.ts';
import type { StandingMembers } from './standing-members.ts';

/** What every search for findings is given. */
export interface Sight extends Facts {
  privileges: RolePrivileges;
  standingMembers: StandingMembers;
  /** What a management group holds; null for other scopes, and where that was not read. */
  reach: (scopeId: string) => Reach | null;
  /** Client ids of Stint's own registrations. */
  own: readonly string[];
}

/** Findings, a page of what was looked at after the other: the tenant is never in memory as a whole. */
export type Search = AsyncGenerator<Found[]>;
