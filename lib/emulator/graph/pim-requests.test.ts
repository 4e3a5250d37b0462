import { describe, expect, test } from 'vitest';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { ids } from '#lib/emulator/pim/test-tenant.ts';
import { app, byApprovers, person, setPolicy, testWorld } from '#lib/emulator/pim/testing.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const roles = '/v1.0/roleManagement/directory';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';
const ada = person(ids.ada, { scopes: everyScope });
const bo = person(ids.bo, { scopes: everyScope });
const lou = person(ids.lou, { scopes: everyScope });
const mira = person(ids.mira, { scopes: everyScope });
const activation = {
  action: 'SelfActivate',
  principalId: ids.ada,
  roleDefinitionId: knownRoles.userAdministrator,
  directoryScopeId: '/',
  justification: 'Reset a password',
  scheduleInfo: {
    startDateTime: '2026-06-01T11:00:00.000Z',
    expiration: { type: 'AfterDuration', duration: 'PT5H' },
  },
  ticketInfo: { ticketNumber: 'CONTOSO:1', ticketSystem: 'MS Project' },
};
const joining = {
  accessId: 'member',
  principalId: ids.ada,
  groupId: ids.onCall,
  action: 'selfActivate',
  scheduleInfo: {
    startDateTime: '2026-06-01T12:00:00Z',
    expiration: { type: 'afterDuration', duration: 'PT2H' },
  },
  justification: 'On call.',
};
const file = (world = testWorld(), body: unknown = activation, caller = ada) =>
  send(world, caller, `POST ${roles}/roleAssignmentScheduleRequests`, { body });

describe('filing', () => {
  test('what the caller wants kept with a request is printed with it', () => {
    const world = testWorld();
    const answer = file(world, { ...activation, customData: 'run 7' });
    expect(bodyOf(answer).customData).toBe('run 7');
    const one = `GET ${roles}/roleAssignmentScheduleRequests/${bodyOf(answer).id}`;
    expect(bodyOf(send(world, ada, one)).customData).toBe('run 7');
    expect(refusalOf(file(world, { ...activation, customData: 7 }))).toBe('400 InvalidRoleAssignmentRequest');
  });

  test('the removal of an eligibility tells neither when it was done nor what it removed', () => {
    const body = { ...activation, action: 'AdminRemove', scheduleInfo: undefined };
    const answer = send(testWorld(), mira, `POST ${roles}/roleEligibilityScheduleRequests`, { body });
    expect(answer).toMatchObject({
      status: 201,
      body: { status: 'Revoked', completedDateTime: null, targetScheduleId: null },
    });
  });

  test('an activation answers 201 in the documented shape, names in camelCase, a past start replaced', () => {
    const world = testWorld();
    const answer = file(world);
    expect(answer.status).toBe(201);
    const { id } = world.state.requests[0] ?? {};
    expect(answer.body).toEqual({
      '@odata.context':
        'https://localhost:4443/v1.0/$metadata#roleManagement/directory/roleAssignmentScheduleRequests/$entity',
      id,
      status: 'Provisioned',
      createdDateTime: '2026-06-01T12:00:00.000Z',
      completedDateTime: '2026-06-01T12:00:00.000Z',
      approvalId: null,
      customData: null,
      action: 'selfActivate',
      principalId: ids.ada,
      roleDefinitionId: knownRoles.userAdministrator,
      directoryScopeId: '/',
      appScopeId: null,
      isValidationOnly: false,
      targetScheduleId: id,
      justification: 'Reset a password',
      createdBy: { application: null, device: null, user: { displayName: null, id: ids.ada } },
      scheduleInfo: {
        startDateTime: '2026-06-01T12:00:00.000Z',
        recurrence: null,
        expiration: { type: 'afterDuration', endDateTime: null, duration: 'PT5H' },
      },
      ticketInfo: { ticketNumber: 'CONTOSO:1', ticketSystem: 'MS Project' },
    });
  });

  test('for a group names the target schedule after group, access and request', () => {
    const answer = send(testWorld(), ada, `POST ${groups}/assignmentScheduleRequests`, { body: joining });
    const { id, targetScheduleId, accessId, groupId } = bodyOf(answer);
    expect([answer.status, accessId, groupId]).toEqual([201, 'member', ids.onCall]);
    expect(targetScheduleId).toBe(`${ids.onCall}_member_${id}`);
  });

  test('a trailing slash makes no difference', () => {
    const answer = send(testWorld(), ada, `POST ${roles}/roleAssignmentScheduleRequests/`, {
      body: activation,
    });
    expect(answer.status).toBe(201);
  });

  test.each([
    ['an unknown action', { ...activation, action: 'selfPromote' }],
    ['no principal', { ...activation, principalId: undefined }],
    ['no role', { ...activation, roleDefinitionId: undefined }],
    ['both scopes', { ...activation, appScopeId: '/' }],
    ['neither scope', { ...activation, directoryScopeId: undefined }],
    ['another person', { ...activation, principalId: ids.bo }],
    ['a date that is none', { ...activation, scheduleInfo: { startDateTime: 'tomorrow' } }],
  ])('is refused with %s', (_, body) => {
    expect(refusalOf(file(testWorld(), body))).toBe('400 InvalidRoleAssignmentRequest');
  });

  test('only validated leaves nothing behind and says so', () => {
    const world = testWorld();
    expect(bodyOf(file(world, { ...activation, isValidationOnly: true })).isValidationOnly).toBe(true);
    expect([world.state.requests, rowsOf(mineOn(world, ada, 'principal'))]).toEqual([[], []]);
  });

  test('as an administrator needs the directory role, or for a group its ownership', () => {
    const body = { ...activation, action: 'adminAssign', principalId: ids.lou };
    const eligibility = `POST ${roles}/roleEligibilityScheduleRequests`;
    expect(refusalOf(send(testWorld(), ada, eligibility, { body }))).toBe('403 Authorization_RequestDenied');
    expect(send(testWorld(), mira, eligibility, { body }).status).toBe(201);
    const workload = app('RoleManagement.ReadWrite.Directory');
    expect(bodyOf(send(testWorld(), workload, eligibility, { body }))).toMatchObject({
      status: 'Provisioned',
      createdBy: { application: { id: ids.workload }, user: null },
    });
    const world = testWorld();
    const join = { ...joining, action: 'adminAssign', principalId: ids.lou };
    const path = `POST ${groups}/eligibilityScheduleRequests`;
    expect(refusalOf(send(world, ada, path, { body: join }))).toBe('403 Authorization_RequestDenied');
    world.state.groups.find(({ id }) => id === ids.onCall)?.ownerIds.push(ids.ada);
    expect(send(world, ada, path, { body: join }).status).toBe(201);
  });

  test('for oneself needs a person', () => {
    const workload = app('RoleManagement.ReadWrite.Directory');
    expect(refusalOf(file(testWorld(), { ...activation, principalId: ids.workload }, workload))).toBe(
      '403 Authorization_RequestDenied',
    );
  });
});

