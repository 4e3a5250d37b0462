import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  nextDigest,
  type Preferences,
  personalChannels,
  planOf,
  quietUntil,
  usualPreferences,
  waitAfter,
} from './delivery.ts';
import { type LetterKind, letterKinds } from './letter.ts';
import { wordsOf } from './letter-words.ts';
import { fieldOfMoment } from './wall-time.ts';

const at = (text: string) => new Date(text);
const night = { quiet: { from: '22:00', until: '07:00' }, zone: 'Europe/Berlin' };

describe('quiet hours', () => {
  test.each([
    ['2026-11-22T20:59:00Z', null],
    ['2026-11-22T21:00:00Z', '2026-11-23T06:00:00Z'],
    ['2026-11-23T05:59:59Z', '2026-11-23T06:00:00Z'],
    ['2026-11-23T06:00:00Z', null],
    // The night in which summer time ends is an hour longer.
    ['2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
  ])('at %s in Berlin last until %s', (moment, until) => {
    expect(quietUntil(night, at(moment))).toEqual(until && at(until));
  });

  test('over noon are over in the afternoon', () => {
    const noon = { quiet: { from: '12:00', until: '13:00' }, zone: 'UTC' };
    expect(quietUntil(noon, at('2026-11-22T12:30:00Z'))).toEqual(at('2026-11-22T13:00:00Z'));
  });

  test('are always over within a day, and never end within themselves', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Pacific/Apia',
      'Asia/Kathmandu',
    );
    const moment = fc.date({ min: at('2026-01-01'), max: at('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, time, zone, moment, (from, until, of, now) => {
        const wanted = { quiet: { from, until }, zone: of };
        const end = quietUntil(wanted, now);
        if (!end) return;
        expect(end.getTime()).toBeGreaterThan(now.getTime());
        expect(end.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        // But where the change of the clocks leaves out all of the time between: then they go on.
        if (fieldOfMoment(end, of).endsWith(until)) expect(quietUntil(wanted, end)).toBeNull();
      }),
      { numRuns: 500, examples: [['03:00', '02:00', 'Europe/Berlin', at('2027-03-27T02:00:00Z')]] },
    );
  });
});

describe('a digest', () => {
  test.each([
    ['day', 1, '2026-11-22T06:00:00Z', '2026-11-22T07:00:00Z'],
    ['day', 1, '2026-11-22T07:00:00Z', '2026-11-23T07:00:00Z'],
    ['week', 1, '2026-11-22T07:00:00Z', '2026-11-23T07:00:00Z'],
    ['week', 7, '2026-11-22T07:00:00Z', '2026-11-29T07:00:00Z'],
  ] as const)('every %s (%i), seen at %s, goes out at %s', (every, day, now, due) => {
    const digest = { every, at: '08:00', day };
    expect(nextDigest({ digest, zone: 'Europe/Berlin' }, at(now))).toEqual(at(due));
  });
});

describe('a letter', () => {
  const now = at('2026-11-22T23:00:00Z');
  const quiet: Preferences = { ...usualPreferences, ...night };

  test('that is urgent passes quiet hours where that is wanted, and waits where not', () => {
    for (const kind of ['asked_to_sign', 'ticket_closed', 'ticket_not_ended'] as const)
      expect(planOf(kind, 'mail', quiet, now)).toEqual({ dueAt: now, isHeld: false });
    expect(planOf('asked_to_sign', 'slack', { ...quiet, urgentPasses: false }, now)?.dueAt).toEqual(
      at('2026-11-23T06:00:00Z'),
    );
  });

  test('of mail that waits goes out with the others; chat comes by itself, and knows no digest', () => {
    const digest = { every: 'day', at: '08:00', day: 1 } as const;
    expect(planOf('denied', 'mail', quiet, now)?.isHeld).toBe(true);
    expect(planOf('denied', 'slack', quiet, now)?.isHeld).toBe(false);
    const daily = { ...usualPreferences, digest };
    expect(planOf('denied', 'slack', daily, now)).toEqual({ dueAt: now, isHeld: false });
    expect(planOf('denied', 'mail', daily, now)).toEqual({ dueAt: at('2026-11-23T08:00:00Z'), isHeld: true });
  });

  test('does not go where it is not wanted; a test and a linked account go everywhere', () => {
    const off = { mail: false, slack: false, teams: false, browser: false };
    const none = { to_decide: off, talk: off, outcome: off, administration: off };
    for (const kind of letterKinds)
      for (const channel of personalChannels) {
        const plan = planOf(kind, channel, { ...quiet, sends: none }, now);
        const always = kind === 'test' || kind === 'chat_linked';
        expect(plan).toEqual(always ? { dueAt: now, isHeld: false } : null);
      }
  });
});

test.each(letterKinds)('%s says something in one line, with one line a fact', (kind) => {
  const facts = {
    roleName: 'Owner',
    requesterName: 'Ada\r\nBcc: x@y',
    byName: 'Bo',
    text: 'Why?',
    minutes: 90,
  };
  const { subject, lines, button } = wordsOf({ kind, facts, requestId: null });
  expect(subject).toMatch(/^[^\p{Cc}]{5,200}$/u);
  expect([button, ...lines].every((line) => line.length > 0)).toBe(true);
});

test('what a person wrote is quoted, what Stint says itself is not', () => {
  const linesOf = (kind: LetterKind) =>
    wordsOf({ kind, facts: { text: 'So it is.' }, requestId: null }).lines;
  expect(linesOf('question')).toContain('“So it is.”');
  expect(linesOf('denied')).toContain('“So it is.”');
  for (const kind of ['bypassed', 'bypass_not_ended', 'start_soon', 'closed', 'ticket_not_ended'] as const)
    expect(linesOf(kind)).toContain('So it is.');
});

test('webhooks are tried for a good day and a half, people for less', () => {
  const total = (channel: 'webhook' | 'mail') => {
    let sum = 0;
    for (let tries = 1; ; tries++) {
      const wait = waitAfter(channel, tries);
      if (wait === null) return sum / 3600;
      sum += wait;
    }
  };
  expect(total('webhook')).toBeCloseTo(41.6, 1);
  expect(total('mail')).toBeCloseTo(8.7, 1);
});
