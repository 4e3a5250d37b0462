/** What the screens of findings show. */
import type { Evidence, FindingKind, FindingState, RiskLevel } from '#lib/domain/finding.ts';
import type { StoryMoment } from './rows.ts';

/** A finding in the list. */
export interface FindingRow {
  id: string;
  kind: FindingKind;
  risk: RiskLevel;
  title: string;
  /** An acceptance whose day has come is open. */
  state: FindingState;
  firstSeenAt: Date;
  goneAt: Date | null;
  assigneeName: string | null;
  acceptedUntil: Date | null;
}

/** Which findings; the state that is not named is open. */
export interface FindingFilter {
  state: FindingState;
  risk?: RiskLevel;
  kind?: FindingKind;
  /** Part of a name; `me`, `nobody`. */
  assignee?: string;
  text?: string;
}

/** One finding with all there is to say about it. */
export interface FindingStory extends FindingRow {
  evidence: Evidence[];
  nextStep: string;
  principalId: string | null;
  lastSeenAt: Date;
  assigneeId: string | null;
  acceptedByName: string | null;
  acceptedReason: string | null;
  version: number;
  now: Date;
  /** What became of it and who did what about it, in order. */
  moments: StoryMoment[];
  /** Who could take it on; empty for whoever may only look. */
  assignees: { id: string; name: string }[];
  /** May say something about it; and whether it may be accepted, being about somebody else. */
  mayAnswer: boolean;
  mayAccept: boolean;
}
