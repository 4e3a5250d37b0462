import { expect, test } from 'vitest';
import { AzureFault } from '#lib/azure/faults.ts';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { readApprovers } from './approvers.ts';

const answering = (kind: 'not_allowed' | 'not_found') =>
  ({
    list: async (path: string) => {
      if (path.includes('/groups/hidden')) throw new AzureFault(kind, { message: 'No.' });
      return [{ id: 'ada', displayName: 'Ada' }];
    },
  }) as unknown as GraphCalls;
const group = (id: string) => ({ kind: 'group' as const, id, name: `sg-${id}` });

test('a group the Reader may not read is named as unread; one that is gone has nobody', async () => {
  const named = [group('hidden'), group('open')];
  const ada = { id: 'ada', name: 'Ada', through: 'sg-open' };
  expect(await readApprovers(answering('not_allowed'), 'azure', named)).toEqual({
    approvers: [ada],
    unreadGroups: ['sg-hidden'],
  });
  expect(await readApprovers(answering('not_found'), 'azure', named)).toEqual({
    approvers: [ada],
    unreadGroups: [],
  });
});
