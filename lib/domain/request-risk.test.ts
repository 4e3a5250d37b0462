import { expect, test } from 'vitest';
import { type RequestRiskFacts, requestRisk } from './request-risk.ts';

const day = (number: number, time: string) => new Date(`2026-03-${String(number).padStart(2, '0')}T${time}Z`);
const mornings = Array.from({ length: 8 }, (_, at) => day(at + 1, '09:10:00'));
const calm: RequestRiskFacts = {
  isCritical: false,
  isDangerous: false,
  scopeKind: 'resource',
  isGuest: false,
  minutes: 30,
  usual: { took: 25 },
  timesBefore: 9,
  beginsAt: day(20, '10:00:00'),
  earlierStarts: mornings,
  hasTicket: true,
};

test('what somebody does every day is low, and nothing is said of it', () => {
  expect(requestRisk(calm)).toEqual({ level: 'low', reasons: [] });
});

test('each reason is a phrase, the heaviest first, and together they weigh', () => {
  expect(requestRisk({ ...calm, isCritical: true, timesBefore: 0, usual: null, hasTicket: false })).toEqual({
    level: 'high',
    reasons: ['a critical role', 'never had it here before', 'no ticket'],
  });
  expect(requestRisk({ ...calm, isGuest: true })).toEqual({ level: 'medium', reasons: ['a guest'] });
  expect(requestRisk({ ...calm, scopeKind: 'subscription' })).toEqual({
    level: 'low',
    reasons: ['a whole subscription'],
  });
});

test('a role of which nothing is known weighs like a critical one', () => {
  expect(requestRisk({ ...calm, isCritical: null })).toEqual({
    level: 'medium',
    reasons: ['what the role gives is not known'],
  });
});

test('dangerous actions are named by themselves, and not once more of a critical role', () => {
  expect(requestRisk({ ...calm, isDangerous: true })).toEqual({
    level: 'low',
    reasons: ['dangerous actions'],
  });
  expect(requestRisk({ ...calm, isDangerous: true, isCritical: true }).reasons).toEqual(['a critical role']);
});

test('longer than usual is twice as long, and not by minutes only', () => {
  expect(requestRisk({ ...calm, minutes: 60 }).reasons).toEqual(['longer than the usual 25 min']);
  expect(requestRisk({ ...calm, minutes: 49 }).reasons).toEqual([]);
  expect(requestRisk({ ...calm, minutes: 15, usual: { took: 5 } }).reasons).toEqual([]);
});

test('hours are unusual only where enough is known of them, and midnight is no border', () => {
  const night = day(20, '02:00:00');
  expect(requestRisk({ ...calm, beginsAt: night }).reasons).toEqual(['outside their usual hours']);
  expect(requestRisk({ ...calm, beginsAt: night, earlierStarts: mornings.slice(1) }).reasons).toEqual([]);
  const late = mornings.map((_, at) => day(at + 1, '23:30:00'));
  expect(requestRisk({ ...calm, beginsAt: day(20, '00:40:00'), earlierStarts: late }).reasons).toEqual([]);
});
