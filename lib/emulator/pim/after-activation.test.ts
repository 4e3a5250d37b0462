import { describe, expect, test } from 'vitest';
import { cancelRequest } from './cancel.ts';
import { decide, mayReview } from './decide.ts';
import { fileRequest } from './file.ts';
import { activeFor, eligibleFor, entraRolesOf } from './holdings.ts';
import { knownRoles } from './known-roles.ts';
import { setMembers } from './member-index.ts';
import { settle } from './settle.ts';
import { hour, ids, minute, noon } from './test-tenant.ts';
import { active, app, ask, byApprovers, eligible, person, setPolicy, testWorld } from './testing.ts';

const ada = person(ids.ada);
const bo = person(ids.bo);
const mira = person(ids.mira);
const refusal = (status: number, code: string) => expect.objectContaining({ status, code });
const permanent = { type: 'noExpiration' as const, duration: null, endAt: null };

function pending(changes = {}) {
  const world = testWorld();
  setPolicy(world, { approval: byApprovers });
  return { world, request: fileRequest(world, ada, ask(changes)) };
}

describe('approval', () => {
  test('nothing is active before it, and the window starts with it', () => {
    const { world, request } = pending();
    expect(request.status).toBe('PendingApproval');
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
    world.advance(2 * hour);
    decide(world, bo, request.id, request.id, 'Approve', 'Known work');
    expect(request).toMatchObject({ status: 'Provisioned', startAt: noon + 2 * hour });
    expect(activeFor(world, ids.ada)[0]?.schedule.endAt).toBe(noon + 3 * hour);
  });

  test('of a start that lies ahead leaves the request Granted', () => {
    const { world, request } = pending({ startAt: noon + hour });
    decide(world, bo, request.id, request.id, 'Approve', 'ok');
    expect(request.status).toBe('Granted');
  });

  test('denied is denied, and the first decision stands', () => {
    const { world, request } = pending();
    expect(decide(world, bo, request.id, request.id, 'Deny', 'no')).toMatchObject({
      reviewResult: 'Deny',
      reviewedBy: ids.bo,
    });
    expect(request.status).toBe('Denied');
    expect(() => decide(world, bo, request.id, request.id, 'Approve', 'yes')).toThrow(
      refusal(409, 'Conflict'),
    );
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
  });

  test('is nobody’s own: not the requestor’s, even as a member of the approvers, nor an outsider’s or an app’s', () => {
    const { world, request } = pending();
    const group = world.state.groups.find(({ id }) => id === ids.approvers);
    if (group) setMembers(world.state, group, [...group.memberIds, ids.ada]);
    expect(mayReview(world, ids.ada, request)).toBe(false);
    expect(mayReview(world, ids.bo, request)).toBe(true);
    request.approval?.approverIds.push(ids.workload);
    for (const caller of [ada, mira, person(ids.lou), app()]) {
      expect(() => decide(world, caller, request.id, request.id, 'Approve', 'yes')).toThrow(
        refusal(403, 'Authorization_RequestDenied'),
      );
    }
  });

  test('needs a justification, an approval that exists, and its stage', () => {
    const { world, request } = pending();
    expect(() => decide(world, bo, request.id, request.id, 'Approve', ' ')).toThrow(
      refusal(400, 'InvalidRoleAssignmentRequest'),
    );
    expect(() => decide(world, bo, request.id, ids.lou, 'Approve', 'x')).toThrow(
      refusal(404, 'ResourceNotFound'),
    );
    expect(() => decide(world, bo, ids.lou, request.id, 'Approve', 'x')).toThrow(
      refusal(404, 'ResourceNotFound'),
    );
  });

  test('times out after a day, not a moment earlier', () => {
    const { world, request } = pending();
    world.advance(24 * hour - 1);
    settle(world);
    expect(request.status).toBe('PendingApproval');
    world.advance(1);
    settle(world);
    expect(request).toMatchObject({ status: 'TimedOut', completedAt: noon + 24 * hour });
    expect(() => decide(world, bo, request.id, request.id, 'Approve', 'x')).toThrow(refusal(409, 'Conflict'));
  });

  test('does not bring back an eligibility that was lost meanwhile', () => {
    const { world, request } = pending();
    world.state.schedules = world.state.schedules.filter(({ kind }) => kind === 'active');
    decide(world, bo, request.id, request.id, 'Approve', 'ok');
    expect(request.status).toBe('Failed');
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
  });

  test('without named approvers falls to the directory’s administrators', () => {
    const world = testWorld();
    setPolicy(world, { approval: { required: true, approvers: [] } });
    expect(fileRequest(world, ada, ask()).approval?.approverIds).toEqual([ids.mira]);
  });
});

describe('deactivating', () => {
  const off = ask({
    action: 'selfDeactivate',
    expiration: { type: 'notSpecified', duration: null, endAt: null },
  });

  test('ends the activation at once, five minutes after it began at the earliest', () => {
    const world = testWorld();
    fileRequest(world, ada, ask());
    world.advance(5 * minute - 1);
    expect(() => fileRequest(world, ada, off)).toThrow(refusal(400, 'ActiveDurationTooShort'));
    world.advance(1);
    expect(fileRequest(world, ada, off).status).toBe('Revoked');
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
  });

  test('knows nothing that is not active, not visible yet, only scheduled, or standing', () => {
    const world = testWorld();
    const missing = refusal(400, 'RoleAssignmentDoesNotExist');
    expect(() => fileRequest(world, ada, off)).toThrow(missing);
    fileRequest(world, ada, ask({ startAt: noon + hour }));
    expect(() => fileRequest(world, ada, off)).toThrow(missing);
    const mine = { ...off, principalId: ids.mira, role: knownRoles.privilegedRoleAdministrator };
    expect(() => fileRequest(world, mira, mine)).toThrow(missing);
    const slow = testWorld();
    slow.state.provisioningDelayMs = 10 * minute;
    fileRequest(slow, ada, ask());
    slow.advance(6 * minute);
    expect(() => fileRequest(slow, ada, off)).toThrow(missing);
  });
});

