import { expect, test } from 'vitest';
import { windowOf } from './window-of.ts';

const at = (time: string) => new Date(`2026-11-21T${time}:00Z`);
const asked = {
  status: 'awaiting_approval',
  minutes: 60,
  startsAt: null,
  endsAt: null,
  activeAt: null,
  endedAt: null,
} as const;
const granted = { ...asked, startsAt: at('10:00'), endsAt: at('11:00'), activeAt: at('10:01') };

test('what is asked stands against what policy allows, when that is known', () => {
  expect(windowOf(asked, 240, at('10:00'))).toEqual({
    kind: 'ask',
    part: 0.25,
    lead: '1 h',
    rest: 'policy allows 4 h',
  });
  expect(windowOf(asked, null, at('10:00'))).toMatchObject({ part: 1, rest: 'asked' });
});

test('what was used stands against what was granted', () => {
  const ended = { ...granted, status: 'ended' as const, endedAt: at('10:22') };
  expect(windowOf(ended, 240, at('12:00'))).toEqual({
    kind: 'past',
    part: 22 / 60,
    lead: '22 min used',
    rest: 'of 1 h',
  });
});

test('a running window counts down', () => {
  expect(windowOf({ ...granted, status: 'active' }, 240, at('10:30'))).toMatchObject({
    kind: 'running',
    lead: '30 min left',
  });
});
