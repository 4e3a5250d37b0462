import { expect, test } from 'vitest';
import { sourceWords, speedWords } from './speed-words.ts';

const speed = { p50: 40, p95: 180, count: 12, until: 'usable', from: 'role_here' } as const;

test('the usual and the longest wait are told, with what they are learned from', () => {
  expect(speedWords(speed)).toBe('usually works after 40 s, nearly always within 3 min');
  expect(speedWords({ ...speed, p95: 40 })).toBe('usually works after 40 s');
  expect(speedWords({ ...speed, until: 'active', p50: 4, p95: 9 })).toBe(
    'usually shows in Azure after 4 s, nearly always within 9 s',
  );
  expect(sourceWords({ ...speed, from: 'role' })).toContain('last 12 activations of this role elsewhere');
});
