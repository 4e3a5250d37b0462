import type { ConditionalAccessPolicy } from '#lib/emulator/governance-state.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { DAY, numberedId } from './numbered-id.ts';
import { personId } from './people.ts';

/**
 * Contoso's Conditional Access: c1 is asked for, c2 is only reported on, and one of the sealed accounts is not left out of
 * the rule for administrators.
 */
export function conditionalAccess(now: number): ConditionalAccessPolicy[] {
  const sealed = [personId('breakglass.one'), personId('breakglass.two')];
  const policy = (
    number: number,
    displayName: string,
    changes: Partial<ConditionalAccessPolicy>,
  ): ConditionalAccessPolicy => ({
    id: numberedId('ca000000', number),
    displayName,
    state: 'enabled',
    includeUsers: ['All'],
    excludeUsers: sealed,
    includeRoles: [],
    authenticationContexts: [],
    builtInControls: ['mfa'],
    createdAt: now - 300 * DAY,
    ...changes,
  });
  return [
    policy(1, 'Phishing-resistant sign-in for c1', { authenticationContexts: ['c1'] }),
    policy(2, 'Trusted locations for c2', {
      state: 'enabledForReportingButNotEnforced',
      authenticationContexts: ['c2'],
      builtInControls: ['block'],
    }),
    policy(3, 'MFA for administrators', {
      includeUsers: [],
      includeRoles: [knownRoles.globalAdministrator, knownRoles.privilegedRoleAdministrator],
      excludeUsers: sealed.slice(0, 1),
    }),
  ];
}
