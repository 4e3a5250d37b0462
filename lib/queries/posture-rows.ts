/** What the overview of posture shows. */
import type { RiskLevel } from '#lib/domain/finding.ts';
import type { PrivilegeCount } from '#lib/domain/zero-standing.ts';

/** What a reading counted. */
export interface TrendPoint {
  at: Date;
  standing: number;
  eligible: number;
  activated: number;
  /** Whole per cent; null: not judged, or nothing privileged. */
  score: number | null;
}

/** More open findings of a risk than this are not counted. */
export const mostCounted = 1_000;

export interface PostureOverview {
  /** Of the last reading that was judged; null before the first. */
  privilege: PrivilegeCount | null;
  /** Up to one more than `mostCounted`. */
  open: Record<RiskLevel, number>;
  /** Oldest first. */
  trend: TrendPoint[];
}
