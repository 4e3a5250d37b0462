import type { RoleAtScope } from './assignment.ts';

/** When PIM asks its extension: before a person approves, or after one has. */
export const evaluationStages = ['pre_approval', 'post_approval'] as const;
export type EvaluationStage = (typeof evaluationStages)[number];

/** What Stint answers. auto_approved: PIM leaves out its own approver. */
export const evaluationOutcomes = ['approved', 'auto_approved', 'denied'] as const;
export type EvaluationOutcome = (typeof evaluationOutcomes)[number];

export const stageNames: Record<EvaluationStage, string> = {
  pre_approval: 'Before approval',
  post_approval: 'After approval',
};

export const outcomeNames: Record<EvaluationOutcome, string> = {
  approved: 'Approved',
  auto_approved: 'Approved, without PIM’s approver',
  denied: 'Denied',
};

/** In PIM's own words. */
export const pimOutcomes: Record<EvaluationOutcome, 'Approved' | 'AutoApproved' | 'Denied'> = {
  approved: 'Approved',
  auto_approved: 'AutoApproved',
  denied: 'Denied',
};

/** deactivate: somebody gives access back. */
export const callActions = ['activate', 'deactivate'] as const;

/** What PIM asks about: an activation, in whatever client it was asked for. */
export interface Callout {
  /** PIM's id of the request; Azure's documented body has none. */
  azureId: string | null;
  principalId: string;
  role: RoleAtScope;
  action: (typeof callActions)[number];
  /** null: it names no end. */
  minutes: number | null;
  /** null: now. */
  startsAt: Date | null;
  justification: string;
  ticketNumber: string;
}
