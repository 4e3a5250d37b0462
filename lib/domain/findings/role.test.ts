import { describe, expect, test } from 'vitest';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { contextWithoutPolicy } from './context.ts';
import { groupWithStandingMembers } from './group.ts';
import { oversizedRole } from './oversized.ts';
import { noApprovalOnCritical, noLiveApprover, type PolicyInUse } from './policy.ts';
import { windowTooLong } from './window.ts';

const at = {
  ...{ plane: 'azure' as const, roleId: 'r', roleName: 'Role' },
  ...{ scopeId: '/subscriptions/one', scopeName: 'Production', scopeKind: 'subscription' as const },
};
const role = (actions: string[], dataActions: string[] = []): RoleDefinition => ({
  ...{ plane: 'azure', id: 'r', name: 'Role', description: '', isBuiltIn: true, isPrivileged: null },
  ...{ actions, dataActions, notActions: [], notDataActions: [] },
});
const held = { ...at, held: { eligible: 2, standing: 1 }, reach: null };

describe('an oversized role', () => {
  test.each<[string, string[], string[]?]>([
    ['everything', ['*']],
    ['a whole provider', ['Microsoft.Network/*']],
    ['role assignments', ['Microsoft.Authorization/roleAssignments/write']],
    ['secrets', [], ['Microsoft.KeyVault/vaults/secrets/getSecret/action']],
    ['stored data', [], ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read']],
    ['managed identities', ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action']],
  ])('is one with %s at a subscription', (_, actions, data = []) => {
    const found = oversizedRole(held, role(actions, data));
    expect(found?.kind).toBe('oversized_role');
    expect(found?.evidence.at(-1)?.value).toBe('2 eligible, 1 standing');
  });
  test('is not one that only reads, keeps to a kind of resource, or is held at a resource group', () => {
    expect(oversizedRole(held, role(['*/read', 'Microsoft.Support/*']))).toBeNull();
    expect(oversizedRole(held, role(['Microsoft.Network/virtualNetworks/*']))).toBeNull();
    expect(oversizedRole({ ...held, scopeKind: 'resource_group' }, role(['*']))).toBeNull();
  });
});

describe('a window', () => {
  const use = { ...at, maximumMinutes: 480, ended: 3, usualMinutes: 40, longestMinutes: 60 };
  test('four times as long as nine of ten activations is found', () =>
    expect(windowTooLong(use)).toMatchObject({ kind: 'window_too_long', risk: 'low' }));
  test.each([
    ['used well', { usualMinutes: 121 }],
    ['once needed for half of it', { longestMinutes: 241 }],
    ['used too seldom to tell', { ended: 2 }],
    ['short anyway', { maximumMinutes: 60, usualMinutes: 5, longestMinutes: 5 }],
  ])('%s is not', (_, facts) => expect(windowTooLong({ ...use, ...facts })).toBeNull());
});

describe('a policy', () => {
  const critical = { dangers: [], critical: true, risk: 'high' as const };
  const using = (policy: Partial<PolicyFacts>, facts: Partial<PolicyInUse> = {}): PolicyInUse => ({
    ...at,
    ...{ policy: { ...unknownPolicy, ...policy }, privilege: critical, eligible: 1, liveApproverIds: [] },
    ...facts,
  });
  const otto = { id: 'otto', name: 'Otto', through: null };

  test('of a critical role without approval is found; with it, or of a lesser role, is not', () => {
    expect(noApprovalOnCritical(using({}))?.kind).toBe('no_approval_on_critical');
    expect(noApprovalOnCritical(using({ approval: true }))).toBeNull();
    expect(noApprovalOnCritical(using({}, { privilege: { ...critical, critical: false } }))).toBeNull();
    expect(noApprovalOnCritical(using({}, { privilege: null }))).toBeNull();
  });
  test('whose approvers are all gone, or none, is found; one who is there is enough', () => {
    const asking = { approval: true, approvers: [otto] };
    expect(noLiveApprover(using(asking))?.evidence[0]?.value).toBe('Otto: disabled or gone');
    expect(noLiveApprover(using({ approval: true }))?.kind).toBe('no_live_approver');
    expect(noLiveApprover(using(asking, { liveApproverIds: ['otto'] }))).toBeNull();
    expect(noLiveApprover(using({}))).toBeNull();
    // Whoever is in a hidden group may be there.
    expect(noLiveApprover(using({ ...asking, unreadGroups: ['sg-approvers'] }))).toBeNull();
  });
});

describe('an authentication context', () => {
  const asked = { words: ['Role on Production'], total: 1 };
  const policy = (
    state: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced',
    ...contexts: string[]
  ) => ({
    ...{ name: 'P', state, contexts },
  });
  test('with no enabled policy behind it is found: report-only is not enforced', () => {
    expect(contextWithoutPolicy('c2', asked, [])?.kind).toBe('context_without_policy');
    const reported = contextWithoutPolicy('c2', asked, [policy('enabledForReportingButNotEnforced', 'c2')]);
    expect(reported?.evidence.at(-1)?.value).toBe('P: only reported on');
    expect(
      contextWithoutPolicy('c2', asked, [policy('disabled', 'c2'), policy('enabled', 'c1')]),
    ).not.toBeNull();
  });
  test('with one is not', () =>
    expect(
      contextWithoutPolicy('c1', asked, [policy('disabled', 'c1'), policy('enabled', 'c1', 'c2')]),
    ).toBeNull());
});

test('a role-assignable group is found by who stands in it, and not when nobody does', () => {
  const group = {
    id: 'g',
    name: 'sg-ops',
    members: ['Lena'],
    total: 1,
    holds: ['Global Reader on Directory'],
  };
  expect(groupWithStandingMembers({ ...group, privilege: null })).toMatchObject({
    subject: 'g',
    risk: 'low',
  });
  expect(groupWithStandingMembers({ ...group, members: [], total: 0, privilege: null })).toBeNull();
});
