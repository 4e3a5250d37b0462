import { AzureFault } from '#lib/azure/faults.ts';
import type { Told } from '#lib/azure/ports.ts';
import type { ChangeOutcome } from '#lib/domain/access-change.ts';

/**
 * A refusal by the name of what stands in the way. Messages are read where Azure has no code of its own for it.
 * @throws the error itself when the same may be told again later, or when it is none of Azure's.
 */
export function obstacleOf(error: unknown): Told & { is: 'obstacle' } {
  if (!(error instanceof AzureFault) || error.retry === 'later' || error.kind === 'token_refused')
    throw error;
  const { code, message, rules } = error;
  const why =
    rules.length > 0
      ? `The role’s policy refuses: ${rules.map(ruleWords).join(', ')}.`
      : `${code} ${message}`.trim();
  return { is: 'obstacle', outcome: outcomeOf(error), why };
}

function ruleWords(rule: string): string {
  return rule === 'MfaRule' ? `${rule}, multifactor authentication, which no application has` : rule;
}

function outcomeOf({ code, kind, message, status }: AzureFault): ChangeOutcome {
  if (kind === 'locked') return 'locked';
  if (kind === 'too_short') return 'too_young';
  if (/restricted management administrative unit/i.test(message)) return 'restricted_unit';
  if (code === 'DenyAssignmentAuthorizationFailed') return 'deny_assignment';
  if (status === 412 || /last RBAC admin/i.test(message)) return 'last_administrator';
  if (/dynamic (membership )?group|dynamic membership/i.test(message)) return 'dynamic_group';
  return kind === 'not_allowed' ? 'not_allowed' : 'failed';
}

/** Nothing to take away: PIM and the directory say so each in their own way. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof AzureFault)) return false;
  return ['not_active', 'not_found'].includes(error.kind) || /does not exist/i.test(error.message);
}
