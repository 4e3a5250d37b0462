import { expect, test } from 'vitest';
import { choiceName, roleAtScopeName } from './role-words.ts';

const azure = {
  plane: 'azure',
  roleName: 'Contributor',
  scopeName: 'Staging',
  scopeKind: 'subscription',
} as const;
const entra = {
  plane: 'entra',
  roleName: 'User Administrator',
  scopeName: 'Directory',
  scopeKind: 'directory',
} as const;
const group = {
  plane: 'group',
  roleName: 'Member',
  scopeName: 'sg-oncall-platform',
  scopeKind: 'group',
} as const;

test('a choice is named by role and scope, a group by itself and what one becomes in it', () => {
  expect(choiceName(azure)).toBe('Contributor, Staging');
  expect(choiceName(entra)).toBe('User Administrator, Directory');
  expect(choiceName(group)).toBe('sg-oncall-platform, member');
});

test('in a sentence the directory needs no mention', () => {
  expect(roleAtScopeName(azure)).toBe('Contributor on Staging');
  expect(roleAtScopeName(entra)).toBe('User Administrator');
});
