import type { Holding } from './findings/holding.ts';

/** Privileged Entra and Azure roles, accounts sealed for emergencies left out. */
export interface PrivilegeCount {
  /** Held without an end and without asking: by people, workloads, and groups that somebody stands in, or may: their members are not known. */
  standing: number;
  /** Eligible or with an end, or held by a group that one must join first. An activation is its eligibility in use, and not counted again. */
  onRequest: number;
}

/**
 * How near a tenant is to zero standing privilege, 0 to 100: of all privileged assignments the part that must be asked
 * for or ends, in whole per cent, rounded down, so that 100 means none stands. null: nothing is privileged.
 */
export function zeroStandingScore({ standing, onRequest }: PrivilegeCount): number | null {
  const all = standing + onRequest;
  return all === 0 ? null : Math.floor((onRequest * 100) / all);
}

/** What an assignment counts as; null: not privileged, sealed for emergencies, or an eligibility in use. */
export function weightOf(one: Holding): keyof PrivilegeCount | null {
  if (!one.privilege || one.isBreakGlass || one.plane === 'group' || one.kind === 'activated') return null;
  if (one.holderKind === 'group' && one.standingMembers === 0) return 'onRequest';
  return one.kind === 'standing' ? 'standing' : 'onRequest';
}
