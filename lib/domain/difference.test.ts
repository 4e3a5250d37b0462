import { describe, expect, test } from 'vitest';
import { differences, placeOf } from './difference.ts';
import type { RequestStatus } from './request.ts';
import { plusMinutes } from './time.ts';

const now = new Date('2026-03-02T12:00:00Z');
const at = (minutes: number) => plusMinutes(now, minutes);
const role = { plane: 'azure', roleId: 'r', scopeId: '/subscriptions/S1/resourceGroups/rg' } as const;
const held = { ...role, principalId: 'ada', startsAt: at(-30), endsAt: at(30) };
const row = (status: RequestStatus, changes = {}) => ({
  ...{ ...role, id: '1', requesterId: 'ada', status, startsAt: at(-30), endsAt: at(30) },
  ...{
    filedAt: at(-31),
    wantedStartAt: null as Date | null,
    activeAt: at(-30),
    endedAt: null as Date | null,
  },
  ...changes,
});
const places = ['/subscriptions/s1'];
const other = { ...held, principalId: 'bo' };
const kinds = (facts: Partial<Parameters<typeof differences<typeof held, ReturnType<typeof row>>>[0]>) =>
  differences({ held: [], places, recorded: [], now, ...facts }).found.map(({ kind }) => kind);

test('what both hold alike is no difference, whatever the case of its ids', () => {
  const quiet = { ...row('active'), requesterId: 'ADA', scopeId: role.scopeId.toLowerCase() };
  const { found } = differences({ held: [held], places, recorded: [quiet], now });
  expect(found).toEqual([]);
});

test('what Stint does not know was filed elsewhere', () => {
  expect(kinds({ held: [held] })).toEqual(['filed_elsewhere']);
  const earlier = row('ended', { startsAt: at(-200), endsAt: at(-140), endedAt: at(-140) });
  expect(kinds({ held: [held], recorded: [earlier] })).toEqual(['filed_elsewhere']);
});

test.each(['filed', 'needs_you', 'awaiting_approval', 'scheduled', 'provisioning', 'withdrawing'] as const)(
  'what Azure shows while Stint says %s is awaited, not filed elsewhere',
  (status) => {
    const { found, awaited } = differences({ held: [held], places, recorded: [row(status)], now });
    expect([found, awaited.map(({ id }) => id)]).toEqual([[], ['1']]);
  },
);

test.each([
  ['began before it was filed', { filedAt: at(-10) }],
  ['began before the start it asked for', { wantedStartAt: at(60), startsAt: at(60), endsAt: at(120) }],
])('an activation that %s is another one, beside it', (_, changes) => {
  for (const status of ['scheduled', 'provisioning', 'awaiting_approval'] as const) {
    const { found, awaited } = differences({
      ...{ held: [held], places, now },
      recorded: [row(status, changes)],
    });
    expect(found).toMatchObject([{ kind: 'filed_elsewhere', recorded: { id: '1' } }]);
    expect(awaited).toEqual([]);
  }
});

describe('of a window and the one that follows it', () => {
  const first = row('active', { startsAt: at(-60), endsAt: at(0), filedAt: at(-61) });
  const next = row('scheduled', {
    ...{ id: '2', wantedStartAt: at(0), startsAt: at(0), endsAt: at(30), filedAt: at(-10), activeAt: null },
  });
  const both = { places, recorded: [next, first], now };

  test('the one that is on is the first’s', () => {
    const { found, awaited } = differences({
      ...both,
      held: [{ ...held, startsAt: at(-60), endsAt: at(0) }],
    });
    expect([found, awaited]).toEqual([[], []]);
  });

  test('what begins at the end is the second’s, and awaited', () => {
    const { found, awaited } = differences({ ...both, held: [{ ...held, startsAt: at(0), endsAt: at(30) }] });
    expect([found, awaited.map(({ id }) => id)]).toEqual([[], ['2']]);
  });
});

describe('what Azure does not show', () => {
  test('is a difference in a place that answered', () => {
    expect(kinds({ held: [other], recorded: [row('active')] })).toContain('active_unknown_to_azure');
  });
  test('says nothing in a place that did not', () => {
    expect(kinds({ held: [other], recorded: [row('active')], places: ['/subscriptions/s2'] })).toEqual([
      'filed_elsewhere',
    ]);
  });
  test('is nothing yet while it is young', () => {
    expect(kinds({ held: [other], recorded: [row('active', { activeAt: at(-1) })] })).toEqual([
      'filed_elsewhere',
    ]);
  });
  test('is not believed when nothing at all is shown', () => {
    const verdict = differences({ held: [], places, recorded: [row('active')], now });
    expect(verdict).toEqual({ found: [], awaited: [], agreed: [], emptied: true });
  });
  test('is no matter for what is ending', () => {
    expect(kinds({ held: [other], recorded: [row('ending')] })).toEqual(['filed_elsewhere']);
  });
});

describe('past the end', () => {
  test('Azure holding it is a difference after two minutes', () => {
    expect(kinds({ held: [held], recorded: [row('active', { endsAt: at(-3) })] })).toEqual(['held_past_end']);
    const now = [row('ending', { endsAt: at(-1) })];
    expect(kinds({ held: [{ ...held, endsAt: at(-1) }], recorded: now })).toEqual([]);
  });
  test('the same activation shown after it ended is an afterglow, then a difference, never a new one', () => {
    const ended = (minutesAgo: number) => [row('ended', { endedAt: at(-minutesAgo) })];
    expect(kinds({ held: [held], recorded: ended(9) })).toEqual([]);
    expect(kinds({ held: [held], recorded: ended(11) })).toEqual(['held_past_end']);
  });
  test('another end than Stint knows is a difference', () => {
    expect(kinds({ held: [{ ...held, endsAt: at(90) }], recorded: [row('active')] })).toEqual([
      'window_differs',
    ]);
  });
});

test.each([
  [{ plane: 'entra', roleId: 'r', scopeId: '/administrativeUnits/1' }, '/'],
  [{ plane: 'group', roleId: 'member', scopeId: 'ABC' }, 'abc'],
  [role, '/subscriptions/s1'],
  [
    { plane: 'azure', roleId: 'r', scopeId: '/providers/Microsoft.Management/managementGroups/Root' },
    '/providers/microsoft.management/managementgroups/root',
  ],
] as const)('the place of %o is %s', (one, place) => {
  expect(placeOf(one)).toBe(place);
});
