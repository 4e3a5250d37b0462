/** What the Operations page shows. */
import type { DifferenceEnd, DifferenceKind } from '#lib/domain/difference.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { NamedRole } from './rows.ts';

export interface DifferenceRow extends NamedRole {
  id: string;
  kind: DifferenceKind;
  principalName: string;
  /** null: about nothing that Stint has on record. */
  requestId: string | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  resolvedAt: Date | null;
  resolution: DifferenceEnd | null;
}

export interface QueueRow {
  name: string;
  queued: number;
  active: number;
  retry: number;
  failed: number;
  lastError: string | null;
  lastErrorAt: Date | null;
}

/** A job that failed for good. */
export interface DeadJobRow {
  id: string;
  /** The queue it came from. */
  name: string;
  /** What it carried, as lines of name and value. */
  facts: [name: string, value: string][];
  requestId: string | null;
  error: string | null;
  tries: number;
  diedAt: Date;
}

/** How well a plane of Azure is known. */
export interface PlaneReadings {
  plane: Plane;
  /** The last reading of everybody’s activations that finished; null: none has. */
  watch: {
    finishedAt: Date;
    places: number;
    held: number;
    recorded: number;
    gaps: { place: string; why: string }[];
    failure: string | null;
  } | null;
  /** The last one that was read and believed. */
  watchedAt: Date | null;
  /** People’s own readings. */
  mirror: { people: number; failing: number; oldestAt: Date | null; newestAt: Date | null };
}

export interface Operations {
  now: Date;
  queues: QueueRow[];
  dead: DeadJobRow[];
  /** There are more than are shown. */
  deadCount: number;
  workers: { name: string; beatAt: Date; silent: boolean }[];
  readings: PlaneReadings[];
  open: DifferenceRow[];
  settled: DifferenceRow[];
}

/** A request that waits for signatures nobody can give. */
export interface StalledRow extends NamedRole {
  requestId: string;
  requesterName: string;
  stage: string;
  since: Date;
  lapsesAt: Date;
  /** How many signatures are missing, and how many people were found who could give one. */
  missing: number;
  able: number;
}
