import { describe, expect, test } from 'vitest';
import { type Ask, judge, longestJustification, longestTicket, type PolicyFacts } from './policy.ts';
import { plusMinutes } from './time.ts';

const now = new Date('2026-03-01T10:00:00Z');
const ask: Ask = { minutes: 60, justification: 'A disk is full', ticketNumber: 'INC-1', startsAt: null };
const open: PolicyFacts = {
  maximumMinutes: 480,
  justification: false,
  ticket: false,
  mfa: false,
  authenticationContext: null,
  approval: false,
  approvers: [],
};
const day = 1440;

const rules: [rule: string, policy: Partial<PolicyFacts>, asked: Partial<Ask>, code: string | null][] = [
  ['nothing asked for, nothing missing', {}, { justification: '', ticketNumber: '' }, null],
  [
    'a justification asked for must be there',
    { justification: true },
    { justification: '' },
    'justification_missing',
  ],
  ['a justification that is there is enough', { justification: true }, {}, null],
  ['the longest justification passes', {}, { justification: 'x'.repeat(longestJustification) }, null],
  [
    'a longer justification does not',
    {},
    { justification: 'x'.repeat(longestJustification + 1) },
    'justification_too_long',
  ],
  ['a ticket asked for must be there', { ticket: true }, { ticketNumber: '' }, 'ticket_missing'],
  ['a ticket not asked for may be missing', {}, { ticketNumber: '' }, null],
  ['the longest ticket passes', {}, { ticketNumber: 'x'.repeat(longestTicket) }, null],
  ['a longer ticket does not', {}, { ticketNumber: 'x'.repeat(longestTicket + 1) }, 'ticket_too_long'],
  ['the longest window passes', {}, { minutes: 480 }, null],
  ['a minute more does not', {}, { minutes: 481 }, 'too_long'],
  ['five minutes pass', {}, { minutes: 5 }, null],
  ['four do not', {}, { minutes: 4 }, 'too_short'],
  ['a start a moment ago is now', {}, { startsAt: plusMinutes(now, -2) }, null],
  ['a start before that is past', {}, { startsAt: plusMinutes(now, -3) }, 'start_in_past'],
  ['a start in thirty days passes', {}, { startsAt: plusMinutes(now, 30 * day) }, null],
  ['a start later than that is too far', {}, { startsAt: plusMinutes(now, 30 * day + 1) }, 'start_too_late'],
];

test.each(rules)('%s', (_, policy, asked, code) => {
  const verdict = judge({ ...ask, ...asked }, { ...open, ...policy }, now);
  const codes = verdict.outcome === 'refused' ? verdict.faults.map((fault) => fault.code) : [];
  expect(codes).toEqual(code ? [code] : []);
});

test('every rule that fails is named, each with its field', () => {
  const verdict = judge(
    { minutes: 600, justification: '', ticketNumber: '', startsAt: plusMinutes(now, -60) },
    { ...open, justification: true, ticket: true, approval: true, authenticationContext: 'c1' },
    now,
  );
  expect(verdict).toEqual({
    outcome: 'refused',
    faults: [
      { code: 'justification_missing', field: 'justification' },
      { code: 'ticket_missing', field: 'ticketNumber' },
      { code: 'too_long', field: 'minutes', detail: 'The policy allows at most 8 h; you asked for 10 h.' },
      { code: 'start_in_past', field: 'startsAt' },
    ],
  });
});

describe('what is not refused', () => {
  const approvers = [{ id: 'bo', name: 'Bo', through: null }];
  test('is granted when nobody need say yes', () => {
    expect(judge(ask, open, now)).toEqual({ outcome: 'granted' });
  });
  test('needs approval, and says by whom', () => {
    expect(judge(ask, { ...open, approval: true, approvers }, now)).toEqual({
      outcome: 'needs_approval',
      approvers,
    });
  });
  test('needs step-up before approval', () => {
    const policy = { ...open, approval: true, approvers, authenticationContext: 'c1' };
    expect(judge(ask, policy, now)).toEqual({ outcome: 'needs_step_up', context: 'c1' });
  });
});
