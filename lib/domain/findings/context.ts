import type { Found } from '#lib/domain/finding.ts';
import type { AccessPolicySeen } from '#lib/domain/outside-role.ts';
import { someOf } from './words.ts';

const stateWords: Record<AccessPolicySeen['state'], string> = {
  enabled: 'enforced',
  disabled: 'switched off',
  enabledForReportingButNotEnforced: 'only reported on',
};

/** An authentication context that roles ask for and no enabled policy answers: it asks for nothing. Report-only is nothing. */
export function contextWithoutPolicy(
  context: string,
  roles: { words: readonly string[]; total: number },
  policies: readonly Pick<AccessPolicySeen, 'name' | 'state' | 'contexts'>[],
): Found | null {
  const behind = policies.filter(({ contexts }) => contexts.includes(context));
  if (behind.some(({ state }) => state === 'enabled')) return null;
  return {
    kind: 'context_without_policy',
    subject: context,
    risk: 'high',
    size: roles.total,
    title: `Authentication context ${context} is asked for and enforced by nothing`,
    evidence: [
      { label: 'Roles that ask for it', value: someOf(roles.words, roles.total) },
      ...(behind.length > 0
        ? behind.map(({ name, state }) => ({ label: 'Policy', value: `${name}: ${stateWords[state]}` }))
        : [{ label: 'Policy', value: 'no conditional access policy names it' }]),
    ],
    nextStep:
      'Enable a conditional access policy for this context in Entra. Until then these roles are activated without the stronger sign-in.',
    principalId: null,
    assignmentId: null,
  };
}
