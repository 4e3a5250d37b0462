import { expect, test } from 'vitest';
import { asksAzure, type Clocked, duties, nextDue } from './approval-due.ts';
import type { Stage } from './approval-policy.ts';
import { plusMinutes } from './time.ts';

const from = new Date('2026-11-22T08:00:00Z');
const at = (minutes: number) => plusMinutes(from, minutes);
const stage: Stage = {
  ...{ name: 'Platform', approvers: [], signatures: 1, excluded: [], remindAfterMinutes: 40 },
  escalation: { afterMinutes: 60, approvers: [] },
};
const waiting: Clocked = {
  ...{ state: 'waiting', stageSince: from, remindedAt: null, escalatedAt: null, lapsesAt: at(120) },
  ...{ approvedAt: null, useBy: null, usedAt: null, checkedAt: at(1000) },
};
const receipt: Clocked = { ...waiting, state: 'approved', approvedAt: at(60), useBy: at(90) };

test('who may sign is reminded again and again, the next set is asked once, and what is over has nothing else', () => {
  expect(nextDue(waiting, stage)).toEqual(at(40));
  expect(duties(waiting, stage, at(39))).toEqual([]);
  expect(duties(waiting, stage, at(61))).toEqual(['escalate', 'remind']);
  expect(nextDue({ ...waiting, remindedAt: at(40), escalatedAt: at(60) }, stage)).toEqual(at(80));
  expect(duties(waiting, stage, at(120))).toEqual(['over']);
  expect(nextDue(waiting, { ...stage, remindAfterMinutes: null, escalation: null })).toEqual(at(120));
});

test('a receipt is warned of once, an hour before it is over or at half its time, and lapses then', () => {
  expect(nextDue(receipt, stage)).toEqual(at(75));
  expect(duties(receipt, stage, at(76))).toEqual(['warn']);
  expect(nextDue({ ...receipt, useBy: at(600) }, stage)).toEqual(at(540));
  expect(nextDue({ ...receipt, remindedAt: at(75) }, stage)).toEqual(at(90));
  expect(duties(receipt, stage, at(90))).toEqual(['over']);
});

test('where duty decides who signs it is looked at every minute: in the stage, or in what it was escalated to', () => {
  const onCall = [{ is: 'on_call' as const, id: 'platform', name: 'Platform' }];
  const now = { ...waiting, checkedAt: from };
  expect(nextDue(now, { ...stage, approvers: onCall })).toEqual(at(1));
  const escalation = { afterMinutes: 60, approvers: onCall };
  expect(nextDue(now, { ...stage, escalation })).toEqual(at(10));
  expect(nextDue({ ...now, escalatedAt: from }, { ...stage, escalation })).toEqual(at(1));
  expect(nextDue({ ...receipt, checkedAt: from }, { ...stage, approvers: onCall })).toEqual(at(10));
});

test('whether there is somebody to give it to is looked at while it waits; an end is never due again', () => {
  expect(nextDue({ ...waiting, checkedAt: from }, stage)).toEqual(at(10));
  for (const state of ['denied', 'lapsed', 'closed', 'automatic'] as const)
    expect(nextDue({ ...waiting, state }, stage)).toBeNull();
  expect(nextDue({ ...receipt, usedAt: at(70) }, stage)).toBeNull();
});

test('Azure is asked every ten minutes of the stage, however often it is looked at', () => {
  const asked = [];
  let checkedAt = from;
  for (let minute = 1; minute <= 30; minute++) {
    if (asksAzure({ ...waiting, checkedAt }, at(minute))) asked.push(minute);
    checkedAt = at(minute);
  }
  expect(asked).toEqual([10, 20, 30]);
  // Late, it is asked all the same, once.
  expect(asksAzure({ ...waiting, checkedAt: at(9) }, at(47))).toBe(true);
  expect(asksAzure({ ...waiting, checkedAt: at(47) }, at(49))).toBe(false);
  // Looked at every ten minutes, each look asks.
  expect(asksAzure({ ...waiting, checkedAt: at(13) }, at(23))).toBe(true);
});
