import { describe, expect, test } from 'vitest';
import {
  isBeforeAzure,
  isCancellable,
  isLive,
  liveStatuses,
  mayMove,
  type RequestStatus,
  requestStatuses,
} from './request.ts';

const live = new Set<RequestStatus>(liveStatuses);
const over = requestStatuses.filter((status) => !live.has(status));

test.each(over)('%s is the end: nothing follows it', (status) => {
  expect(requestStatuses.filter((to) => mayMove(status, to))).toEqual([]);
});

test.each(liveStatuses)('%s leads to an end', (status) => {
  const seen = new Set<RequestStatus>([status]);
  for (const from of seen) for (const to of requestStatuses) if (mayMove(from, to)) seen.add(to);
  expect(over.some((end) => seen.has(end))).toBe(true);
});

test('every status is reached from where all begin: filed, or waiting for Stint’s own stages', () => {
  const seen = new Set<RequestStatus>(['filed', 'awaiting_signatures']);
  for (const from of seen) for (const to of requestStatuses) if (mayMove(from, to)) seen.add(to);
  expect(requestStatuses.filter((status) => !seen.has(status))).toEqual([]);
});

test('no status moves to itself', () => {
  expect(requestStatuses.filter((status) => mayMove(status, status))).toEqual([]);
});

describe('nothing is called', () => {
  test.each(['ended', 'ending'] as const)('%s that Azure never granted', (to) => {
    expect(mayMove('filed', to)).toBe(false);
    expect(mayMove('needs_you', to)).toBe(false);
  });
  test.each(['denied', 'withdrawn', 'lapsed', 'failed'] as const)('%s once it is active', (to) => {
    expect(mayMove('active', to)).toBe(false);
    expect(mayMove('ending', to)).toBe(false);
  });
});

test('whatever may be cancelled can begin to be', () => {
  // What Azure never heard of is gone at once.
  const next = (status: RequestStatus) => (isBeforeAzure(status) ? 'withdrawn' : 'withdrawing');
  const stuck = requestStatuses.filter((status) => isCancellable(status) && !mayMove(status, next(status)));
  expect(stuck).toEqual([]);
});

test('what waits for signatures reaches Azure only approved, and only when it is started', () => {
  const toAzure = requestStatuses.filter((to) => !isBeforeAzure(to) && isLive(to));
  expect(toAzure.filter((to) => mayMove('awaiting_signatures', to))).toEqual([]);
  expect(requestStatuses.filter((from) => mayMove(from, 'approved'))).toEqual(['awaiting_signatures']);
  expect(requestStatuses.filter((from) => mayMove(from, 'awaiting_signatures'))).toEqual([]);
});

test('only what was asked for and not granted may be cancelled', () => {
  expect(requestStatuses.filter(isCancellable)).toEqual([
    ...['awaiting_signatures', 'approved', 'needs_you', 'awaiting_approval', 'scheduled'],
  ]);
});
