import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memberRef } from './member-ref.ts';

const group = 'bbbbbbbb-0001-4000-8000-000000000004';

test('the path of a membership always ends in /$ref: without it the DELETE would take the person', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.constantFrom('member', 'owner'), (one, other, as) => {
      expect(memberRef(one, other, as)).toBe(`/v1.0/groups/${one}/${as}s/${other}/$ref`);
    }),
  );
});

test.each(['', 'ada', `${group}?`, `${group}/`, `${group}#`, `../${group}`, `${group}%2f..`, `${group}\n`])(
  'an id that is none (%j) makes no path',
  (odd) => {
    expect(() => memberRef(group, odd, 'member')).toThrow('object ids');
    expect(() => memberRef(odd, group, 'owner')).toThrow('object ids');
  },
);
