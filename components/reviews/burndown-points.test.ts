import { expect, test } from 'vitest';
import { burndownPoints } from './burndown-points.ts';

const span = {
  opensAt: new Date('2026-11-01T00:00:00Z'),
  closesAt: new Date('2026-11-11T00:00:00Z'),
  total: 40,
};
const day = (number: number, left: number) => ({ day: `2026-11-${String(number).padStart(2, '0')}`, left });

test('the line goes from everything at the opening, top left, to nothing at the close, bottom right', () => {
  expect(burndownPoints([day(5, 10), day(10, 0)], span)).toBe('0,0 50,75 100,100');
});

test('what comes after the close stays inside the picture', () => {
  expect(burndownPoints([day(15, 3)], span)).toBe('0,0 100,92.5');
});

test('a review of nothing has nothing left', () => {
  expect(burndownPoints([day(5, 0)], { ...span, total: 0 })).toBe('0,100 50,100');
});