describe('cancelling', () => {
  test('withdraws what is scheduled or pending, with its schedule', () => {
    const world = testWorld();
    const request = fileRequest(world, ada, ask({ startAt: noon + hour }));
    expect(cancelRequest(world, ada, request.id).status).toBe('Canceled');
    world.advance(hour);
    settle(world);
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
    const waiting = pending();
    expect(cancelRequest(waiting.world, ada, waiting.request.id).status).toBe('Canceled');
    expect(() => decide(waiting.world, bo, waiting.request.id, waiting.request.id, 'Approve', 'x')).toThrow(
      refusal(409, 'Conflict'),
    );
  });

  test('is refused for what is done, for what is another’s, and for what is not there', () => {
    const world = testWorld();
    const request = fileRequest(world, ada, ask());
    expect(() => cancelRequest(world, ada, request.id)).toThrow(refusal(400, 'InvalidRoleAssignmentRequest'));
    expect(() => cancelRequest(world, person(ids.lou), request.id)).toThrow(
      refusal(403, 'Authorization_RequestDenied'),
    );
    expect(() => cancelRequest(world, ada, ids.lou)).toThrow(refusal(404, 'ResourceNotFound'));
  });
});

describe('administering', () => {
  const give = ask({
    action: 'adminAssign',
    side: 'eligibility',
    principalId: ids.lou,
    expiration: permanent,
  });
  const take = ask({ action: 'adminRemove', side: 'eligibility' });

  test('assigns once and removes, on both sides', () => {
    for (const side of ['eligibility', 'assignment'] as const) {
      const world = testWorld();
      const held = () => (side === 'eligibility' ? eligibleFor : activeFor)(world, ids.lou).length;
      expect(fileRequest(world, mira, { ...give, side }).status).toBe('Provisioned');
      expect(held()).toBe(1);
      expect(() => fileRequest(world, mira, { ...give, side })).toThrow(refusal(400, 'RoleAssignmentExists'));
      expect(fileRequest(world, mira, { ...take, side, principalId: ids.lou }).status).toBe('Revoked');
      expect(held()).toBe(0);
      expect(() => fileRequest(world, mira, { ...take, side, principalId: ids.lou })).toThrow(
        refusal(400, 'RoleAssignmentDoesNotExist'),
      );
    }
  });

  test('taking the eligibility away ends what was activated from it', () => {
    const world = testWorld();
    fileRequest(world, ada, ask());
    fileRequest(world, mira, take);
    expect(entraRolesOf(world, ids.ada)).toEqual([]);
  });

  test('cannot cut an activation younger than five minutes', () => {
    const world = testWorld();
    fileRequest(world, ada, ask());
    const cut = { ...take, side: 'assignment' as const };
    expect(() => fileRequest(world, mira, cut)).toThrow(refusal(400, 'ActiveDurationTooShort'));
    world.advance(5 * minute);
    expect(fileRequest(world, mira, cut).status).toBe('Revoked');
  });

  test('refuses what cannot be: a workload eligible, a role for an ordinary group, no window, no reason', () => {
    const world = testWorld();
    const invalid = refusal(400, 'InvalidRoleAssignmentRequest');
    expect(() => fileRequest(world, mira, { ...give, principalId: ids.workload })).toThrow(invalid);
    expect(() => fileRequest(world, mira, { ...give, principalId: ids.approvers })).toThrow(invalid);
    const open = { ...give, expiration: { ...permanent, type: 'notSpecified' as const } };
    expect(() => fileRequest(world, mira, open)).toThrow(invalid);
    expect(() => fileRequest(world, mira, { ...give, side: 'assignment', justification: null })).toThrow(
      'The following policy rules failed: ["JustificationRule"]',
    );
  });

  test('extends what ends, and what a person asks to have extended waits for an administrator, once', () => {
    const world = testWorld();
    const held = eligible(world, { role: knownRoles.securityReader, endAt: noon + hour });
    const wish = ask({ action: 'selfExtend', side: 'eligibility', role: knownRoles.securityReader });
    expect(fileRequest(world, ada, wish).status).toBe('PendingAdminDecision');
    expect(() => fileRequest(world, ada, wish)).toThrow(refusal(400, 'PendingRoleAssignmentRequest'));
    expect(held.endAt).toBe(noon + hour);
    const until = { type: 'afterDateTime' as const, duration: null, endAt: noon + 9 * hour };
    fileRequest(world, mira, { ...wish, action: 'adminExtend', expiration: until });
    expect(held).toMatchObject({ endAt: noon + 9 * hour, startAt: noon - 24 * hour });
    expect(() => fileRequest(world, ada, { ...wish, role: knownRoles.userAdministrator })).toThrow(
      refusal(400, 'RoleAssignmentDoesNotExist'),
    );
  });

  test('a standing role is in the way of an activation', () => {
    const world = testWorld();
    active(world, {});
    expect(() => fileRequest(world, ada, ask())).toThrow(refusal(400, 'RoleAssignmentExists'));
  });
});
