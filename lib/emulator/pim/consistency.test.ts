import { expect, test } from 'vitest';
import { fileRequest } from './file.ts';
import { activeFor, eligibleFor, entraRolesOf } from './holdings.ts';
import { knownRoles } from './known-roles.ts';
import { settle } from './settle.ts';
import { hour, ids, minute } from './test-tenant.ts';
import { ask, eligible, person, testWorld } from './testing.ts';

const ada = person(ids.ada);
const mira = person(ids.mira);
const code = (value: string) => expect.objectContaining({ status: 400, code: value });
const off = ask({
  action: 'selfDeactivate',
  expiration: { type: 'notSpecified', duration: null, endAt: null },
});

test('an activation is seen after its own delay, whatever the tenant’s default', () => {
  const world = testWorld();
  world.state.provisioningDelayMs = 1000;
  world.state.consistency = { activation: 20 * minute };
  fileRequest(world, ada, ask());
  world.advance(20 * minute - 1);
  expect(activeFor(world, ids.ada)).toEqual([]);
  expect(() => fileRequest(world, ada, off)).toThrow(code('RoleAssignmentDoesNotExist'));
  world.advance(1);
  expect(activeFor(world, ids.ada)).toHaveLength(1);
});

test('what was ended is seen, and in the way, until its delay is over', () => {
  const world = testWorld();
  world.state.consistency = { removal: 5 * minute };
  fileRequest(world, ada, ask());
  world.advance(5 * minute);
  expect(fileRequest(world, ada, off).status).toBe('Revoked');
  expect(entraRolesOf(world, ids.ada)).toEqual([knownRoles.userAdministrator]);
  expect(() => fileRequest(world, ada, off)).toThrow(code('RoleAssignmentDoesNotExist'));
  expect(() => fileRequest(world, ada, ask())).toThrow(code('RoleAssignmentExists'));
  world.advance(5 * minute);
  settle(world);
  expect(entraRolesOf(world, ids.ada)).toEqual([]);
  expect(fileRequest(world, ada, ask()).status).toBe('Provisioned');
});

test('an expired activation is seen for the same delay', () => {
  const world = testWorld();
  world.state.consistency = { removal: 5 * minute };
  fileRequest(world, ada, ask());
  world.advance(hour + 5 * minute - 1);
  settle(world);
  expect(activeFor(world, ids.ada)).toHaveLength(1);
  world.advance(1);
  settle(world);
  expect(activeFor(world, ids.ada)).toEqual([]);
  expect(world.state.schedules.some(({ assignmentType }) => assignmentType === 'activated')).toBe(false);
});

test('an eligibility that was taken away is still listed, and cannot be used', () => {
  const world = testWorld();
  world.state.consistency = { removal: minute };
  eligible(world, { role: knownRoles.securityReader });
  const remove = ask({ action: 'adminRemove', side: 'eligibility', role: knownRoles.securityReader });
  expect(fileRequest(world, mira, remove).status).toBe('Revoked');
  const listed = () =>
    eligibleFor(world, ids.ada).some(({ schedule }) => schedule.role === knownRoles.securityReader);
  expect(listed()).toBe(true);
  expect(() => fileRequest(world, ada, ask({ role: knownRoles.securityReader }))).toThrow('EligibilityRule');
  expect(() => fileRequest(world, mira, { ...remove })).toThrow(code('RoleAssignmentDoesNotExist'));
  world.advance(minute);
  settle(world);
  expect(listed()).toBe(false);
});

test('a fresh principal and a fresh group are unknown to PIM until their delay is over', () => {
  const world = testWorld();
  world.state.consistency = { principal: 30_000, group: minute };
  const [first] = world.state.users;
  const [group] = world.state.groups;
  if (first) first.createdAt = world.now();
  if (group) group.createdAt = world.now();
  expect(() => fileRequest(world, ada, ask())).toThrow(code('SubjectNotFound'));
  world.advance(30_000);
  expect(fileRequest(world, ada, ask()).status).toBe('Provisioned');
  const membership = ask({ plane: 'group', role: 'member', scope: ids.onCall });
  expect(() => fileRequest(world, ada, membership)).toThrow(code('SubjectNotFound'));
  world.advance(30_000);
  expect(fileRequest(world, ada, membership).status).toBe('Provisioned');
});
