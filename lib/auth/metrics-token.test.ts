import { expect, test } from 'vitest';
import { metricsDoor } from './metrics-token.ts';

const token = 'a-token-of-some-length';
const door = (authorization?: string, wanted: string | null = token) =>
  metricsDoor(new Headers(authorization ? { authorization } : {}), wanted);

test('only the bearer of exactly the token comes in', () => {
  expect(door(`Bearer ${token}`)).toBe('open');
  for (const one of [undefined, token, `Bearer ${token}x`, 'Bearer ', `Basic ${token}`, `bearer  ${token}`]) {
    expect(door(one)).toBe('refused');
  }
});

test('without a configured token there is no door, whatever is brought', () => {
  expect(door('Bearer ', null)).toBe('closed');
  expect(door(undefined, null)).toBe('closed');
});
