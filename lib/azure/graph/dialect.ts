import type { Activation, AwaitingDecision, FiledRequest } from '#lib/azure/ports.ts';
import type { ActiveAssignment, EligibleAssignment, RoleAtScope } from '#lib/domain/assignment.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { Works } from '#lib/domain/usable.ts';
import type { ApprovalsAt } from './approvals.ts';
import type { GraphCalls } from './calls.ts';

/** A self-activation among one's own requests: enough to recognise ours. */
export interface OwnRequest {
  filed: FiledRequest;
  /** The person's own words, without the mark. */
  justification: string;
  mark: string | null;
  role: RoleAtScope;
  createdAt: Date;
}

/** How one of Graph's two PIM planes speaks; rows are Graph's, results ours. */
export interface Dialect<Eligible, Active, Request> {
  eligiblePath: string;
  activePath: string;
  requestsPath: string;
  /** Query that brings the names along. */
  expand: string;
  approvals: ApprovalsAt;
  /** What `expand` did not bring: names by scope id. */
  scopeNames(calls: GraphCalls, scopeIds: readonly string[]): Promise<Map<string, string>>;
  eligible(row: Eligible, principalId: string): EligibleAssignment;
  active(row: Active): ActiveAssignment;
  /** null: not a self-activation. */
  own(row: Request): OwnRequest | null;
  awaiting(row: Request): AwaitingDecision;
  activateBody(activation: Activation): object;
  deactivateBody(of: RoleAtScope & { principalId: string }): object;
  works(calls: GraphCalls, role: RoleAtScope, definition: RoleDefinition | null): Promise<Works>;
}
