import type { ApprovalRule } from './approval-policy.ts';

/** Why a request has to be decided on its own; null: it may be decided together with others, for one reason. */
export function aloneBecause(
  rule: Pick<ApprovalRule, 'name' | 'then'> | null,
  asksSignIn: boolean,
): string | null {
  if (asksSignIn) return 'It asks for a fresh sign-in of its own.';
  if (!rule) return 'No rule of the approval policy says that it may be decided together with others.';
  if (rule.then.is === 'stages' && rule.then.bulk) return null;
  return `The rule “${rule.name}” has it decided on its own.`;
}
