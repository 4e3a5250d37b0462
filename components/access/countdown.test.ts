import { expect, test } from 'vitest';
import { minute } from '#lib/domain/time.ts';
import { countdown, leftWords } from './countdown.ts';

const start = new Date('2026-11-21T10:00:00Z');
const end = new Date('2026-11-21T11:00:00Z');
const at = (minutes: number) => countdown(start, end, start.getTime() + minutes * minute);

test('the bar shows what is left, against the whole', () => {
  expect(at(23)).toEqual({ kind: 'running', part: 37 / 60, lead: '37 min left', rest: 'of 1 h' });
});

test('in the last ten minutes it turns, and counts seconds', () => {
  expect(at(50)).toMatchObject({ kind: 'running', lead: '10 min left' });
  expect(at(55.5)).toMatchObject({ kind: 'ending', lead: '4 min 30 s left' });
  expect(leftWords(42_000)).toBe('42 s');
});

test('when the time is up it waits for Azure and does not call the access gone', () => {
  expect(at(60)).toMatchObject({ kind: 'ending', part: 0, lead: 'time is up' });
});

test('without a known end nothing is counted down', () => {
  expect(countdown(start, null, end.getTime())).toMatchObject({ kind: 'running', part: 1 });
});
