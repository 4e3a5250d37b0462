import { describe, expect, test } from 'vitest';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { ids } from '#lib/emulator/pim/test-tenant.ts';
import { ask, person, testWorld } from '#lib/emulator/pim/testing.ts';
import type { World } from '#lib/emulator/wire.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const roles = '/v1.0/roleManagement/directory';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';
const own = "filterByCurrentUser(on='principal')";
const ada = person(ids.ada, { scopes: everyScope });
const gil = person(ids.gil, { scopes: everyScope });

function activated(): World {
  const world = testWorld();
  fileRequest(world, ada, ask());
  fileRequest(world, ada, ask({ plane: 'group', role: 'member', scope: ids.onCall }));
  return world;
}

describe('what a row of PIM is about', () => {
  test('a role request tells the schedule it made and the eligibility it activated, in a list and alone', () => {
    const world = activated();
    const path = `GET ${roles}/roleAssignmentScheduleRequests`;
    const [row] = rowsOf(send(world, gil, `${path}?$expand=activatedUsing,targetSchedule`));
    expect(row?.targetSchedule).toMatchObject({ id: row?.targetScheduleId, assignmentType: 'Activated' });
    expect(row?.activatedUsing).toMatchObject({ principalId: ids.ada, status: 'Provisioned' });
    expect(row?.activatedUsing).not.toHaveProperty('assignmentType');
    const alone = bodyOf(send(world, ada, `${path}/${row?.id}?$expand=activatedUsing,targetSchedule`));
    expect(alone).toMatchObject({ ...row });
  });

  test('an eligibility’s request tells its schedule; nothing was activated by it', () => {
    const path = `GET ${roles}/roleEligibilityScheduleRequests`;
    const world = testWorld();
    const expiration = { type: 'noExpiration', duration: null, endAt: null } as const;
    fileRequest(
      world,
      person(ids.mira),
      ask({ side: 'eligibility', action: 'adminAssign', principalId: ids.lou, expiration }),
    );
    const [row] = rowsOf(send(world, gil, `${path}?$expand=targetSchedule`));
    expect(row?.targetSchedule).toMatchObject({ id: row?.targetScheduleId, principalId: ids.lou });
    expect(refusalOf(send(world, gil, `${path}?$expand=activatedUsing`))).toBe('400 Request_BadRequest');
  });

  test('an active schedule tells the eligible one, an instance the eligible instance', () => {
    const world = activated();
    const read = (set: string) => rowsOf(send(world, ada, `GET ${set}/${own}?$expand=activatedUsing`))[0];
    expect(read(`${roles}/roleAssignmentSchedules`)?.activatedUsing).toHaveProperty('scheduleInfo');
    expect(read(`${roles}/roleAssignmentScheduleInstances`)?.activatedUsing).toMatchObject({
      id: expect.stringMatching(/-1-e$/),
      roleEligibilityScheduleId: expect.any(String),
    });
    expect(read(`${groups}/assignmentSchedules`)?.activatedUsing).toHaveProperty('scheduleInfo');
    expect(read(`${groups}/assignmentScheduleInstances`)?.activatedUsing).toMatchObject({
      groupId: ids.onCall,
      eligibilityScheduleId: expect.any(String),
    });
  });

  test('an assignment that nobody activated comes from nothing', () => {
    const [row] = rowsOf(
      send(testWorld(), gil, `GET ${roles}/roleAssignmentSchedules/${own}?$expand=activatedUsing`),
    );
    expect(row?.activatedUsing).toBeNull();
  });

  test('a group’s request tells both, the group and the person', () => {
    const names = 'activatedUsing,targetSchedule,group,principal';
    const [row] = rowsOf(
      send(activated(), ada, `GET ${groups}/assignmentScheduleRequests/${own}?$expand=${names}`),
    );
    expect(row).toMatchObject({
      targetSchedule: { id: row?.targetScheduleId, assignmentType: 'activated' },
      activatedUsing: { groupId: ids.onCall, accessId: 'member' },
      group: { id: ids.onCall },
      principal: { id: ids.ada },
    });
  });
});
