import { expect, test } from 'vitest';
import { readCallout } from './read-callout.ts';

const now = new Date('2026-11-02T09:00:00Z');
const eight = '2026-11-02T17:00:00Z';

function minutesOf(expiration: object, startDateTime: string | null = null) {
  const body = {
    '@odata.type': '#microsoft.graph.unifiedRoleAssignmentScheduleRequest',
    ...{ id: crypto.randomUUID(), action: 'selfActivate', principalId: crypto.randomUUID() },
    ...{ roleDefinitionId: crypto.randomUUID(), directoryScopeId: '/', justification: 'A disk is full' },
    scheduleInfo: { startDateTime, expiration },
  };
  return (readCallout(body, now) ?? expect.fail('not understood')).minutes;
}

test.each<[string, object, number | null]>([
  ['a duration', { type: 'afterDuration', duration: 'PT1H', endDateTime: null }, 60],
  ['in Azure’s words', { type: 'AfterDuration', duration: 'PT1H' }, 60],
  ['an end', { type: 'afterDateTime', endDateTime: eight }, 480],
  [
    'an end, with a short duration beside it',
    { type: 'afterDateTime', endDateTime: eight, duration: 'PT5M' },
    480,
  ],
  [
    'a duration, with a late end beside it',
    { type: 'afterDuration', endDateTime: eight, duration: 'PT5M' },
    480,
  ],
  [
    'an end, with a longer duration beside it',
    { type: 'afterDateTime', endDateTime: eight, duration: 'PT9H' },
    540,
  ],
])(
  'an activation is as long as the type of its expiration says, and as the longer of two: %s',
  (_, said, minutes) => {
    expect(minutesOf(said)).toBe(minutes);
  },
);

test('an end is counted from the start that is asked for', () => {
  expect(minutesOf({ type: 'afterDateTime', endDateTime: eight }, '2026-11-02T16:30:00Z')).toBe(30);
});

test.each<[string, object]>([
  ['noExpiration', { type: 'noExpiration', duration: 'PT1H' }],
  ['notSpecified', { type: 'notSpecified', duration: 'PT1H' }],
  ['a type nobody knows', { type: 'constructor', duration: 'PT1H' }],
  ['no type', { duration: 'PT1H' }],
  ['a type without its field', { type: 'afterDateTime', duration: 'PT1H' }],
  ['a duration that is none', { type: 'afterDuration', duration: 'an hour', endDateTime: eight }],
  ['an end that is past', { type: 'afterDateTime', endDateTime: '2026-11-02T08:00:00Z' }],
])('a length that Stint does not understand is none: %s', (_, said) => {
  expect(minutesOf(said)).toBeNull();
});
