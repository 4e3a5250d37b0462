/** What posture looks for. One word each, everywhere the same: in the URL, the database, the audit entry. */
export const findingKinds = [
  'standing_privilege',
  'never_activated',
  'not_activated_lately',
  'window_too_long',
  'oversized_role',
  'group_with_standing_members',
  'workload_standing',
  'workload_without_owner',
  'workload_idle',
  'guest_privileged',
  'disabled_assigned',
  'no_approval_on_critical',
  'context_without_policy',
  'no_live_approver',
  'activated_past_approval',
  'stint_credential_added',
  'stint_owner_added',
  'stint_role_added',
  'break_glass_controls',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const findingKindNames: Record<FindingKind, string> = {
  standing_privilege: 'Standing privilege',
  never_activated: 'Eligible, never activated',
  not_activated_lately: 'Not activated for 90 days',
  window_too_long: 'Window much longer than used',
  oversized_role: 'Oversized role',
  group_with_standing_members: 'Role-assignable group with standing members',
  workload_standing: 'Workload with standing privilege',
  workload_without_owner: 'Privileged workload without an owner',
  workload_idle: 'Privileged workload not signed in for 90 days',
  guest_privileged: 'Guest with privilege',
  disabled_assigned: 'Disabled, still assigned',
  no_approval_on_critical: 'Critical role without approval',
  context_without_policy: 'Authentication context that nothing enforces',
  no_live_approver: 'Approval with nobody who can approve',
  activated_past_approval: 'Activated past Stint’s approval policy',
  stint_credential_added: 'New credential on Stint’s own registration',
  stint_owner_added: 'New owner of Stint’s own registration',
  stint_role_added: 'New holder of a role in Stint',
  break_glass_controls: 'Break-glass account without its controls',
};

/** How much harm it can do, worst first. */
export const riskLevels = ['high', 'medium', 'low'] as const;
export type RiskLevel = (typeof riskLevels)[number];

export const riskNames: Record<RiskLevel, string> = { high: 'High', medium: 'Medium', low: 'Low' };

/** accepted: somebody answers for it until a day. gone: the tenant no longer shows it. */
export const findingStates = ['open', 'accepted', 'gone'] as const;
export type FindingState = (typeof findingStates)[number];

export const findingStateNames: Record<FindingState, string> = {
  open: 'Open',
  accepted: 'Accepted',
  gone: 'Gone',
};

/** A finding is accepted for half a year at the most: then somebody looks again. */
export const longestAcceptanceDays = 180;
export const longestReason = 500;

/** A piece of evidence: a fact in words, and where it is from. */
export interface Evidence {
  label: string;
  value: string;
}

/** A finding as the rules state it, before it is kept. */
export interface Found {
  kind: FindingKind;
  /** What it is about, so that the same is the same next time: an assignment's id, a principal's, a policy's. */
  subject: string;
  risk: RiskLevel;
  /** How much of it there is, where it can grow: members, roles held. An acceptance does not cover more than it was given for. */
  size?: number;
  /** What it consists of, where one part may come for another: controls that are missing. Accepted are those there were. */
  parts?: string[];
  /** One line: who or what, and what about it. */
  title: string;
  evidence: Evidence[];
  /** What to do about it, in one or two sentences. */
  nextStep: string;
  principalId: string | null;
  /** The assignment in the inventory, when it is about one. */
  assignmentId: string | null;
}
