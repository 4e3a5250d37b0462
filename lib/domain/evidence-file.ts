import type { CampaignPlan } from './campaign.ts';

/** What the evidence of an access review is made of, each as CSV and as JSON lines. */
export const evidenceFiles = ['population', 'reviewers', 'decisions', 'rationales', 'changes'] as const;
export type EvidenceFile = (typeof evidenceFiles)[number];

/** Which campaign it is of; how many lines there are of each is counted as they are written. */
export interface EvidenceCampaign {
  campaign: string;
  name: string;
  status: string;
  openedAt: string | null;
  closedAt: string | null;
  orphans: number | null;
  /** The reading of the tenant that the population was frozen from. */
  reading: string | null;
  /** What was asked of whom, and what silence meant; who made that, and who changed it. */
  plan: CampaignPlan;
  createdBy: { id: string; name: string };
  editors: string[];
}

/** One file of the pack as it was written: what `sha256sum` prints. */
export interface EvidenceSum {
  file: string;
  sha256: string;
  bytes: number;
}
