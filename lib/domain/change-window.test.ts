import { expect, test } from 'vitest';
import { isInChangeWindow, noChange, planOf } from './change-window.ts';
import type { Ticket, TicketCheck } from './ticket.ts';

const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);
const ticket: Ticket = {
  ...{ key: 'CHG1', moved: false, title: '', state: 'Scheduled', open: true, url: null, assignedTo: null },
  ...{ assignees: [], groups: [], affected: [], approved: true },
  window: { from: at('10:00'), to: at('12:00') },
};
const check = (answer: TicketCheck['answer']) => ({ answer }) as TicketCheck;
const judged = (facts: Partial<Ticket>, from = '10:00', minutes = 60) =>
  isInChangeWindow(planOf(check({ ...ticket, ...facts })), at(from), minutes);

test('the whole activation has to lie in the window of a change that was approved and is open', () => {
  expect(judged({})).toBe(true);
  expect(judged({}, '11:00')).toBe(true);
  expect(judged({}, '11:01')).toBe(false);
  expect(judged({}, '09:59')).toBe(false);
  expect(judged({ approved: false })).toBe(false);
  expect(judged({ open: false })).toBe(false);
  expect(judged({ moved: true })).toBe(false);
  expect(judged({ window: null })).toBe(false);
  expect(judged({ window: { from: at('10:00'), to: null } })).toBe(false);
});

test('what its system does not say is not known', () => {
  expect(judged({ approved: null })).toBeNull();
  expect(isInChangeWindow(planOf(check({ why: 'it was away.' })), at('10:00'), 60)).toBeNull();
  expect(isInChangeWindow(planOf(check(null)), at('10:00'), 60)).toBe(false);
  expect(isInChangeWindow(noChange, at('10:00'), 60)).toBe(false);
});
