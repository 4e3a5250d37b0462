import { expect, test } from 'vitest';
import { going } from './going.ts';

test('g and a letter soon after it go somewhere', () => {
  const hears = going();
  expect([hears('g', 5000), hears('a', 6100)]).toEqual([null, '/']);
  expect([hears('g', 7000), hears('v', 7001)]).toEqual([null, '/reviews']);
});

test('a letter alone goes nowhere, not even right after the page has loaded', () => {
  const hears = going();
  expect([hears('a', 0), hears('a', 300), hears('r', 1100)]).toEqual([null, null, null]);
});

test('a letter too late, after another key or that leads nowhere is not the second of two', () => {
  const hears = going();
  expect([hears('g', 5000), hears('a', 6200)]).toEqual([null, null]);
  expect([hears('g', 7000), hears('j', 7010), hears('a', 7020)]).toEqual([null, null, null]);
});
