import { expect, test } from 'vitest';
import { type AssigningRules, type AssigningSide, restoreWords } from './assigning.ts';

const now = new Date('2026-11-22T06:00:00Z');
const free: AssigningSide = { mustEnd: false, longestMinutes: 1440, ticket: false, mfa: false };
const rules = (active: Partial<AssigningSide>): AssigningRules => ({
  eligible: free,
  active: { ...free, ...active },
});
const standing = { kind: 'standing', endsAt: null, plane: 'entra' } as const;
const until = (endsAt: string) => ({ kind: 'time_bound', endsAt, plane: 'entra' }) as const;

test('what the policy allows may be given back as it was', () => {
  expect(restoreWords(standing, rules({}), now)).toMatch(/^Yes/);
  expect(restoreWords(until('2026-11-23T05:00:00Z'), rules({ mustEnd: true }), now)).toMatch(/^Yes/);
  expect(restoreWords({ ...standing, kind: 'eligible' }, rules({ mustEnd: true }), now)).toMatch(/^Yes/);
});

test('what it does not allow is said before anybody approves', () => {
  expect(restoreWords(standing, rules({ mustEnd: true }), now)).toMatch(/^No: it must end, after 1 d/);
  expect(restoreWords(until('2026-12-22T06:00:00Z'), rules({ mustEnd: true }), now)).toMatch(
    /^No: it may last 1 d/,
  );
  expect(restoreWords(standing, rules({ mfa: true, ticket: true }), now)).toMatch(
    /^No: .*multifactor.*ticket/,
  );
});

test('an end that is past cannot be given back', () => {
  expect(restoreWords(until('2026-11-22T05:59:00Z'), rules({}), now)).toMatch(/^No: its end is past/);
});

test('a plain Azure role asks no policy; an unread policy is no yes', () => {
  expect(restoreWords({ ...standing, plane: 'azure' }, null, now)).toMatch(/^Yes/);
  expect(restoreWords(standing, null, now)).toMatch(/^Unknown/);
});

test('to take the end off a role again is PIM’s to allow, on Azure too', () => {
  const azure = { ...standing, plane: 'azure' } as const;
  expect(restoreWords(azure, rules({ mustEnd: true }), now, true)).toMatch(/^No: it must end/);
  expect(restoreWords(azure, rules({}), now, true)).toMatch(/^Yes/);
});
