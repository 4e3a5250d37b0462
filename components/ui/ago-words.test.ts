import { expect, test } from 'vitest';
import { agoWords } from './ago-words.ts';

test.each([
  [0, 'just now'],
  [8, '8 s ago'],
  [59, '59 s ago'],
  [150, '2 min ago'],
  [7200, '2 h ago'],
  [200_000, '2 d ago'],
  [-90, 'in 1 min'],
])('%i seconds later it is %s', (seconds, words) => expect(agoWords(0, seconds * 1000)).toBe(words));
