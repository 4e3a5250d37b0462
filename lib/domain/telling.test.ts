import { expect, test } from 'vitest';
import { activityTellings, directoryTellings } from './telling.ts';

const ada = 'aaaaaaaa-0000-4000-8000-000000000001';
const team = 'bbbbbbbb-0000-4000-8000-000000000001';
const app = 'cccccccc-0000-4000-8000-000000000001';
const one = '/subscriptions/11111111-0000-4000-8000-000000000001';
const types: Record<string, string> = { [ada]: 'User', [team]: 'Group', [app]: 'ServicePrincipal' };

/** What a line is about, as `list place`. */
function told(category: string, activityDisplayName: string, ids: string[], more: object = {}): string[] {
  const targetResources = ids.map((id) => ({ id, type: types[id] ?? 'Other' }));
  const row = { id: 'e1', category, activityDisplayName, result: 'success', targetResources, ...more };
  return directoryTellings(row).map(({ list, place }) => `${list} ${place}`);
}

test('who was given a role, or lost one, is read again: what they hold, not who they are', () => {
  const held = [`entra_eligible ${ada}`, `entra_active ${ada}`];
  expect(told('RoleManagement', 'Add member to role', [ada])).toEqual(held);
  expect(told('RoleManagement', 'Whatever it will be called', [ada], { loggedByService: 'PIM' })).toEqual(
    held,
  );
});

test('who joined a group or left it is told by the group', () => {
  const rows = told('GroupManagement', 'Remove member from group', [ada, team]);
  expect(rows).toEqual([
    `groups ${team}`,
    `members ${team}`,
    `group_eligible ${team}`,
    `group_active ${team}`,
  ]);
});

test('who is deleted is told as such, with what they held', () => {
  const row = { id: 'e1', category: 'UserManagement', activityDisplayName: 'Delete user' };
  const rows = directoryTellings({ ...row, targetResources: [{ id: ada, type: 'User' }] });
  expect(rows.map(({ list, isDeletion }) => `${list} ${isDeletion}`)).toEqual([
    ...['users true', 'guest_sponsors false', 'entra_eligible false', 'entra_active false'],
  ]);
});

test('a workload is read again, and who holds its permissions where that is read', () => {
  const rows = told('ApplicationManagement', 'Update service principal', [app]);
  expect(rows).toEqual([`service_principals ${app}`, `app_role_holders ${app}`]);
  expect(told('ApplicationManagement', 'Consent to application', [])).toEqual(['consents /']);
});

test('PIM of Azure roles names the scope, which is read at its subscription', () => {
  const more = {
    loggedByService: 'PIM',
    additionalDetails: [{ key: 'ResourceOriginId', value: `${one}/resourceGroups/rg` }],
  };
  const rows = told(
    'ResourceManagement',
    'Add eligible member to role in PIM completed (permanent)',
    [ada],
    more,
  );
  expect(rows).toEqual([`azure_eligible ${one}`, `azure_active ${one}`]);
});

test('settings of roles are policies', () => {
  expect(told('RoleManagement', 'Update role setting in PIM', [])).toEqual(['entra_policies /']);
  expect(told('GroupManagement', 'Update role setting in PIM', [team], { loggedByService: 'PIM' })).toEqual([
    `group_policies ${team}`,
  ]);
});

test('a failure changed nothing, and what is not understood is left out', () => {
  expect(told('RoleManagement', 'Add member to role', [ada], { result: 'failure' })).toEqual([]);
  for (const row of [{}, { id: 7 }, { id: 'e', targetResources: [null, 'x', { type: 'User' }] }])
    expect(directoryTellings(row)).toEqual([]);
});

test('what PIM repeats every two hours is no change', () => {
  const said = 'Add member to role outside of PIM (permanent)';
  expect(told('RoleManagement', said, [ada], { loggedByService: 'PIM' })).toEqual([]);
});

test('a write in Azure is told once, by the line at its end', () => {
  const line = (status: string, action: string) =>
    activityTellings({ eventDataId: 'e1', status: { value: status }, authorization: { action } }, one).map(
      ({ list }) => list,
    );
  const write = 'Microsoft.Authorization/roleAssignments/write';
  expect(line('Started', write)).toEqual([]);
  expect(line('Failed', write)).toEqual([]);
  expect(line('Succeeded', write)).toEqual(['azure_eligible', 'azure_active']);
  expect(line('Succeeded', 'Microsoft.Authorization/roleDefinitions/delete')).toEqual(['azure_roles']);
  expect(line('Succeeded', 'Microsoft.Authorization/locks/write')).toEqual([]);
});