describe('reading requests', () => {
  test('gives one’s own, and to an approver what waits for a decision', () => {
    const world = testWorld();
    setPolicy(world, { approval: byApprovers });
    file(world);
    expect(rowsOf(mineOn(world, ada, 'principal'))).toMatchObject([{ status: 'PendingApproval' }]);
    expect(rowsOf(mineOn(world, lou, 'principal'))).toEqual([]);
    const waiting = "?$filter=status eq 'PendingApproval'";
    const [row] = rowsOf(mineOn(world, bo, 'approver', waiting));
    expect(row).toMatchObject({
      '@odata.type': '#microsoft.graph.unifiedRoleAssignmentScheduleRequest',
      approvalId: world.state.requests[0]?.id,
      targetScheduleId: world.state.requests[0]?.id,
    });
    expect(rowsOf(mineOn(world, ada, 'approver', waiting))).toEqual([]);
    expect(refusalOf(mineOn(world, ada, 'createdBy'))).toBe('400 Request_BadRequest');
  });

  test('of others needs a directory role, and the list needs the permission to write', () => {
    const world = testWorld();
    const { id } = bodyOf(file(world));
    const list = `GET ${roles}/roleAssignmentScheduleRequests`;
    expect(refusalOf(send(world, ada, list))).toBe('403 Authorization_RequestDenied');
    expect(rowsOf(send(world, mira, list))).toHaveLength(1);
    const reader = person(ids.mira, { scopes: ['RoleAssignmentSchedule.Read.Directory'] });
    expect(refusalOf(send(world, reader, list))).toBe('403 UnknownError');
    expect(send(world, ada, `${list}/${id}`).status).toBe(200);
    expect(refusalOf(send(world, lou, `${list}/${id}`))).toBe('403 Authorization_RequestDenied');
  });

  test('cancelling answers 204 once, and 400 when it is done', () => {
    const world = testWorld();
    const scheduleInfo = { ...activation.scheduleInfo, startDateTime: '2026-06-02T12:00:00Z' };
    const { id, status } = bodyOf(file(world, { ...activation, scheduleInfo }));
    expect(status).toBe('Granted');
    const cancel = `POST ${roles}/roleAssignmentScheduleRequests/${id}/cancel`;
    expect(send(world, ada, cancel)).toEqual({ status: 204 });
    expect(refusalOf(send(world, ada, cancel))).toBe('400 InvalidRoleAssignmentRequest');
    expect(refusalOf(send(world, ada, cancel.replace(String(id), ids.lou)))).toBe(
      '404 Request_ResourceNotFound',
    );
  });
});

function mineOn(world: ReturnType<typeof testWorld>, caller: typeof ada, on: string, query = '') {
  return send(
    world,
    caller,
    `GET ${roles}/roleAssignmentScheduleRequests/filterByCurrentUser(on='${on}')${query}`,
  );
}
