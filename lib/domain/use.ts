import type { RoleAtScope } from './assignment.ts';
import { hour } from './time.ts';

/** Where a use of an eligible assignment is known from. */
export const useSources = ['stint', 'azure_audit', 'archive'] as const;
export type UseSource = (typeof useSources)[number];

export const useSourceNames: Record<UseSource, string> = {
  stint: 'Stint’s own watch',
  azure_audit: 'The tenant’s audit log',
  archive: 'Imported archives',
};

export const useEventKinds = ['begun', 'ended'] as const;

/** An activation that began or ended, as the tenant's own audit log tells it, live or from an archive. Ids in lower case. */
export interface UseEvent extends RoleAtScope {
  what: (typeof useEventKinds)[number];
  principalId: string;
  at: Date;
  /** A beginning: until when it was granted, where the log tells it. */
  untilAt: Date | null;
}

/** How an eligible assignment was used, as far back as is known. */
export interface Use {
  count: number;
  lastAt: Date | null;
  /** Active against granted, of the activations whose both are known. */
  activeMinutes: number;
  grantedMinutes: number;
}

/** Which eligible assignments: idle ones were not activated for ninety days, the never activated among them. */
export const useFilters = ['never', 'idle'] as const;
export type UseFilter = (typeof useFilters)[number];

export const useFilterNames: Record<UseFilter, string> = {
  never: 'Never activated',
  idle: 'Not for 90 days',
};

/** A time that a source knows without a hole. */
export interface Covered {
  fromAt: Date;
  untilAt: Date;
}

/** Sources are read once an hour, so none reaches up to now; one that has not been for a day has stopped. */
const staleAfterHours = 24;

/**
 * Since when use is known without a hole until now, whatever the source; null when it is not known now. Only on
 * what lies after it may anybody say “never”.
 */
export function coveredSince(known: readonly Covered[], now: Date): Date | null {
  let since = now.getTime();
  // What still counts as reaching up to what is known already.
  let reached = since - staleAfterHours * hour;
  for (const { fromAt, untilAt } of known.toSorted((one, other) => +other.untilAt - +one.untilAt)) {
    if (fromAt >= now) continue;
    if (untilAt.getTime() < reached) break;
    since = Math.min(since, fromAt.getTime());
    // Only now may the last hours be missing; every hole before is one, however short.
    reached = since;
  }
  return since < now.getTime() ? new Date(since) : null;
}
