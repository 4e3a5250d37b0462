import { describe, expect, test } from 'vitest';
import type { RoleDefinition } from './role-definition.ts';
import { compareRoles, lackOf, rolesFor, sizeOf } from './role-size.ts';

const role = (name: string, facts: Partial<RoleDefinition> = {}): RoleDefinition => ({
  ...{ plane: 'azure', id: name, name, description: '', isBuiltIn: true, isPrivileged: null },
  ...{ actions: [], notActions: [], dataActions: [], notDataActions: [], ...facts },
});
const owner = role('Owner', { actions: ['*'] });
const contributor = role('Contributor', { actions: ['*'], notActions: ['Microsoft.Authorization/*/Write'] });
const reader = role('Reader', { actions: ['*/read'] });
const machines = role('VM Operator', {
  actions: ['Microsoft.Compute/virtualMachines/start/action', 'Microsoft.Compute/virtualMachines/read'],
});
const compute = role('Compute', { actions: ['Microsoft.Compute/*'] });
const secrets = role('Secrets', { dataActions: ['Microsoft.KeyVault/vaults/secrets/*'] });
const all = [owner, contributor, reader, machines, compute, secrets];
const needs = (...actions: string[]) => actions.map((action) => ({ action, data: false }));
const names = (roles: RoleDefinition[]) => roles.map(({ name }) => name);

describe('size', () => {
  test('grows from one operation over a type and a provider to everything; reading is a tenth', () => {
    const sizes = [machines, reader, compute, owner].map(sizeOf);
    expect(sizes).toEqual([2, 800, 400, 8000]);
    expect(sizeOf(secrets)).toBe(20);
  });
});

describe('roles for what is needed', () => {
  test('are those that allow all of it, the smallest first', () => {
    const start = needs('Microsoft.Compute/virtualMachines/start/action');
    expect(names(rolesFor(all, start))).toEqual(['VM Operator', 'Compute', 'Contributor', 'Owner']);
  });

  test('leave out a role that takes one of them away', () => {
    expect(names(rolesFor(all, needs('Microsoft.Authorization/roleAssignments/write')))).toEqual(['Owner']);
  });

  test('tell what is inside a resource from the resource', () => {
    const read = 'Microsoft.KeyVault/vaults/secrets/getSecret/action';
    expect(names(rolesFor(all, [{ action: read, data: true }]))).toEqual(['Secrets']);
    expect(names(rolesFor(all, [{ action: read, data: false }]))).not.toContain('Secrets');
  });

  test('are none when nothing is asked, and one says what it lacks', () => {
    expect(rolesFor(all, [])).toEqual([]);
    expect(lackOf(machines, needs('microsoft.compute/virtualmachines/READ', 'x/y/write'))).toEqual(
      needs('x/y/write'),
    );
  });
});

describe('two roles', () => {
  test('share what either covers, by wider patterns too', () => {
    expect(compareRoles(machines, compute)).toEqual({
      both: needs(...machines.actions),
      onlyFirst: [],
      onlySecond: needs('Microsoft.Compute/*'),
    });
  });

  test('differ where one takes something away', () => {
    const authorize = role('Authorizer', { actions: ['Microsoft.Authorization/roleAssignments/Write'] });
    expect(compareRoles(authorize, contributor).onlyFirst).toEqual(needs(...authorize.actions));
    expect(compareRoles(authorize, owner).both).toEqual(needs(...authorize.actions));
  });
});
