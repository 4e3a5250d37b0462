import { expect, test } from 'vitest';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { readAccessPolicies } from './access-policies.ts';
import { readGroups } from './directory.ts';
import { readAppRoleHolders } from './grants.ts';

const answering = (...rows: object[]) =>
  ({
    page: async () => ({ rows, next: null }),
    get: async () => ({ appId: 'stint', appRoles: [] }),
  }) as unknown as GraphCalls;
const members = (...groups: string[]) => groups.map((place) => ({ list: 'members', place }));

test('members are read of groups that may hold roles, hold a role of an application, or are named by a policy', async () => {
  const groups = answering({ id: 'G1', isAssignableToRole: true }, { id: 'g2' });
  expect((await readGroups(groups, '/', null)).parts).toEqual(members('g1'));
  const held = { principalId: 'G3', principalType: 'Group', appRoleId: 'r', id: 'a' };
  const holders = answering(held, { ...held, principalId: 'ada', principalType: 'User' });
  expect((await readAppRoleHolders(holders, 'sp', null, new Set(['stint']))).parts).toEqual(members('g3'));
  const users = { includeGroups: ['g4'], excludeGroups: ['G5'], includeRoles: ['r'] };
  const policies = answering({ id: 'p', conditions: { users } }, { id: 'q' });
  expect((await readAccessPolicies(policies, null)).parts).toEqual(members('g4', 'g5'));
});
