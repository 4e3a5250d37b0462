import { describe, expect, test } from 'vitest';
import type { Terms } from './approval.ts';
import { offerFault, stillFits } from './terms.ts';

const now = new Date('2026-11-22T12:00:00Z');
const asked: Terms = { minutes: 120, scopeId: '/subscriptions/S', scopeName: 'S', startsAt: null };
const later = '2026-11-22T18:00:00.000Z';

describe('an offer', () => {
  test.each<[string, Partial<Terms>]>([
    ['shorter', { minutes: 30 }],
    ['narrower', { scopeId: '/subscriptions/S/resourceGroups/a' }],
    ['later', { startsAt: later }],
    ['as short as PIM goes', { minutes: 5 }],
  ])('may be %s', (_, change) => expect(offerFault({ ...asked, ...change }, asked, now)).toBeNull());

  test.each<[string, Partial<Terms>, string | null]>([
    ['the same', {}, null],
    ['the same place written otherwise', { scopeId: '/SUBSCRIPTIONS/s' }, null],
    ['longer', { minutes: 121 }, 'minutes'],
    ['shorter than PIM goes', { minutes: 4 }, 'minutes'],
    ['no whole minutes', { minutes: 30.5 }, 'minutes'],
    ['in the past', { startsAt: '2026-11-22T11:59:00Z' }, 'startsAt'],
    ['further ahead than PIM files', { startsAt: '2026-12-23T12:00:00Z' }, 'startsAt'],
  ])('may not be %s', (_, change, field) =>
    expect(offerFault({ ...asked, ...change }, asked, now)).toMatchObject({ field }),
  );

  test('never begins before the start that was asked, nor at once where a start was', () => {
    const planned = { ...asked, startsAt: later };
    const fault = (startsAt: string | null) => offerFault({ ...asked, startsAt }, planned, now)?.field;
    expect(fault('2026-11-22T17:00:00Z')).toBe('startsAt');
    expect(fault(null)).toBe('startsAt');
    expect(fault('2026-11-22T19:00:00Z')).toBeUndefined();
  });
});

describe('a signature', () => {
  const chain = ['/subscriptions/s/resourcegroups/a', '/subscriptions/s'];

  test('holds for what is shorter, below it, or later', () => {
    expect(stillFits(asked, { minutes: 120, startsAt: null }, ['/subscriptions/s'])).toBe(true);
    expect(stillFits(asked, { minutes: 30, startsAt: later }, chain)).toBe(true);
  });

  test('does not hold for what is longer, beside it or above it, or earlier', () => {
    expect(stillFits(asked, { minutes: 121, startsAt: null }, ['/subscriptions/s'])).toBe(false);
    expect(stillFits(asked, { minutes: 60, startsAt: null }, ['/subscriptions/other'])).toBe(false);
    const planned = { ...asked, startsAt: later };
    expect(stillFits(planned, { minutes: 60, startsAt: null }, ['/subscriptions/s'])).toBe(false);
    expect(stillFits(planned, { minutes: 60, startsAt: '2026-11-22T17:00:00Z' }, chain)).toBe(false);
  });
});
