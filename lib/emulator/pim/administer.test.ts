import { describe, expect, test } from 'vitest';
import { fileRequest } from './file.ts';
import { activeFor, eligibleFor } from './holdings.ts';
import { knownRoles } from './known-roles.ts';
import { mayAdminister } from './may-administer.ts';
import { setMembers } from './member-index.ts';
import { settle } from './settle.ts';
import { hour, ids, minute, noon } from './test-tenant.ts';
import { active, ask, eligible, person, setPolicy, testWorld } from './testing.ts';

const mira = person(ids.mira);
const ada = person(ids.ada);
const refusal = (code: string) => expect.objectContaining({ status: 400, code });
const permanent = { type: 'noExpiration' as const, duration: null, endAt: null };
const days = (number: number) => ({ type: 'afterDuration' as const, duration: `P${number}D`, endAt: null });
const until = (endAt: number) => ({ type: 'afterDateTime' as const, duration: null, endAt });
const planes = [
  ['entra', knownRoles.securityReader, '/'],
  ['group', 'member', ids.onCall],
] as const;

describe.each(planes)('administering on %s', (plane, role, scope) => {
  const target = { plane, role, scope, principalId: ids.lou };
  const sides = ['eligibility', 'assignment'] as const;

  test.each(sides)('assigns, updates, extends, removes and renews the %s', (side) => {
    const world = testWorld();
    const held = () => (side === 'eligibility' ? eligibleFor : activeFor)(world, ids.lou);
    const file = (
      action: 'adminAssign' | 'adminUpdate' | 'adminExtend' | 'adminRenew' | 'adminRemove',
      expiration = permanent as ReturnType<typeof until> | typeof permanent,
    ) => fileRequest(world, mira, ask({ ...target, side, action, expiration }));
    const assigned = file('adminAssign', until(noon + 2 * hour));
    expect(assigned).toMatchObject({ status: 'Provisioned', targetScheduleId: assigned.id });
    expect(file('adminUpdate', until(noon + 3 * hour)).targetScheduleId).toBe(assigned.id);
    expect(held()[0]?.schedule.endAt).toBe(noon + 3 * hour);
    expect(() => file('adminExtend', until(noon + hour))).toThrow(refusal('InvalidRoleAssignmentRequest'));
    file('adminExtend', until(noon + 5 * hour));
    expect(held()[0]?.schedule.endAt).toBe(noon + 5 * hour);
    expect(file('adminRemove').status).toBe('Revoked');
    expect(held()).toEqual([]);
    for (const action of ['adminUpdate', 'adminExtend', 'adminRemove'] as const) {
      expect(() => file(action)).toThrow(refusal('RoleAssignmentDoesNotExist'));
    }
  });

  test.each(sides)('renews a %s that has ended, and nothing that never was', (side) => {
    const world = testWorld();
    const renew = ask({ ...target, side, action: 'adminRenew', expiration: permanent });
    expect(() => fileRequest(world, mira, renew)).toThrow(refusal('RoleAssignmentDoesNotExist'));
    (side === 'eligibility' ? eligible : active)(world, { ...target, endAt: noon + hour });
    world.advance(hour);
    settle(world);
    expect(fileRequest(world, mira, renew).status).toBe('Provisioned');
  });

  test.each(sides)('obeys the rules for administrators of the %s', (side) => {
    const world = testWorld();
    const rules = {
      isExpirationRequired: true,
      maximumDuration: 'P90D',
      enabledRules: ['MultiFactorAuthentication' as const],
    };
    setPolicy(world, { plane, role, scope, admin: { eligibility: rules, assignment: rules } });
    const assign = { ...target, side, action: 'adminAssign' as const, justification: null };
    const failed = 'The following policy rules failed: ';
    expect(() => fileRequest(world, mira, ask({ ...assign, expiration: permanent }))).toThrow(
      `${failed}["ExpirationRule"]`,
    );
    expect(() => fileRequest(world, mira, ask({ ...assign, expiration: days(91) }))).toThrow(
      `${failed}["ExpirationRule"]`,
    );
    const weak = person(ids.mira, { mfa: false });
    expect(() => fileRequest(world, weak, ask({ ...assign, expiration: days(90) }))).toThrow(
      `${failed}["MfaRule"]`,
    );
    expect(fileRequest(world, mira, ask({ ...assign, expiration: days(90) })).status).toBe('Provisioned');
    expect(() =>
      fileRequest(world, mira, ask({ ...assign, action: 'adminExtend', expiration: permanent })),
    ).toThrow(`${failed}["ExpirationRule"]`);
  });

  test('decides what a person asked to have extended or renewed', () => {
    const world = testWorld();
    eligible(world, { ...target, endAt: noon + hour });
    const mine = { ...target, side: 'eligibility' as const };
    const lou = person(ids.lou);
    const wish = fileRequest(world, lou, ask({ ...mine, action: 'selfExtend' }));
    expect(wish.status).toBe('PendingAdminDecision');
    world.advance(hour);
    settle(world);
    expect(() => fileRequest(world, lou, ask({ ...mine, action: 'selfRenew' }))).toThrow(
      refusal('PendingRoleAssignmentRequest'),
    );
    fileRequest(world, mira, ask({ ...mine, action: 'adminRenew', expiration: permanent }));
    expect(wish.status).toBe('AdminApproved');
  });
});

test('a permanent assignment has no end to extend', () => {
  const world = testWorld();
  const extend = ask({ side: 'eligibility', action: 'adminExtend', expiration: until(noon + hour) });
  expect(() => fileRequest(world, mira, extend)).toThrow(refusal('RoleAssignmentDoesNotExist'));
});

test('a permanent member of a group is removed from the group itself', () => {
  const world = testWorld();
  const group = world.state.groups.find(({ id }) => id === ids.onCall);
  if (group) setMembers(world.state, group, [ids.lou]);
  const target = { plane: 'group' as const, role: 'member', scope: ids.onCall, principalId: ids.lou };
  expect(fileRequest(world, mira, ask({ ...target, action: 'adminRemove' })).status).toBe('Revoked');
  expect(group?.memberIds).toEqual([]);
});

test('nobody takes Global Administrator from themselves', () => {
  const world = testWorld();
  active(world, { principalId: ids.mira, role: knownRoles.globalAdministrator });
  const take = ask({ principalId: ids.mira, role: knownRoles.globalAdministrator, action: 'adminRemove' });
  expect(() => fileRequest(world, mira, take)).toThrow(refusal('Request_BadRequest'));
});

test('a group in a restricted unit is out of PIM’s hands', () => {
  const world = testWorld();
  const unit = {
    id: ids.subscription,
    displayName: 'Sealed',
    description: null,
    isMemberManagementRestricted: true,
  };
  world.state.graph.administrativeUnits.push({ ...unit, memberIds: [ids.onCall] });
  const target = { plane: 'group' as const, role: 'member', scope: ids.onCall, principalId: ids.lou };
  expect(() => fileRequest(world, mira, ask({ ...target, action: 'adminAssign' }))).toThrow(
    refusal('InvalidRoleAssignmentRequest'),
  );
});

test('an owner administers the group, an engineer does not', () => {
  const world = testWorld();
  world.advance(5 * minute);
  expect(mayAdminister(world, ada, 'group', ids.onCall)).toBe(false);
  world.state.groups.find(({ id }) => id === ids.onCall)?.ownerIds.push(ids.ada);
  expect(mayAdminister(world, ada, 'group', ids.onCall)).toBe(true);
});
