import { describe, expect, test } from 'vitest';
import { fileRequest } from './file.ts';
import { activeFor, entraRolesOf } from './holdings.ts';
import { knownRoles } from './known-roles.ts';
import { settle } from './settle.ts';
import { hour, ids, minute, noon } from './test-tenant.ts';
import {
  active,
  app,
  ask,
  byApprovers,
  eligible,
  groupScope,
  person,
  rootScope,
  setPolicy,
  subscriptionScope,
  testWorld,
} from './testing.ts';

const ada = person(ids.ada);
const refusedBy = (rules: string) =>
  expect.objectContaining({ message: `The following policy rules failed: ${rules}` });
const code = (value: string) => expect.objectContaining({ status: 400, code: value });
const lasting = (duration: string) => ({ type: 'afterDuration' as const, duration, endAt: null });

describe('activating', () => {
  test('gives the role from now for the length asked, and takes it back at the end', () => {
    const world = testWorld();
    const request = fileRequest(world, ada, ask());
    expect(request).toMatchObject({ status: 'Provisioned', startAt: noon, completedAt: noon });
    expect(entraRolesOf(world, ids.ada)).toEqual([knownRoles.userAdministrator]);
    world.advance(hour);
    settle(world);
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
    expect(world.state.schedules.some(({ id }) => id === request.targetScheduleId)).toBe(false);
  });

  test('is seen only after the provisioning delay', () => {
    const world = testWorld();
    world.state.provisioningDelayMs = minute;
    fileRequest(world, ada, ask());
    expect(activeFor(world, ids.ada)).toEqual([]);
    world.advance(minute);
    expect(activeFor(world, ids.ada)).toHaveLength(1);
  });

  test('waits as Granted for a start that lies ahead', () => {
    const world = testWorld();
    const request = fileRequest(world, ada, ask({ startAt: noon + hour }));
    expect(request).toMatchObject({ status: 'Granted', completedAt: noon + hour });
    expect(activeFor(world, ids.ada)).toEqual([]);
    world.advance(hour);
    settle(world);
    expect(request.status).toBe('Provisioned');
    expect(activeFor(world, ids.ada)).toHaveLength(1);
  });

  test('of a group gives what the group holds, for as long as it lasts', () => {
    const world = testWorld();
    active(world, { principalId: ids.onCall, role: knownRoles.securityReader });
    fileRequest(world, ada, ask({ plane: 'group', role: 'member', scope: ids.onCall }));
    expect(entraRolesOf(world, ids.ada)).toEqual([knownRoles.securityReader]);
    world.advance(hour);
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
  });

  test('of a role held at a management group stops at the subscription; one held there reaches further', () => {
    const world = testWorld();
    const within = ask({ plane: 'azure', role: ids.contributor, scope: groupScope });
    expect(() => fileRequest(world, ada, within)).toThrow(
      expect.objectContaining({ status: 403, code: 'AuthorizationFailed' }),
    );
    eligible(world, { plane: 'azure', role: ids.contributor, scope: subscriptionScope });
    expect(fileRequest(world, ada, within)).toMatchObject({ status: 'Provisioned', scope: groupScope });
  });

  test('of an Azure role reaches below the scope of the eligibility, of an Entra role it does not', () => {
    const world = testWorld();
    const azure = ask({ plane: 'azure', role: ids.contributor, scope: subscriptionScope.toUpperCase() });
    expect(fileRequest(world, ada, azure)).toMatchObject({ status: 'Provisioned', scope: subscriptionScope });
    active(world, { principalId: ids.lou, scope: '/administrativeUnits/one' });
    expect(() => fileRequest(world, ada, ask({ scope: '/administrativeUnits/one' }))).toThrow(
      refusedBy('["EligibilityRule"]'),
    );
  });

  test('through a group one belongs to draws on the eligibility of the group', () => {
    const world = testWorld();
    eligible(world, { principalId: ids.everyone, role: knownRoles.securityReader });
    const request = fileRequest(
      world,
      person(ids.bo),
      ask({ principalId: ids.bo, role: knownRoles.securityReader }),
    );
    expect(request.status).toBe('Provisioned');
  });

  test('ends when the eligibility it came from ends', () => {
    const world = testWorld();
    eligible(world, { role: knownRoles.securityReader, endAt: noon + 10 * minute });
    fileRequest(world, ada, ask({ role: knownRoles.securityReader }));
    world.advance(10 * minute);
    settle(world);
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
  });
});

test.each(['PT5M', 'PT8H'])('the shortest and the longest window themselves are allowed: %s', (duration) => {
  const request = fileRequest(testWorld(), ada, ask({ expiration: lasting(duration) }));
  expect(request.status).toBe('Provisioned');
});

