import { expect, test } from 'vitest';
import {
  askedAsWords,
  beforeWords,
  lastWords,
  lengthWords,
  othersWords,
  ruleWords,
  stageWords,
} from './card-words.ts';

const none = { count: 0, lastAt: null, denied: 0, endedEarly: 0, usualMinutes: null };

test('a first time is said to be one, with its limits', () => {
  expect(beforeWords(none)).toBe('never activated this here, as far as Stint saw');
  expect(beforeWords({ ...none, denied: 1 })).toBe(
    'never activated this here, as far as Stint saw, denied once',
  );
});

test('habits are told with numbers', () => {
  expect(beforeWords({ ...none, count: 9, endedEarly: 8 })).toBe(
    '9 times, ended early 8 times, never denied',
  );
});

const now = new Date('2026-11-22T12:00:00Z');
const there = { away: null, zone: null };

test('being the only one who can decide is said', () => {
  expect(othersWords([], now)).toBe('nobody else can decide');
  expect(
    othersWords(
      [
        { name: 'Cy Tran', availability: there },
        { name: 'Dana Roy', availability: { ...there, zone: 'Europe/Berlin' } },
      ],
      now,
    ),
  ).toBe('Cy Tran or Dana Roy (awake) can decide too');
});

test('who is away or asleep is not counted on', () => {
  const away = { until: new Date('2026-11-24T08:00:00Z'), deputyName: 'Lou Grant' };
  expect(
    othersWords(
      [
        { name: 'Dana Roy', availability: { away, zone: 'Europe/Berlin' } },
        { name: 'Cy Tran', availability: { away: null, zone: 'America/Los_Angeles' } },
      ],
      now,
    ),
  ).toBe(
    'nobody else is there now; Dana Roy is away until 2026-11-24, Lou Grant stands in; it is 04:00 where Cy Tran is',
  );
});

test('a length stands against their own, that of others, and what the policy allows', () => {
  const before = { ...none, usualMinutes: 22, last: [] };
  expect(lengthWords({ before, othersMinutes: 95, maximumMinutes: 240 })).toBe(
    'usually 22 min · others take 1 h 35 min · policy allows 4 h',
  );
  const never = { ...none, last: [] };
  expect(lengthWords({ before: never, othersMinutes: null, maximumMinutes: null })).toBe('policy not known');
  expect(lastWords({ at: now, minutes: 20, how: 'ended_early' })).toBe('20 min, ended early');
});

test('a stage is told with its place and what is missing, and why the viewer is asked', () => {
  const stage = {
    ...{ rule: 'Production', name: 'Owners', number: 2, of: 2, needed: 2 },
    signed: [
      { name: 'Bo', forName: null, stage: 1 },
      { name: 'Cy', forName: null, stage: 2 },
    ],
    ...{ through: 'sg-owners', forName: null, isEscalated: false },
  };
  expect(stageWords(stage)).toBe('stage 2 of 2, Owners, 1 of 2 signed');
  expect(stageWords({ ...stage, of: 1, number: 1, needed: 1 })).toBe('Owners');
  expect(askedAsWords(stage)).toBe('You are asked through sg-owners.');
  expect(askedAsWords({ ...stage, through: null })).toBeNull();
  expect(askedAsWords({ ...stage, forName: 'Dana Roy', isEscalated: true })).toBe(
    'You are asked for Dana Roy, who is away, since nobody decided in time.',
  );
});

test('the rule is one line, with who signed by it and for whom', () => {
  const stage = {
    ...{ rule: 'Production', name: 'Security', number: 2, of: 2, needed: 1, signed: [] },
    ...{ through: null, forName: null, isEscalated: false },
  };
  expect(ruleWords(stage)).toBe('Rule “Production”, stage 2 of 2, Security');
  const signed = [
    { name: 'Cy Tran', forName: 'Bo Okafor', stage: 1 },
    { name: 'Lou Grant', forName: null, stage: 1 },
  ];
  expect(ruleWords({ ...stage, signed })).toBe(
    'Rule “Production”, stage 2 of 2, Security; signed by Cy Tran for Bo Okafor, Lou Grant',
  );
});
