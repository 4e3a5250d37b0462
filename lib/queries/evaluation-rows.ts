/** What Stint answered PIM, as pages show it. */
import type { ChangeState } from '#lib/domain/access-change.ts';
import type { EvaluationOutcome, EvaluationStage } from '#lib/domain/evaluation.ts';
import type { Plane } from '#lib/domain/plane.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { Saved } from './settings-rows.ts';

export interface EvaluationRow {
  id: string;
  at: Date;
  stage: EvaluationStage;
  outcome: EvaluationOutcome;
  reasons: string[];
  principalName: string;
  /** null: what PIM posted was not understood. */
  plane: Plane | null;
  roleName: string;
  scopeName: string;
  minutes: number | null;
  ticketNumber: string;
  requestId: string | null;
  deliveries: number;
}

/** All optional; empty means everything. */
export interface EvaluationFilter {
  person?: string;
  role?: string;
  plane?: Plane;
  outcome?: EvaluationOutcome;
  stage?: EvaluationStage;
}

/** An activation that went past Stint's own approval. */
export interface BypassRow {
  id: string;
  requesterName: string;
  roleName: string;
  scopeName: string;
  bypassedAt: Date;
  status: RequestStatus;
  /** How far the Applier is with ending it; null: it was not asked to, or that was called off. */
  ending: BypassEnding | null;
}

export interface BypassEnding {
  state: ChangeState;
  wasGone: boolean;
  /** What stands in the way. */
  explanation: string | null;
  /** When the Reader first saw it gone from Azure, and how long after Azure was told; null: it did not yet. */
  goneAt: Date | null;
  tookSeconds: number | null;
}

/** How PIM's extension stands on one plane. */
export interface ExtensionPlane {
  plane: Plane;
  /** Roles whose settings were read. */
  known: number;
  /** Of them: PIM asks Stint; Stint is named but switched off; PIM asks something else. */
  asked: number;
  off: number;
  others: number;
  last: { at: Date; outcome: EvaluationOutcome } | null;
  /** In the last day. */
  answered: number;
  denied: number;
}

export interface ExtensionSettings {
  now: Date;
  planes: ExtensionPlane[];
  saved: Saved<'extension'>;
}