describe('an activation is refused', () => {
  test('without an eligibility, for a named eligibility that is not one, and after it ended', () => {
    const world = testWorld();
    const none = refusedBy('["EligibilityRule"]');
    expect(() => fileRequest(world, person(ids.lou), ask({ principalId: ids.lou }))).toThrow(none);
    expect(() => fileRequest(world, ada, ask({ linkedEligibilityId: ids.lou }))).toThrow(none);
    eligible(world, { role: knownRoles.securityReader, endAt: noon + hour });
    const later = ask({ role: knownRoles.securityReader, startAt: noon + 2 * hour });
    expect(() => fileRequest(world, ada, later)).toThrow(none);
  });

  test('naming every broken rule together', () => {
    const world = testWorld();
    setPolicy(world, { enabledRules: ['Ticketing', 'Justification', 'MultiFactorAuthentication'] });
    const bare = ask({ justification: '  ', expiration: lasting('PT9H') });
    expect(() => fileRequest(world, person(ids.ada, { mfa: false }), bare)).toThrow(
      refusedBy('["ExpirationRule","JustificationRule","TicketingRule","MfaRule"]'),
    );
    expect(fileRequest(world, ada, ask({ ticketNumber: 'INC1' })).status).toBe('Provisioned');
  });

  test.each([
    lasting('PT8H1S'),
    lasting('PT4M59S'),
    { type: 'noExpiration' as const, duration: null, endAt: null },
  ])('outside five minutes and the longest window: %o', (expiration) => {
    const world = testWorld();
    expect(() => fileRequest(world, ada, ask({ expiration }))).toThrow(refusedBy('["ExpirationRule"]'));
  });

  test.each([
    lasting('soon'),
    lasting('PT0S'),
    { type: 'afterDateTime' as const, duration: null, endAt: noon - 1 },
  ])('when the dates make no sense: %o', (expiration) => {
    expect(() => fileRequest(testWorld(), ada, ask({ expiration }))).toThrow(
      code('InvalidRoleAssignmentRequest'),
    );
  });

  test('while an authentication context is missing, with the claims to ask for in the message', () => {
    const world = testWorld();
    setPolicy(world, { authenticationContext: { enabled: true, claimValue: 'c1' } });
    expect(() => fileRequest(world, ada, ask())).toThrow(
      '&claims=%7B%22access_token%22%3A%7B%22acrs%22%3A%7B%22essential%22%3Atrue%2C%20%22value%22%3A%22c1%22%7D%7D%7D',
    );
    expect(fileRequest(world, person(ids.ada, { acrs: ['c1'] }), ask()).status).toBe('Provisioned');
  });

  test('while active, while pending, and over a future window, but not beside one', () => {
    const world = testWorld();
    const exists = code('RoleAssignmentExists');
    fileRequest(world, ada, ask({ startAt: noon + 2 * hour }));
    expect(() => fileRequest(world, ada, ask({ expiration: lasting('PT3H') }))).toThrow(exists);
    expect(fileRequest(world, ada, ask({ expiration: lasting('PT2H') })).status).toBe('Provisioned');
    expect(() => fileRequest(world, ada, ask())).toThrow(exists);
    setPolicy(world, { plane: 'group', role: 'member', scope: ids.onCall, approval: byApprovers });
    const group = ask({ plane: 'group', role: 'member', scope: ids.onCall });
    fileRequest(world, ada, group);
    expect(() => fileRequest(world, ada, group)).toThrow(exists);
  });

  test('for someone else, and for an app', () => {
    const world = testWorld();
    eligible(world, { principalId: ids.workload });
    expect(() => fileRequest(world, person(ids.lou), ask())).toThrow(code('InvalidRoleAssignmentRequest'));
    expect(() => fileRequest(world, app(), ask({ principalId: ids.workload }))).toThrow(
      code('InvalidRoleAssignmentRequest'),
    );
  });

  test('for what is not there: person, role, group, scope', () => {
    const world = testWorld();
    const nobody = '99999999-0000-4000-8000-000000000000';
    expect(() => fileRequest(world, ada, ask({ principalId: nobody }))).toThrow(code('SubjectNotFound'));
    expect(() => fileRequest(world, ada, ask({ role: nobody }))).toThrow(code('RoleNotFound'));
    const group = ask({ plane: 'group', role: 'member', scope: nobody });
    expect(() => fileRequest(world, ada, group)).toThrow(code('SubjectNotFound'));
    const azure = ask({ plane: 'azure', role: ids.contributor, scope: '/subscriptions/none' });
    expect(() => fileRequest(world, ada, azure)).toThrow(code('InvalidRoleAssignmentRequest'));
  });
});

test('the settings of an Azure role come from the nearest scope that has its own', () => {
  const world = testWorld();
  setPolicy(world, { plane: 'azure', role: ids.contributor, scope: rootScope, maximumDuration: 'PT30M' });
  const azure = ask({ plane: 'azure', role: ids.contributor, scope: subscriptionScope });
  expect(() => fileRequest(world, ada, azure)).toThrow(refusedBy('["ExpirationRule"]'));
  setPolicy(world, { plane: 'azure', role: ids.contributor, scope: subscriptionScope });
  expect(fileRequest(world, ada, azure).status).toBe('Provisioned');
});

test('the same id again is the same request, once; with other contents it is refused', () => {
  const world = testWorld();
  const named = ask({ id: 'AAAAAAAA-0000-4000-8000-000000000001' });
  const first = fileRequest(world, ada, named);
  expect(fileRequest(world, ada, named)).toBe(first);
  expect(world.state.requests).toHaveLength(1);
  expect(() => fileRequest(world, ada, { ...named, action: 'selfDeactivate' })).toThrow(
    code('InvalidRoleAssignmentRequest'),
  );
});

test('validation runs the rules and leaves nothing behind', () => {
  const world = testWorld();
  const before = structuredClone(world.state);
  expect(fileRequest(world, ada, ask({ validateOnly: true })).status).toBe('Granted');
  expect(() => fileRequest(world, ada, ask({ validateOnly: true, justification: null }))).toThrow(
    refusedBy('["JustificationRule"]'),
  );
  expect(world.state).toEqual(before);
});
