import { expect, test } from 'vitest';
import { heldBy } from './held-by.ts';

const ours = { ours: true, enabled: true };

test.each([
  ['an extension of ours that is on', { approval: true, extension: ours }, 'pim_extension'],
  [
    'one that is off, beside PIM’s approval',
    { approval: true, extension: { ...ours, enabled: false } },
    'pim_approval',
  ],
  ['somebody else’s', { approval: false, extension: { ...ours, ours: false } }, 'advisory'],
  ['PIM’s own approval', { approval: true }, 'pim_approval'],
  ['nothing', { approval: false }, 'advisory'],
  ['a policy that is not known', null, 'advisory'],
] as const)('stages are held by what is really there: %s', (_, policy, by) => {
  expect(heldBy(policy, 'stages').by).toBe(by);
  expect(heldBy(policy, 'none').by).toBe('nothing_asked');
});
