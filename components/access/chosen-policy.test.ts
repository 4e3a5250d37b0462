import { expect, test } from 'vitest';
import { unknownPolicy } from '#lib/domain/policy.ts';
import { chosenPolicy, defaultMinutes, faultsOf, minutesFor } from './chosen-policy.ts';

const easy = { policy: { ...unknownPolicy, maximumMinutes: 30, justification: false } };
const strict = { policy: { ...unknownPolicy, maximumMinutes: 240, ticket: true } };
const now = new Date('2026-11-21T10:00:00Z');
const form = { justification: 'Roll out', ticketNumber: 'CHG1', minutes: 60, startsAt: null };

test('a form for several roles asks for what any of them asks, up to the longest window', () => {
  expect(chosenPolicy([easy, strict])).toMatchObject({
    maximumMinutes: 240,
    justification: true,
    ticket: true,
  });
  expect(chosenPolicy([easy])).toMatchObject({ maximumMinutes: 30, justification: false, ticket: false });
});

test('each role is asked for no longer than its own policy allows', () => {
  expect(minutesFor(easy, 60)).toBe(30);
  expect(minutesFor(strict, 60)).toBe(60);
  expect(defaultMinutes(chosenPolicy([easy]))).toBe(30);
});

test('blank text is no reason and no ticket', () => {
  const faults = faultsOf({ ...form, justification: '  ', ticketNumber: ' ' }, chosenPolicy([strict]), now);
  expect(faults.map(({ code }) => code)).toEqual(['justification_missing', 'ticket_missing']);
});

test('longer than the longest is refused with the maximum in words', () => {
  const [fault] = faultsOf({ ...form, minutes: 300 }, chosenPolicy([easy, strict]), now);
  expect(fault).toMatchObject({ code: 'too_long', field: 'minutes' });
  expect(fault?.detail).toContain('at most 4 h');
});
