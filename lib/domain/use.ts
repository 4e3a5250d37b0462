import type { RoleAtScope } from './assignment.ts';

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
