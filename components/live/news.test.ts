import { expect, test } from 'vitest';
import { inBrief, newsOf } from './news.ts';

const before = [{ id: '1', text: 'Contributor is being provisioned' }];

test('a changed sentence is news, an unchanged one is not', () => {
  expect(newsOf(before, before, true)).toEqual([]);
  expect(newsOf(before, [{ id: '1', text: 'Contributor is active' }], false)).toEqual([
    'Contributor is active',
  ]);
});

test('a state that only passes by is not told, what it passes to is', () => {
  const passing = [{ id: '1', text: '' }];
  expect(newsOf(before, passing, true)).toEqual([]);
  expect(newsOf(passing, before, false)).toEqual(['Contributor is being provisioned']);
});

test('a newcomer is news only where newcomers matter', () => {
  const after = [...before, { id: '2', text: 'Ada asks for Reader' }];
  expect(newsOf(before, after, false)).toEqual([]);
  expect(newsOf(before, after, true)).toEqual(['Ada asks for Reader']);
});

test('many changes at once do not cover the page', () => {
  expect(inBrief(['a', 'b', 'c', 'd'])).toBe('a. b. c. d');
  expect(inBrief(['a', 'b', 'c', 'd', 'e'])).toBe('a. b. c. And 2 more');
});
