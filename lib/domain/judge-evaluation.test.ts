import { expect, test } from 'vitest';
import type { Callout } from './evaluation.ts';
import { judgeEvaluation, type Receipt } from './judge-evaluation.ts';
import { plusMinutes } from './time.ts';

const now = new Date('2026-11-02T09:00:00Z');
const tomorrow = plusMinutes(now, 1440);
const role = { plane: 'azure', roleId: crypto.randomUUID(), scopeId: '/subscriptions/s' } as const;
const then = {
  ...{ is: 'stages' as const, stages: [], lapseMinutes: 1440, useByMinutes: 240, bulk: false },
};
const when = {
  ...{ planes: [], roles: [], scopes: [], critical: false, groups: [], guests: false },
  ...{ longerThanMinutes: null, atMostMinutes: null, hours: null, onCall: [], inChangeWindow: false },
};

/** What is said to an activation of an hour from now, where an approval for just that waits. */
function said(receipt: Partial<Receipt>, asked: Partial<Callout> = {}) {
  const callout: Callout = {
    ...{ azureId: null, principalId: 'ada', role, action: 'activate', minutes: 60, startsAt: null },
    ...{ justification: '', ticketNumber: '', ...asked },
  };
  const held: Receipt = {
    ...{ requestId: 'r', is: 'to_start', minutes: 60, ticketNumber: '', scope: 'same', isSpent: false },
    ...{ startsAt: null, useBy: plusMinutes(now, 240), fault: null, ...receipt },
  };
  const verdict = { is: 'stages' as const, rule: { id: 'rule', name: 'Two eyes', when, then } };
  const rest = { isCritical: false, autoApproves: false, now };
  return judgeEvaluation({ callout, verdict, receipts: [held], ...rest }).outcome;
}

test.each<[string, Partial<Receipt>, Partial<Callout>]>([
  ['narrower', { scope: 'above' }, {}],
  ['shorter', {}, { minutes: 30 }],
  ['later', {}, { startsAt: plusMinutes(now, 60) }],
  ['at once, though it was asked for later', { startsAt: tomorrow }, {}],
  ['before the start that was asked for', { startsAt: tomorrow }, { startsAt: plusMinutes(tomorrow, -10) }],
  ['after the start that was asked for', { startsAt: tomorrow }, { startsAt: plusMinutes(tomorrow, 10) }],
  ['once more', { isSpent: true }, {}],
])('what Stint is asking Azure for lets nothing pass but that: not %s', (_, receipt, asked) => {
  expect(said({ ...receipt, is: 'in_filing' }, asked)).toBe('denied');
});

test.each<[string, Partial<Receipt>, Partial<Callout>]>([
  ['now', {}, {}],
  ['by Stint’s clock, a little later', {}, { startsAt: plusMinutes(now, 1) }],
  ['later', { startsAt: tomorrow }, { startsAt: tomorrow }],
  ['late, where its start is past', { startsAt: plusMinutes(now, -60) }, { startsAt: plusMinutes(now, -60) }],
  ['after the time to start it', { useBy: plusMinutes(now, -60) }, {}],
])('what Stint is asking Azure for passes, as it was approved: %s', (_, receipt, asked) => {
  expect(said({ ...receipt, is: 'in_filing' }, asked)).toBe('approved');
});

test('an approval is for what begins in its time, or when it was approved to begin', () => {
  expect(said({}, { startsAt: plusMinutes(now, 240) })).toBe('approved');
  expect(said({}, { startsAt: plusMinutes(now, 241) })).toBe('denied');
  expect(said({ startsAt: tomorrow }, { startsAt: tomorrow })).toBe('approved');
  expect(said({ startsAt: tomorrow }, { startsAt: plusMinutes(tomorrow, 60) })).toBe('denied');
  expect(said({ startsAt: tomorrow, useBy: now }, { startsAt: tomorrow })).toBe('denied');
});
