import { expect, test } from 'vitest';
import { nextStep } from './next-step.ts';

const may = {
  ...{ cancel: false, end: false, extend: false, resume: false, start: false },
  ...{ askAgain: false, decide: false, sign: false },
};
const story = { may, approvers: [], endCause: null, origin: 'stint' as const, stepUp: null };

test.each(['failed', 'lapsed', 'denied'] as const)('%s offers asking again only to who may', (status) => {
  expect(nextStep({ ...story, status, may: { ...may, askAgain: true } })).toMatch(/ask again/i);
  expect(nextStep({ ...story, status })).not.toMatch(/ask again/i);
});

test('an ending access is not called gone', () => {
  expect(nextStep({ ...story, status: 'ending' })).toContain('count it as on');
});

test('what somebody else took away says so', () => {
  expect(nextStep({ ...story, status: 'ended', endCause: 'removed_in_azure' })).toContain('removed it');
});

test('waiting names who can decide, or says that somebody has to', () => {
  const waiting = { ...story, status: 'awaiting_approval' as const };
  expect(nextStep({ ...waiting, approvers: ['Bo', 'Cy'] })).toContain('Bo or Cy can decide');
  expect(nextStep(waiting)).toContain('An approver can decide');
});

test('what waits for a stronger sign-in is not offered a resume that could not meet it', () => {
  const waiting = { ...story, status: 'needs_you' as const, may: { ...may, resume: true } };
  expect(nextStep(waiting)).toContain('Resume');
  expect(nextStep({ ...waiting, stepUp: { what: 'a stronger sign-in', repeats: 0 } })).not.toContain(
    'Resume',
  );
});
