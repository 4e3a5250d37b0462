import type { Tx } from '#db/client.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { ApprovalPolicy, ApprovalVerdict, RuleTrail } from '#lib/domain/approval-policy.ts';
import { judgeApproval } from '#lib/domain/approval-rules.ts';
import type { Placed } from '#lib/operations/requests/placed.ts';
import { type Asked, askFacts } from './ask-facts.ts';
import { policyInForce } from './policy-in-force.ts';

/** How Stint's own policy judges what one submit asks for. */
export interface ApprovalJudge {
  policyVersion: number;
  verdictOf(role: Role, minutes: number): ApprovalVerdict;
  /** The same with why, rule by rule. */
  judged(role: Role, minutes: number): { verdict: ApprovalVerdict; trail: RuleTrail[] };
}

type Role = Pick<Placed, 'plane' | 'roleId' | 'scopeId' | 'scopeKind'>;

/**
 * Loads what Stint's approval policy is judged by, inside the transaction that files or starts: the version in force,
 * and what is known of the person, their roles and their ticket. A narrower place below one of `roles` may be judged too.
 */
export async function approvalJudge(
  tx: Tx,
  actor: Pick<Actor, 'objectId'>,
  submit: Asked,
  roles: readonly Role[],
  now: Date,
): Promise<ApprovalJudge> {
  const { version, policy } = await policyInForce(tx);
  return judgeBy(tx, { version, policy }, actor, submit, roles, now);
}

/** The same by a policy that is handed in: to try one out before it holds. */
export async function judgeBy(
  tx: Tx,
  { version, policy }: { version: number; policy: ApprovalPolicy },
  actor: Pick<Actor, 'objectId'>,
  submit: Asked,
  roles: readonly Role[],
  now: Date,
): Promise<ApprovalJudge> {
  if (policy.rules.length === 0 && policy.freezes.length === 0) {
    const none = { verdict: { is: 'none' as const }, trail: [] };
    return { policyVersion: version, verdictOf: () => none.verdict, judged: () => none };
  }
  const facts = await askFacts(tx, policy, actor.objectId, submit, roles, now);
  const judged = (role: Role, minutes: number) => judgeApproval(policy, facts(role, minutes));
  return { policyVersion: version, verdictOf: (role, minutes) => judged(role, minutes).verdict, judged };
}
