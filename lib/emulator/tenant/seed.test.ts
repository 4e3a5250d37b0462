import { describe, expect, it } from 'vitest';
import { canonicalScope } from '#lib/emulator/arm/scopes.ts';
import { eligibleFor } from '#lib/emulator/pim/holdings.ts';
import { policyFor } from '#lib/emulator/pim/policies.ts';
import { azureRole } from './azure-roles.ts';
import { entraRole } from './entra-roles.ts';
import { groupId } from './groups.ts';
import { DAY } from './numbered-id.ts';
import { personId } from './people.ts';
import { PRODUCTION } from './scopes.ts';
import { seedTenant } from './seed.ts';

const now = Date.UTC(2026, 5, 1, 12);
const state = seedTenant(now);
const world = { state, now: () => now, changed: () => {} };
const principals = [...state.users, ...state.groups, ...state.servicePrincipals].map(({ id }) => id);

function eligible(login: string) {
  return eligibleFor(world, personId(login)).map(({ schedule }) => schedule);
}

describe('the seeded tenant', () => {
  it('gives every object an id of its own', () => {
    const ids = [
      ...principals,
      ...state.schedules.map(({ id }) => id),
      ...state.policies.map(({ id }) => id),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const roles of [state.entraRoles.map(({ id }) => id), state.azureRoles.map(({ name }) => name)]) {
      expect(new Set(roles).size).toBe(roles.length);
    }
    expect(new Set(state.users.map((user) => user.userPrincipalName)).size).toBe(state.users.length);
  });

  it('refers only to what exists, in canonical casing', () => {
    const referred = [
      ...state.users.flatMap(({ managerId }) => managerId ?? []),
      ...state.groups.flatMap(({ memberIds, ownerIds }) => [...memberIds, ...ownerIds]),
      ...state.servicePrincipals.flatMap(({ ownerIds }) => ownerIds),
      ...state.registrations.map(({ servicePrincipalId }) => servicePrincipalId),
      ...state.registrations.flatMap((one) => one.appRoleAssignments.map(({ principalId }) => principalId)),
      ...state.schedules.map(({ principalId }) => principalId),
      ...state.policies.flatMap(({ approval }) => approval.approvers.map(({ id }) => id)),
    ];
    expect(referred.filter((id) => !principals.includes(id))).toEqual([]);
    for (const { plane, role, scope } of [...state.schedules, ...state.policies]) {
      if (plane === 'azure') expect(canonicalScope(state, scope)).toBe(scope);
      if (plane === 'azure') expect(state.azureRoles.map(({ name }) => name)).toContain(role);
      if (plane === 'entra') expect(state.entraRoles.map(({ id }) => id)).toContain(role);
      if (plane === 'group') expect(state.groups.map(({ id }) => id)).toContain(scope);
    }
    for (const { assignableScopes } of state.azureRoles) {
      for (const scope of assignableScopes) expect(canonicalScope(state, scope)).toBe(scope);
    }
    for (const { id } of state.resources) expect(canonicalScope(state, id)).toBe(id);
  });

  it('gives Entra roles to people, apps and role-assignable groups only', () => {
    const ordinary = state.groups.filter((group) => !group.isAssignableToRole).map(({ id }) => id);
    const held = state.schedules
      .filter(({ plane }) => plane === 'entra')
      .map(({ principalId }) => principalId);
    expect(held.filter((id) => ordinary.includes(id))).toEqual([]);
  });

  it('makes ada eligible for eighteen things over all planes, some through groups', () => {
    const held = eligible('ada.lind');
    const count = (plane: string) => held.filter((schedule) => schedule.plane === plane).length;
    expect([count('entra'), count('azure'), count('group')]).toEqual([7, 8, 3]);
    expect(held.filter(({ principalId }) => principalId !== personId('ada.lind'))).toHaveLength(2);
  });

  it('leaves lou with nothing, and the guest with one role that ends in two weeks', () => {
    expect(eligible('lou.grant')).toEqual([]);
    expect(eligible('vic.partner').map(({ endAt }) => endAt)).toEqual([now + 14 * DAY]);
  });

  it('has every kind of policy among ada’s roles', () => {
    const owner = policyFor(world, 'azure', azureRole('Owner'), PRODUCTION);
    expect(owner).toMatchObject({
      maximumDuration: 'PT1H',
      enabledRules: ['Justification', 'Ticketing', 'MultiFactorAuthentication'],
      approval: { required: true },
    });
    expect(owner.approval.approvers.map(({ id }) => id)).toEqual([
      personId('bo.okafor'),
      personId('cy.tran'),
    ]);
    const reader = policyFor(world, 'entra', entraRole('Security Reader'), '/');
    expect(reader).toMatchObject({
      maximumDuration: 'PT8H',
      enabledRules: [],
      approval: { required: false },
    });
    const stepUp = policyFor(world, 'entra', entraRole('Privileged Role Administrator'), '/');
    expect(stepUp.authenticationContext).toEqual({ enabled: true, claimValue: 'c1' });
    const breakfix = policyFor(world, 'group', 'member', groupId('sg-breakfix-network'));
    expect(breakfix.approval.approvers).toMatchObject([
      { kind: 'group', id: groupId('sg-approvers-platform') },
    ]);
  });

  it('has the size it promises', () => {
    expect(state.users.length).toBeGreaterThanOrEqual(28);
    expect(state.entraRoles).toHaveLength(64);
    expect(state.azureRoles.filter(({ type }) => type === 'BuiltInRole').length).toBe(75);
    expect(state.azureRoles.filter(({ type }) => type === 'CustomRole')).toHaveLength(3);
    expect(state.groups).toHaveLength(13);
    expect(state.servicePrincipals.length).toBeGreaterThanOrEqual(12);
    expect(state.subscriptions).toHaveLength(5);
    expect(state.managementGroups.filter(({ parent }) => parent !== null)).toHaveLength(2);
  });

  it('is a copy each time', () => {
    const first = state.policies[0];
    const again = seedTenant(now).policies[0];
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
  });
});
