import type { DirectoryAudit } from '@microsoft/microsoft-graph-types';
import { expect, test } from 'vitest';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import type { ActivationSeen } from '#lib/azure/ports.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { readWhoActivated } from './who-activated.ts';

const startsAt = new Date('2026-03-02T10:00:00Z');
const roleId = 'b24988ac-6180-42a0-ab88-20f7382dd24c';
const unit = '/administrativeUnits/aaaaaaaa-0009-4000-8000-000000000001';

function seen(plane: ActivationSeen['plane'], scopeId: string): ActivationSeen {
  return {
    ...{ plane, roleId, scopeId, roleName: 'Contributor', scopeName: 'There', scopeKind: 'subscription' },
    ...{ kind: 'activated', startsAt, endsAt: plusMinutes(startsAt, 60) },
    ...{ principalId: 'ada', principalName: 'Ada Lind', assignmentId: 'a' },
  };
}

function row(reason: string, scopeId: string, minutesLater: number): DirectoryAudit {
  return {
    activityDisplayName: 'Add member to role completed (PIM activation)',
    activityDateTime: plusMinutes(startsAt, minutesLater).toISOString(),
    result: 'success',
    resultReason: reason,
    targetResources: [{ id: roleId }, { id: scopeId === '/' ? 'tenant' : scopeId }],
    additionalDetails: scopeId === '/' ? [] : [{ key: 'ResourceOriginId', value: scopeId }],
  };
}

const reasonOf = async (activation: ActivationSeen, ...rows: DirectoryAudit[]) => {
  const calls = { list: async () => rows } as unknown as GraphCalls;
  return (await readWhoActivated(calls, activation))?.justification ?? null;
};

test('the log’s row about the same role somewhere else is not about this activation', async () => {
  const [here, there] = ['/subscriptions/S1', '/subscriptions/S1/resourceGroups/rg'];
  expect(await reasonOf(seen('azure', here), row('elsewhere', there, 0))).toBeNull();
  expect(await reasonOf(seen('azure', here), row('elsewhere', there, 0), row('here', here, 1))).toBe('here');
  expect(await reasonOf(seen('azure', here.toLowerCase()), row('here', here, 1))).toBe('here');
  expect(await reasonOf(seen('entra', '/'), row('in a unit', unit, 0))).toBeNull();
  expect(await reasonOf(seen('entra', unit), row('in the directory', '/', 0))).toBeNull();
  expect(await reasonOf(seen('entra', unit), row('in a unit', unit, 0))).toBe('in a unit');
});

test('of two activations of one role, the row nearest to its beginning is its own', async () => {
  const rows = [row('the next one', '/', 90), row('this one', '/', 0)];
  expect(await reasonOf(seen('entra', '/'), ...rows)).toBe('this one');
});
