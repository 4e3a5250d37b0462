import { expect, test } from 'vitest';
import { fieldOf } from './refusals.ts';

test('a refusal’s field is the form’s field, and nothing else is', () => {
  expect(fieldOf('minutes')).toBe('duration');
  expect([null, 'roles', 'constructor', '__proto__'].map(fieldOf)).toEqual([null, null, null, null]);
});
