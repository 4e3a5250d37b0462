import { expect, test } from 'vitest';
import { judgeHold, saysClosed } from './ticket-hold.ts';
import { plusMinutes } from './time.ts';

const now = new Date('2026-11-22T10:00:00Z');
const ago = (minutes: number) => plusMinutes(now, -minutes);
const ticket = {
  ...{ key: 'INC1', moved: false, title: '', state: 'Closed', open: false, url: null, window: null },
  ...{ assignedTo: null, assignees: [], groups: [], affected: [] },
};

test('a system says closed only of this very ticket', () => {
  expect(saysClosed(ticket)).toBe(true);
  expect(saysClosed({ ...ticket, open: true })).toBe(false);
  expect([
    saysClosed(null),
    saysClosed({ why: 'it is away' }),
    saysClosed({ ...ticket, moved: true }),
  ]).toEqual([null, null, null]);
});

test.each<[string, Date | null, boolean | null, ReturnType<typeof judgeHold>]>([
  ['the first look that sees it closed ends nothing', null, true, 'closed'],
  ['nor does one that comes too soon after', ago(4.9), true, 'nothing'],
  ['five minutes on, it is over', ago(5), true, 'over'],
  ['opened again, it begins anew', ago(60), false, 'reopened'],
  ['open as before, nothing happens', null, false, 'nothing'],
  ['no word of it says nothing, however long ago it was closed', ago(60), null, 'nothing'],
])('%s', (_, closedAt, closed, verdict) => {
  expect(judgeHold(closedAt, closed, now)).toBe(verdict);
});
