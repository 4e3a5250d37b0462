import type { Evidence, Found } from '#lib/domain/finding.ts';
import type { AccessPolicySeen } from '#lib/domain/outside-role.ts';
import { day, someOf } from './words.ts';

/** Entra's own id of the role, the same in every tenant. */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

/** An account sealed for emergencies. */
export interface BreakGlass {
  principalId: string;
  name: string;
  namedAs: string;
  /** What it is called now; null where it is not known. */
  upn: string | null;
  exists: boolean;
  enabled: boolean | null;
  standingGlobalAdministrator: boolean;
  eligibleGlobalAdministrator: boolean;
  lastSignInAt: Date | null;
  /** Groups it is in and Entra roles it holds: a policy may name it by these. */
  groupAndRoleIds: readonly string[];
  /** Groups whose members are not known: a policy that leaves one out may leave the account out, too. */
  unreadGroupIds: readonly string[];
}

/** The setting names it by a name that it no longer bears; the seal stays on the account. */
export function isCalledOtherwise(one: Pick<BreakGlass, 'principalId' | 'namedAs' | 'upn'>): boolean {
  return one.upn !== null && ![one.principalId, one.upn.toLowerCase()].includes(one.namedAs);
}

/**
 * A sealed account must work when nothing else does: there, enabled, Global Administrator without asking, and left out
 * of every enabled conditional access policy. Judged by these, never by use: that it is not used is what it is for.
 */
export function breakGlassControls(account: BreakGlass, policies: readonly AccessPolicySeen[]): Found | null {
  const { exists, enabled, standingGlobalAdministrator: standing } = account;
  const catching = policies.filter((policy) => catches(policy, account));
  const caughtBy = catching.map(({ name }) => name);
  const mayBeCaughtBy = policies.filter((policy) => mayCatch(policy, account)).map(({ name }) => name);
  const controls: [label: string, holds: boolean, value: string][] = [
    ['There', exists, exists ? 'yes' : `nobody in the tenant is called ${account.namedAs}`],
    ['Enabled', !exists || enabled !== false, enabled === false ? 'no' : 'yes'],
    ['Global Administrator', !exists || standing, standing ? 'standing' : asItIs(account)],
    [
      'Conditional access',
      caughtBy.length === 0,
      caughtBy.length > 0
        ? `not left out of ${someOf(caughtBy)}`
        : mayBeCaughtBy.length > 0
          ? `not known: members of a group in ${someOf(mayBeCaughtBy)} were never read`
          : 'left out everywhere',
    ],
  ];
  if (isCalledOtherwise(account)) {
    controls.push(['Name', false, `named as ${account.namedAs}, and called ${account.upn} now`]);
  }
  const missing = controls.filter(([, holds]) => !holds);
  if (missing.length === 0) return null;
  const evidence: Evidence[] = controls
    .filter(([label]) => exists || label === 'There')
    .map(([label, holds, value]) => ({ label: holds ? label : `${label} (missing)`, value }));
  return {
    kind: 'break_glass_controls',
    subject: account.principalId,
    risk: 'high',
    parts: [...missing.map(([label]) => label), ...catching.map(({ id }) => id)],
    title: exists
      ? `${account.name} may fail in an emergency: ${missing.map(([label]) => label.toLowerCase()).join(', ')}`
      : `${account.namedAs} is named as sealed for emergencies and is not in the tenant`,
    evidence: [
      ...evidence,
      ...(exists
        ? [
            {
              label: 'Last sign-in',
              value: `${account.lastSignInAt ? day(account.lastSignInAt) : 'never'} (not judged)`,
            },
          ]
        : []),
    ],
    nextStep: exists
      ? 'Put the missing control back (a new name: into STINT_BREAK_GLASS, best as an object id), then try the account once, with a second person, and seal it again.'
      : 'Correct STINT_BREAK_GLASS, or make the account.',
    principalId: exists ? account.principalId : null,
    assignmentId: null,
  };
}

function asItIs({ eligibleGlobalAdministrator }: BreakGlass): string {
  return eligibleGlobalAdministrator ? 'only eligible: activation may be what does not work' : 'not held';
}

/** It is not known to catch the account, and names a group that nobody has read. */
function mayCatch(policy: AccessPolicySeen, account: BreakGlass): boolean {
  if (policy.state !== 'enabled' || policy.contexts.length > 0 || catches(policy, account)) return false;
  return [...policy.includes, ...policy.excludes].some((id) => account.unreadGroupIds.includes(id));
}

/** Would this policy stand in its way at sign-in? One for an authentication context only asks who activates a role. */
function catches(policy: AccessPolicySeen, account: BreakGlass): boolean {
  const { principalId, groupAndRoleIds, unreadGroupIds } = account;
  if (policy.state !== 'enabled' || policy.contexts.length > 0) return false;
  if (policy.excludes.some((id) => unreadGroupIds.includes(id))) return false;
  const names = (users: readonly string[], others: readonly string[]) =>
    users.includes(principalId) || others.some((id) => groupAndRoleIds.includes(id));
  const included = policy.includesUsers.includes('All') || names(policy.includesUsers, policy.includes);
  return included && !names(policy.excludesUsers, policy.excludes);
}
