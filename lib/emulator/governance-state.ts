/** Conditional Access and Identity Governance beside PIM; plain JSON like the rest of the state. */

/** A Conditional Access policy: who, under which authentication contexts, roles or apps, and what is asked. */
export interface ConditionalAccessPolicy {
  id: string;
  displayName: string;
  state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';
  includeUsers: string[];
  excludeUsers: string[];
  includeRoles: string[];
  authenticationContexts: string[];
  builtInControls: string[];
  createdAt: number;
}

/** An access review or an approval of another service of Identity Governance, as it was sent or is printed. */
export type GovernanceRow = Record<string, unknown> & { id: string };

/** A review with what its reviewers decided. */
export interface Review {
  id: string;
  /** Of an Azure role: where. Such reviews are Azure Resource Manager's, not Graph's. */
  armScope?: string;
  /** The definition as it was posted. */
  definition: GovernanceRow;
  createdAt: number;
  createdById: string;
  status: string;
  instanceId: string;
  endAt: number;
  decisions: ReviewDecision[];
}

export interface ReviewDecision {
  id: string;
  principalId: string;
  /** What is reviewed: a group, or an Azure role at a scope. */
  resource: { id: string; displayName: string; type: string };
  reviewerIds: string[];
  decision: 'Approve' | 'Deny' | 'NotReviewed' | 'DontKnow';
  justification: string;
  recommendation: 'Approve' | 'Deny' | 'NoInfoAvailable';
  reviewedById: string | null;
  reviewedAt: number | null;
}

/** Somebody asked for an access package, and one stage decides. */
export interface PackageApproval {
  id: string;
  stageId: string;
  requestorId: string;
  approverIds: string[];
  reviewResult: 'NotReviewed' | 'Approve' | 'Deny';
  reviewedById: string | null;
  reviewedAt: number | null;
  justification: string;
}
