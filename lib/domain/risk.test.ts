import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allows, countsAsCritical, dangersOf, isCritical, matches } from './risk.ts';
import type { RoleDefinition } from './role-definition.ts';

const role = (facts: Partial<RoleDefinition>): RoleDefinition => ({
  plane: 'azure',
  id: 'role',
  name: 'Role',
  description: '',
  isBuiltIn: true,
  isPrivileged: null,
  actions: [],
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...facts,
});
const assign = 'Microsoft.Authorization/roleAssignments/write';
const secret = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';
const words = (facts: Partial<RoleDefinition>) => dangersOf(role(facts)).map((danger) => danger.what);

test.each([
  ['*', assign, true],
  ['Microsoft.Authorization/*', assign, true],
  ['microsoft.authorization/ROLEASSIGNMENTS/write', assign, true],
  ['*/write', assign, true],
  ['Microsoft.*/write', assign, true],
  ['Microsoft.Authorization/*/write', assign, true],
  ['*roleAssignments*', assign, true],
  ['*/read', assign, false],
  ['Microsoft.Authorization/*/read', assign, false],
  ['Microsoft.Authorization', assign, false],
  ['Microsoft.Authorization/roleAssignments/writer', assign, false],
  ['Microsoft.Compute/*', assign, false],
  ['Microsoft.Authorization/roleAssignments/write*', assign, true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*b', 'ab', false],
  ['.*', 'Microsoft', false],
  ['', '', true],
  ['', 'a', false],
])('the pattern %j and the action %j: %s', (pattern, action, expected) => {
  expect(matches(pattern, action)).toBe(expected);
});

test('a star stands for any run of characters, as a plain regular expression says', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*'), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '/', '.'), maxLength: 10 });
  fc.assert(
    fc.property(letters, text, (pattern, action) => {
      const source = pattern.replaceAll(/[./]/g, '\\$&').replaceAll('*', '.*');
      expect(matches(pattern, action)).toBe(new RegExp(`^${source}$`, 'i').test(action));
    }),
    { numRuns: 2000 },
  );
});

describe('a role allows', () => {
  test('what its actions name and its notActions do not take away', () => {
    const contributor = role({ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] });
    expect(allows(contributor, assign)).toBe(false);
    expect(allows(contributor, 'Microsoft.Compute/virtualMachines/write')).toBe(true);
  });
  test('data only by its dataActions, and the rest only by its actions', () => {
    expect(allows(role({ actions: ['*'] }), secret, true)).toBe(false);
    expect(allows(role({ dataActions: ['*'] }), secret, true)).toBe(true);
    expect(allows(role({ dataActions: ['*'] }), assign)).toBe(false);
    expect(allows(role({ dataActions: ['*'], notDataActions: ['*/getSecret/action'] }), secret, true)).toBe(
      false,
    );
  });
});

describe('the dangers of a role', () => {
  test('are none for a reader', () => {
    expect(words({ actions: ['*/read'] })).toEqual([]);
  });
  test('name everything first, then what it means', () => {
    const all = words({ actions: ['*'] });
    expect(all.slice(0, 2)).toEqual(['everything here', 'can assign roles']);
    expect(all).not.toContain('reads secrets');
  });
  test('leave out what notActions take away', () => {
    const contributor = words({ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] });
    expect(contributor).not.toContain('can assign roles');
    expect(contributor).toContain('runs commands on machines');
  });
  test('see data actions as what they are', () => {
    expect(words({ dataActions: ['Microsoft.KeyVault/vaults/secrets/*'] })).toEqual(['reads secrets']);
    expect(words({ actions: ['Microsoft.KeyVault/vaults/secrets/*'] })).toEqual([]);
  });
  test('are each named once, with the action that shows it', () => {
    const found = dangersOf(
      role({
        plane: 'entra',
        actions: [
          'microsoft.directory/applications/credentials/update',
          'microsoft.directory/servicePrincipals/credentials/update',
        ],
      }),
    );
    expect(found).toEqual([
      { what: 'adds app credentials', action: 'microsoft.directory/applications/credentials/update' },
    ]);
  });
  test('of an Entra role are Entra’s, not Azure’s', () => {
    expect(words({ plane: 'entra', actions: [assign] })).toEqual([]);
    expect(words({ plane: 'entra', actions: ['microsoft.directory/users/password/update'] })).toEqual([
      'resets passwords',
    ]);
  });
});

describe('a role is critical', () => {
  test('by Microsoft’s mark', () => {
    expect(isCritical(role({ plane: 'entra', isPrivileged: true }), 'directory')).toBe(true);
    expect(isCritical(role({ plane: 'entra', isPrivileged: false }), 'directory')).toBe(false);
  });
  test('when it can assign roles, however narrow', () => {
    expect(isCritical(role({ actions: [assign] }), 'resource')).toBe(true);
  });
  test('when it has several dangers at a wide scope, not at a narrow one', () => {
    const contributor = role({ actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] });
    expect(isCritical(contributor, 'subscription')).toBe(true);
    expect(isCritical(contributor, 'resource_group')).toBe(false);
  });
});

test('a group, and a role whose definition was never read, count as critical where a ticket or a sign-in is asked', () => {
  const harmless = role({ actions: ['*/read'] });
  expect(countsAsCritical('group', { ...harmless, plane: 'group', actions: [] }, 'group')).toBe(true);
  expect(countsAsCritical('azure', null, 'resource')).toBe(true);
  expect(countsAsCritical('azure', harmless, 'subscription')).toBe(false);
  expect(countsAsCritical('azure', role({ actions: [assign] }), 'resource')).toBe(true);
});
