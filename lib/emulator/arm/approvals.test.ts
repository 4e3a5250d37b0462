import { beforeEach, expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PRODUCTION } from '#lib/emulator/tenant/scopes.ts';
import { person, refusal, rows, type Tenant, tenant } from './testing.ts';

const APPROVALS = '/providers/Microsoft.Authorization/roleAssignmentApprovals';
const FILED = `${PRODUCTION}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests`;
const bo = person('bo.okafor');
const cy = person('cy.tran');
let world: Tenant;
let approvalId: string;

beforeEach(() => {
  world = tenant();
  const body = {
    properties: {
      principalId: personId('ada.lind'),
      roleDefinitionId: azureRole('Owner'),
      requestType: 'SelfActivate',
      justification: 'Restore the gateway',
      ticketInfo: { ticketNumber: 'INC-7', ticketSystem: 'ServiceNow' },
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H' } },
    },
  };
  const filed = world.arm(person('ada.lind'), `PUT ${FILED}/0b0b0b0b-0000-4000-8000-000000000001`, body);
  approvalId = Object(filed.body).properties.approvalId;
});

function stagePath(): string {
  return rows(world.arm(bo, `GET ${approvalId}/stages`))[0]?.id ?? '';
}

it('hands out a full path that leads to the approval and its stage', () => {
  const stage = {
    properties: { status: 'InProgress', assignedToMe: true, reviewResult: 'NotReviewed', justification: '' },
    type: 'Microsoft.Authorization/roleAssignmentApprovals/stages',
  };
  expect(world.arm(bo, `GET ${approvalId}`).body).toMatchObject({
    id: approvalId,
    properties: { stages: [stage] },
  });
  expect(world.arm(bo, `GET ${stagePath()}`).body).toMatchObject(stage);
});

it('lists at the tenant level for approvers, requestors and targets, each their own', () => {
  const count = (login: string, filter: string) =>
    rows(world.arm(person(login), `GET ${APPROVALS}?$filter=${filter}`)).length;
  expect([count('bo.okafor', 'asApprover()'), count('ada.lind', 'asApprover()')]).toEqual([1, 0]);
  expect([count('ada.lind', 'asCreatedBy()'), count('ada.lind', 'asTarget()')]).toEqual([1, 1]);
  expect(count('bo.okafor', 'asTarget()')).toBe(0);
});

it('takes a wrapped PATCH, answers the stage, and the role becomes active', () => {
  const line = `PATCH ${stagePath()}`;
  const answer = world.arm(bo, line, {
    properties: { reviewResult: 'Approve', justification: 'Known outage' },
  });
  expect(answer).toMatchObject({
    status: 200,
    body: {
      properties: {
        status: 'Completed',
        reviewResult: 'Approve',
        justification: 'Known outage',
        reviewedBy: { principalId: bo.objectId, userPrincipalName: 'bo.okafor@contoso.example' },
        reviewedDateTime: '2026-06-01T12:00:00.000Z',
      },
    },
  });
  const held = world.arm(
    person('ada.lind'),
    `GET ${PRODUCTION}/providers/Microsoft.Authorization/roleAssignmentScheduleInstances?$filter=asTarget()`,
  );
  expect(rows(held)).toHaveLength(1);
});

it('takes a flat PUT, and the second decision loses', () => {
  const line = `PUT ${stagePath()}`;
  expect(world.arm(bo, line, { reviewResult: 'Deny', justification: 'No' }).status).toBe(200);
  expect(refusal(world.arm(cy, line, { reviewResult: 'Approve', justification: 'Yes' }))).toMatch(/^409 /);
});

it('lets neither the requestor nor a bystander decide', () => {
  const line = `PATCH ${stagePath()}`;
  const yes = { properties: { reviewResult: 'Approve', justification: 'Mine' } };
  expect(refusal(world.arm(person('ada.lind'), line, yes))).toBe('403 AuthorizationFailed');
  expect(refusal(world.arm(person('lou.grant'), line, yes))).toBe('403 AuthorizationFailed');
  expect(world.state.requests[0]?.status).toBe('PendingApproval');
});

it('has approvals in their preview version only', () => {
  const line = `GET ${APPROVALS}?$filter=asApprover()&api-version=2020-10-01`;
  expect(refusal(world.arm(bo, line))).toBe('400 UnsupportedApiVersion');
});
