import { describe, expect, test } from 'vitest';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { hour, ids, noon } from '#lib/emulator/pim/test-tenant.ts';
import { app, byApprovers, person, setPolicy, testWorld } from '#lib/emulator/pim/testing.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const roles = '/v1.0/roleManagement/directory';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';
const ada = person(ids.ada, { scopes: everyScope });
const bo = person(ids.bo, { scopes: everyScope });
const lou = person(ids.lou, { scopes: everyScope });
const scheduleInfo = { expiration: { type: 'afterDuration', duration: 'PT2H' } };
const wish = { action: 'selfActivate', principalId: ids.ada, justification: 'On call.', scheduleInfo };
const activation = { ...wish, roleDefinitionId: knownRoles.userAdministrator, directoryScopeId: '/' };
const joining = { ...wish, accessId: 'member', groupId: ids.onCall };

describe('approvals', () => {
  function waiting(body: unknown = activation) {
    const world = testWorld();
    setPolicy(world, { approval: byApprovers });
    setPolicy(world, { plane: 'group', role: 'member', scope: ids.onCall, approval: byApprovers });
    const path =
      body === joining ? `${groups}/assignmentScheduleRequests` : `${roles}/roleAssignmentScheduleRequests`;
    const { id } = bodyOf(send(world, ada, `POST ${path}`, { body }));
    return { world, id: String(id) };
  }
  const approve = { body: { reviewResult: 'Approve', justification: 'Trusted' } };
  const beta = '/beta/roleManagement/directory/roleAssignmentApprovals';

  test('of roles are in beta only, with steps; the approver decides, the others may not', () => {
    const { world, id } = waiting();
    expect(send(world, bo, `GET ${beta}/${id}`).body).toEqual({
      '@odata.context':
        'https://localhost:4443/beta/$metadata#roleManagement/directory/roleAssignmentApprovals/$entity',
      id,
      steps: [
        {
          id,
          displayName: null,
          reviewedDateTime: null,
          reviewResult: 'NotReviewed',
          status: 'InProgress',
          assignedToMe: true,
          justification: '',
          reviewedBy: null,
        },
      ],
    });
    const step = `${beta}/${id}/steps/${id}`;
    const machine = app('RoleManagement.ReadWrite.Directory');
    expect(refusalOf(send(world, machine, `GET ${beta}/${id}`))).toBe('403 Authorization_RequestDenied');
    expect(refusalOf(send(world, bo, `GET ${beta.replace('beta', 'v1.0')}/${id}`))).toBe('400 BadRequest');
    expect(refusalOf(send(world, ada, `PATCH ${step}`, approve))).toBe('403 Authorization_RequestDenied');
    expect(refusalOf(send(world, machine, `PATCH ${step}`, approve))).toBe('403 Authorization_RequestDenied');
    expect(refusalOf(send(world, lou, `GET ${beta}/${id}`))).toBe('403 Authorization_RequestDenied');
    expect(send(world, bo, `PATCH ${step}`, approve)).toEqual({ status: 204 });
    expect(refusalOf(send(world, bo, `PATCH ${step}`, approve))).toBe('409 Conflict');
    expect(refusalOf(send(world, bo, `PATCH ${beta}/${ids.lou}/steps/${id}`, approve))).toMatch(/^404/);
    expect(bodyOf(send(world, ada, `GET ${step}`))).toMatchObject({
      reviewResult: 'Approve',
      status: 'Completed',
      assignedToMe: false,
      reviewedBy: { id: ids.bo },
    });
  });

  test.each(['steps', 'stages'])('of groups have stages, decided under /%s/', (name) => {
    const { world, id } = waiting(joining);
    const path = `${groups}/assignmentApprovals`;
    expect(bodyOf(send(world, bo, `GET ${path}/${id}`)).stages).toMatchObject([{ id, assignedToMe: true }]);
    expect(rowsOf(send(world, bo, `GET ${path}/filterByCurrentUser(on='approver')`))).toHaveLength(1);
    expect(rowsOf(send(world, ada, `GET ${path}/filterByCurrentUser(on='approver')`))).toEqual([]);
    const inBeta = `GET ${path.replace('v1.0', 'beta')}/filterByCurrentUser(on='approver')`;
    expect(rowsOf(send(world, bo, inBeta))[0]?.['@odata.type']).toBe('#microsoft.graph.approval');
    expect(send(world, bo, `PATCH ${path}/${id}/${name}/${id}`, approve).status).toBe(204);
    expect(world.state.requests[0]).toMatchObject({ status: 'Provisioned', startAt: noon });
  });

  test('cannot be decided through the path of the other plane', () => {
    const { world, id } = waiting(joining);
    expect(refusalOf(send(world, bo, `PATCH ${beta}/${id}/steps/${id}`, approve))).toMatch(/^404/);
    world.advance(hour);
    expect(world.state.requests[0]?.status).toBe('PendingApproval');
  });
});
