import { describe, expect, test } from 'vitest';
import { readArchiveLine } from './archive-line.ts';

const tenantId = 'c0470500-0000-4000-8000-000000000001';
const now = new Date('2026-06-30T00:00:00Z');
const read = (line: object | string) =>
  readArchiveLine(typeof line === 'string' ? line : JSON.stringify(line), { tenantId, now });

const role = { id: 'R1', type: 'Role', displayName: 'User Administrator' };
const ada = { id: 'ADA', type: 'User' };
const row = (facts: object = {}) => ({
  activityDisplayName: 'Add member to role completed (PIM activation)',
  activityDateTime: '2026-06-01T10:00:00.1234567Z',
  loggedByService: 'PIM',
  category: 'RoleManagement',
  result: 'success',
  initiatedBy: { user: { id: 'mira' } },
  targetResources: [role, ada],
  additionalDetails: [{ key: 'ExpirationTime', value: '2026-06-01T12:00:00Z' }],
  ...facts,
});
const detail = (key: string, value: string) => ({ additionalDetails: [{ key, value }] });
const event = {
  ...{ what: 'begun', principalId: 'ada', plane: 'entra', roleId: 'r1', scopeId: '/' },
  at: new Date('2026-06-01T10:00:00.123Z'),
  untilAt: new Date('2026-06-01T12:00:00Z'),
};

describe('the same activation is read', () => {
  test('from a storage account', () => {
    const line = { time: '2026-06-01T10:00:00Z', category: 'AuditLogs', tenantId, properties: row() };
    expect(read(line)).toEqual({ at: event.at, told: event });
  });
  test('from Log Analytics, whose columns are JSON, or JSON in a string', () => {
    const { activityDisplayName, activityDateTime, targetResources, additionalDetails, initiatedBy } = row();
    const columns = {
      TimeGenerated: activityDateTime,
      ...{ Type: 'AuditLogs', OperationName: activityDisplayName, AADTenantId: tenantId.toUpperCase() },
      ...{ LoggedByService: 'PIM', Category: 'RoleManagement', Result: 'success' },
    };
    const dynamic = {
      InitiatedBy: initiatedBy,
      TargetResources: targetResources,
      AdditionalDetails: additionalDetails,
    };
    const texts = Object.fromEntries(Object.entries(dynamic).map(([key, one]) => [key, JSON.stringify(one)]));
    expect(read({ ...columns, ...dynamic }).told).toEqual(event);
    expect(read({ ...columns, ...texts }).told).toEqual(event);
  });
  test('as Graph answers', () => {
    expect(read(row()).told).toEqual(event);
  });
});

test.each([
  [{ category: 'GroupManagement', targetResources: [role, ada, { id: 'G1', type: 'Group' }] }, 'group', 'g1'],
  [
    { ...detail('ResourceOriginId', '/subscriptions/S1/resourceGroups/Rg') },
    'azure',
    '/subscriptions/s1/resourcegroups/rg',
  ],
  [{ ...detail('ResourceOriginId', '/administrativeUnits/A1') }, 'entra', '/administrativeunits/a1'],
])('plane and scope are told by what a row names', (facts, plane, scopeId) => {
  expect(read(row(facts)).told).toMatchObject({ plane, scopeId });
});

test.each([
  ['Remove member from role (PIM activation expired)', 'ended'],
  ['Remove member from role completed (PIM deactivate)', 'ended'],
  ['Remove member from role in PIM completed (timebound)', 'ended'],
])('%s is an end', (activityDisplayName, what) => {
  expect(read(row({ activityDisplayName })).told).toMatchObject({ what, untilAt: null });
});

test.each([
  { activityDisplayName: 'Add member to role outside of PIM (permanent)' },
  { activityDisplayName: 'Add member to role requested (PIM activation)' },
  { activityDisplayName: 'Add member to role in PIM completed (permanent)' },
  { activityDisplayName: 'Update role setting in PIM' },
  { loggedByService: 'Access Reviews' },
  { result: 'failure' },
])('%j is no activation, and still tells that the archive reaches there', (facts) => {
  expect(read(row(facts))).toEqual({ at: event.at, told: 'something_else' });
});

test('an end that no calendar has is not known, and the activation is', () => {
  expect(read(row(detail('ExpirationTime', '+275000-01-01T00:00:00Z'))).told).toMatchObject({
    untilAt: null,
  });
});

test.each([
  'no JSON',
  '[]',
  'null',
  '{"activityDateTime":"2026-06-01T10:00:00Z"}',
  row({ activityDateTime: 'yesterday' }),
  row({ activityDateTime: '2026-07-01T00:00:00Z' }),
  row({ targetResources: [ada] }),
  row({ targetResources: [role], initiatedBy: null }),
  { category: 'AuditLogs', tenantId: 'another', properties: row() },
  { Type: 'AuditLogs', AADTenantId: 'another', OperationName: 'x', TimeGenerated: '2026-06-01T10:00:00Z' },
  { category: 'SignInLogs', time: '2026-06-01T10:00:00Z', operationName: 'Sign-in activity', properties: {} },
  { Type: 'SigninLogs', TimeGenerated: '2026-06-01T10:00:00Z', OperationName: 'Sign-in activity' },
  { OperationName: 'x', TimeGenerated: '2026-06-01T10:00:00Z' },
  row({ activityDateTime: 5 }),
  row({ activityDateTime: '5' }),
  row({ activityDateTime: '0001-01-01T00:00:00Z' }),
  row({ activityDateTime: '2016-06-29T00:00:00Z' }),
  row({ targetResources: [role, { id: 'A\0', type: 'User' }] }),
  row({ targetResources: [role, { id: 'a'.repeat(65), type: 'User' }] }),
  row(detail('ResourceOriginId', `/subscriptions/${'s'.repeat(800)}`)),
])('%j is not understood', (line) => {
  expect(read(line)).toEqual({ at: null, told: 'unclear' });
});
