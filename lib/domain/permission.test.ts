import { describe, expect, test } from 'vitest';
import type { Actor, AppRole } from './actor.ts';
import {
  mayApprove,
  mayCancel,
  mayCloseReviews,
  mayEnd,
  mayOperate,
  mayReadAllHistory,
  mayReadReviews,
  mayResume,
  mayRunReviews,
  maySeeRequest,
  maySign,
  mayStart,
} from './permission.ts';
import { type RequestStatus, requestStatuses } from './request.ts';

const actor = (objectId: string, ...roles: AppRole[]): Actor => ({
  tenantId: 'contoso',
  objectId,
  name: 'The same name',
  upn: 'same@contoso.example',
  roles,
});
const owner = actor('owner');
const approver = actor('approver');
const stranger = actor('stranger');
const people: Record<string, Actor> = {
  owner,
  approver,
  stranger,
  auditor: actor('auditor', 'Stint.Auditor'),
  administrator: actor('administrator', 'Stint.Administrator'),
  reviewer: actor('reviewer', 'Stint.Reviewer'),
};
const request = (status: RequestStatus) => ({
  status,
  requesterId: 'owner',
  approverIds: ['approver', 'owner'],
});
const who = (may: (actor: Actor) => boolean) =>
  Object.keys(people).filter((name) => may(people[name] ?? stranger));
const when = (may: (status: RequestStatus) => boolean) => requestStatuses.filter(may);

describe('who may', () => {
  test('read everybody’s history: auditors and administrators', () => {
    expect(who(mayReadAllHistory)).toEqual(['auditor', 'administrator']);
  });
  test('see a request: its person, those who can decide it, and who reads all history', () => {
    expect(who((one) => maySeeRequest(one, request('active')))).toEqual([
      'owner',
      'approver',
      'auditor',
      'administrator',
    ]);
  });
  test('decide: an approver, never the person it is for, though a group makes them one', () => {
    expect(who((one) => mayApprove(one, request('awaiting_approval')))).toEqual(['approver']);
  });
  test.each([
    ['cancel', mayCancel, 'awaiting_approval'],
    ['end', mayEnd, 'active'],
    ['resume', mayResume, 'needs_you'],
    ['start', mayStart, 'approved'],
  ] as const)('%s: only the person it is for, whatever roles others have', (_, may, status) => {
    expect(who((one) => may(one, request(status)))).toEqual(['owner']);
  });
});

describe('when', () => {
  test('a stage is signed: while the request waits for signatures, by whom it asks', () => {
    expect(when((status) => maySign(approver, request(status)))).toEqual(['awaiting_signatures']);
    expect(who((one) => maySign(one, request('awaiting_signatures')))).toEqual(['approver']);
  });
  test('what was approved is started: until it is', () => {
    expect(when((status) => mayStart(owner, request(status)))).toEqual(['approved']);
  });
  test('a request is decided: while it waits', () => {
    expect(when((status) => mayApprove(approver, request(status)))).toEqual(['awaiting_approval']);
  });
  test('it is cancelled: before it is granted or has started', () => {
    expect(when((status) => mayCancel(owner, request(status)))).toEqual([
      'awaiting_signatures',
      'approved',
      'needs_you',
      'awaiting_approval',
      'scheduled',
    ]);
  });
  test('it is ended: while it is active', () => {
    expect(when((status) => mayEnd(owner, request(status)))).toEqual(['active']);
  });
  test('it is resumed: when it waits for its person', () => {
    expect(when((status) => mayResume(owner, request(status)))).toEqual(['needs_you']);
  });
});

test('only an administrator operates Stint', () => {
  expect(who(mayOperate)).toEqual(['administrator']);
});

test('reviews are run by administrators and reviewers, closed early by administrators, and read by auditors too', () => {
  expect(who(mayRunReviews)).toEqual(['administrator', 'reviewer']);
  expect(who(mayCloseReviews)).toEqual(['administrator']);
  expect(who(mayReadReviews)).toEqual(['auditor', 'administrator', 'reviewer']);
});
