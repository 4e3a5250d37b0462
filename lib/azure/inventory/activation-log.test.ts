import { expect, test } from 'vitest';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { readActivationLog } from './activation-log.ts';

test('an activation that does not say whose is counted as lost, and what is none is not', async () => {
  const row = (activityDisplayName: string, ...targetResources: object[]) => ({
    ...{ activityDisplayName, targetResources, activityDateTime: '2026-06-01T10:00:00Z' },
  });
  const begun = 'Add member to role completed (PIM activation)';
  const rows = [
    row(begun, { id: 'r', type: 'Role' }, { id: 'ada', type: 'User' }),
    row(begun, { id: 'r', type: 'Role' }),
    row('Update role setting in PIM'),
  ];
  const graph = { page: async () => ({ rows, next: null }) } as unknown as GraphCalls;
  expect(await readActivationLog(graph, null)).toMatchObject({
    useEvents: [{ principalId: 'ada' }],
    unclear: 1,
  });
});
