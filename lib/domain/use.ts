import type { RoleAtScope } from './assignment.ts';
import { hour } from './time.ts';

/** Where a use of an eligible assignment is known from. */
export const useSources = ['stint', 'azure_audit', 'archive'] as const;
export type UseSource = (typeof useSources)[number];

/** An activation the tenant's own audit log tells of, live or from an archive. */
export interface ActivationLogged extends RoleAtScope {
  /** The log's own id of the event that says it began; the same event twice is one. */
  eventId: string;
  principalId: string;
  startedAt: Date;
  /** null: the log does not tell (yet). */
  endedAt: Date | null;
  /** What was granted, when the log tells it. */
  grantedMinutes: number | null;
}

/** How an eligible assignment was used, as far back as is known. */
export interface Use {
  count: number;
  lastAt: Date | null;
  /** Active against granted, of the activations whose both are known. */
  activeMinutes: number;
  grantedMinutes: number;
}

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
    if (untilAt.getTime() < reached) break;
    since = Math.min(since, fromAt.getTime());
    reached = Math.min(reached, since);
  }
  return since < now.getTime() ? new Date(since) : null;
}
