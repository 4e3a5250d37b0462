import { expect, test } from 'vitest';
import { expiryOf } from './expiry.ts';
import { hour } from './time.ts';

const now = new Date('2026-03-02T10:00:00Z');
const ends = (days: number) => expiryOf(new Date(now.getTime() + days * 24 * hour), now);

test('what has ended or ends within thirty days is pressing, and the words say how far it is', () => {
  expect(ends(-335)).toEqual({ words: 'expired 334 days ago', pressing: true });
  expect(ends(-1.5)).toEqual({ words: 'expired 1 day ago', pressing: true });
  expect(ends(-0.5)).toEqual({ words: 'expired', pressing: true });
  expect(ends(0.5)).toEqual({ words: 'ends within a day', pressing: true });
  expect(ends(1)).toEqual({ words: 'in 1 day', pressing: true });
  expect(ends(30)).toEqual({ words: 'in 30 days', pressing: true });
  expect(ends(31)).toEqual({ words: 'in 31 days', pressing: false });
  expect(ends(9000)).toEqual({ words: 'in 24 years', pressing: false });
});
