import { beforeEach, expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PROD_PAYMENTS, PROD_PLATFORM, PRODUCTION, STAGING } from '#lib/emulator/tenant/scopes.ts';
import { app, minute, person, refusal, rows, type Tenant, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const FILED = `${PIM}/roleAssignmentScheduleRequests`;
const GUID = '0b0b0b0b-0000-4000-8000-000000000001';
const ada = person('ada.lind');
let world: Tenant;

beforeEach(() => {
  world = tenant();
});

function activation(role: string, changes: object = {}) {
  return {
    properties: {
      principalId: personId('ada.lind'),
      roleDefinitionId: `${STAGING}${PIM}/roleDefinitions/${azureRole(role)}`,
      requestType: 'SelfActivate',
      justification: 'Deploy 4.2',
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT2H' } },
      ...changes,
    },
  };
}

function roles(line: string): string[] {
  return rows(world.arm(ada, line)).map(
    ({ properties }) => Object(properties.expandedProperties).roleDefinition.displayName,
  );
}

it('activates an eligible role: 201, provisioned, active, seen as a plain assignment', () => {
  const answer = world.arm(ada, `PUT //${STAGING.slice(1)}/${FILED}/${GUID}`, activation('Contributor'));
  const at = `/providers/Microsoft.Subscription${STAGING}${PIM}`;
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    name: GUID,
    id: `${at}/roleAssignmentScheduleRequests/${GUID}`,
    type: 'Microsoft.Authorization/roleAssignmentScheduleRequests',
    properties: {
      targetRoleAssignmentScheduleId: `${at}/roleAssignmentSchedules/${GUID}`,
      scope: STAGING,
      requestType: 'SelfActivate',
      status: 'Provisioned',
      scheduleInfo: {
        startDateTime: '2026-06-01T12:00:00.000Z',
        expiration: { type: 'AfterDuration', duration: 'PT2H' },
      },
      ticketInfo: { ticketNumber: null, ticketSystem: null },
      requestorId: personId('ada.lind'),
      createdOn: '2026-06-01T12:00:00.000Z',
    },
  });
  expect(Object(answer.body).properties).toMatchObject({
    targetRoleAssignmentScheduleInstanceId: null,
    approvalId: null,
  });
  const [active] = rows(
    world.arm(ada, `GET ${STAGING}${PIM}/roleAssignmentScheduleInstances?$filter=asTarget()`),
  );
  expect(active?.properties).toMatchObject({
    assignmentType: 'Activated',
    endDateTime: '2026-06-01T14:00:00.000Z',
    linkedRoleEligibilityScheduleId: `${at}/roleEligibilitySchedules/eeeeeeee-0001-4000-8000-000000000008`,
  });
  const plain = rows(
    world.arm(ada, `GET ${STAGING}${PIM}/roleAssignments?$filter=principalId eq '${ada.objectId}'`),
  );
  expect(active?.properties.originRoleAssignmentId).toBe(plain[0]?.id);
});

it('answers the same PUT again with the same request and no second effect', () => {
  const first = world.arm(ada, `PUT ${STAGING}${FILED}/${GUID}`, activation('Contributor'));
  world.advance(minute);
  const again = world.arm(ada, `PUT ${STAGING}${FILED}/${GUID.toUpperCase()}`, activation('Contributor'));
  expect(again).toEqual(first);
  expect(world.state.schedules.filter(({ requestId }) => requestId === GUID)).toHaveLength(1);
});

it('activates below the eligible scope, and nowhere else', () => {
  const link = { linkedRoleEligibilityScheduleId: 'eeeeeeee-0001-4000-8000-000000000008' };
  const below = `PUT ${STAGING}/resourceGroups/rg-payments${FILED}/${GUID}`;
  expect(world.arm(ada, below, activation('Contributor', link)).status).toBe(201);
  const elsewhere = world.arm(
    ada,
    `PUT ${PROD_PAYMENTS}${FILED}/${GUID.replace(/1$/, '2')}`,
    activation('Contributor'),
  );
  expect(elsewhere.body).toEqual({
    error: {
      code: 'RoleAssignmentRequestPolicyValidationFailed',
      message: 'The following policy rules failed: ["EligibilityRule"]',
    },
  });
});

it('validates without filing', () => {
  const line = `POST ${PROD_PAYMENTS}${FILED}/${GUID}/validate`;
  const officer = 'Key Vault Secrets Officer';
  expect(refusal(world.arm(ada, line, activation(officer)))).toBe(
    '400 RoleAssignmentRequestPolicyValidationFailed',
  );
  const ticketInfo = { ticketNumber: 'CHG-1', ticketSystem: 'ServiceNow' };
  const passed = world.arm(ada, line, activation(officer, { ticketInfo }));
  expect(passed).toMatchObject({
    status: 200,
    body: {
      name: GUID,
      properties: {
        status: 'Provisioned',
        targetRoleAssignmentScheduleId: expect.stringContaining(`/roleAssignmentSchedules/${GUID}`),
        targetRoleAssignmentScheduleInstanceId: null,
      },
    },
  });
  expect(
    world.arm(ada, `${line}?api-version=2022-04-01-preview`, activation(officer, { ticketInfo })).status,
  ).toBe(200);
  expect(world.state.requests).toEqual([]);
});

it('refuses a body that makes no sense', () => {
  for (const changes of [{ requestType: 'Grab' }, { roleDefinitionId: 7 }, { scheduleInfo: [] }]) {
    const answer = world.arm(ada, `PUT ${STAGING}${FILED}/${GUID}`, activation('Contributor', changes));
    expect(refusal(answer)).toBe('400 InvalidRoleAssignmentRequest');
  }
});

it('deactivates after five minutes, not before', () => {
  const end = activation('Contributor', { requestType: 'SelfDeactivate', scheduleInfo: undefined });
  const line = `PUT ${STAGING}${FILED}/${GUID.replace(/1$/, '3')}`;
  world.arm(ada, `PUT ${STAGING}${FILED}/${GUID}`, activation('Contributor'));
  expect(refusal(world.arm(ada, line, end))).toBe('400 ActiveDurationTooShort');
  world.advance(6 * minute);
  expect(Object(world.arm(ada, line, end).body).properties.status).toBe('Revoked');
  expect(roles(`GET ${STAGING}${PIM}/roleAssignmentScheduleInstances?$filter=asTarget()`)).toEqual([]);
});

it('cancels a pending request with an empty 200, and only for those concerned', () => {
  const pending = activation('Azure Kubernetes Service RBAC Cluster Admin');
  const cluster = `${PROD_PLATFORM}/providers/Microsoft.ContainerService/managedClusters/aks-core`;
  expect(Object(world.arm(ada, `PUT ${cluster}${FILED}/${GUID}`, pending).body).properties).toMatchObject({
    status: 'PendingApproval',
    approvalId: expect.stringMatching(/^\/providers\/.*\/roleAssignmentApprovals\/[0-9a-f-]{36}$/),
  });
  expect(refusal(world.arm(person('lou.grant'), `POST ${cluster}${FILED}/${GUID}/cancel`))).toBe(
    '403 AuthorizationFailed',
  );
  expect(world.arm(ada, `POST ${cluster}${FILED}/${GUID}/cancel`)).toEqual({ status: 200 });
  expect(Object(world.arm(ada, `GET ${cluster}${FILED}/${GUID}`).body).properties.status).toBe('Canceled');
});

it('shows requests to those who asked, those they are for, approvers and readers; nobody else', () => {
  const cluster = `${PROD_PLATFORM}/providers/Microsoft.ContainerService/managedClusters/aks-core`;
  const line = `GET ${cluster}${FILED}/${GUID}`;
  world.arm(ada, `PUT ${cluster}${FILED}/${GUID}`, activation('Azure Kubernetes Service RBAC Cluster Admin'));
  for (const who of [ada, person('bo.okafor'), app('Stint Reader')]) {
    expect(world.arm(who, line).status).toBe(200);
  }
  expect(refusal(world.arm(person('lou.grant'), line))).toBe('403 AuthorizationFailed');
  expect(refusal(world.arm(person('lou.grant'), `GET ${FILED}`))).toBe('400 InsufficientPermissions');
  const queue = (login: string) => rows(world.arm(person(login), `GET ${FILED}?$filter=asApprover()`)).length;
  expect([queue('bo.okafor'), queue('cy.tran'), queue('ada.lind'), queue('lou.grant')]).toEqual([1, 1, 0, 0]);
  expect(rows(world.arm(ada, `GET ${FILED}?$filter=asRequestor()`))).toHaveLength(1);
});

it('lets only those assign who may, and shows the new eligibility to its holder', () => {
  const lou = person('lou.grant');
  const gift = activation('Reader', {
    principalId: lou.objectId,
    requestType: 'AdminAssign',
    scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P30D' } },
  });
  const line = `PUT ${PRODUCTION}${PIM}/roleEligibilityScheduleRequests/${GUID}`;
  expect(refusal(world.arm(ada, line, gift))).toBe('403 AuthorizationFailed');
  const answer = world.arm(person('ines.castell'), line, gift);
  expect(answer.status).toBe(201);
  expect(Object(answer.body).properties.targetRoleEligibilityScheduleId).toContain(
    '/roleEligibilitySchedules/',
  );
  const held = rows(world.arm(lou, `GET ${PIM}/roleEligibilityScheduleInstances?$filter=asTarget()`));
  expect(held.map(({ properties }) => properties.scope)).toEqual([PRODUCTION]);
});

it('keeps a future start among the schedules, and out of what is in force until then', () => {
  const scheduleInfo = {
    startDateTime: '2026-06-01T13:00:00Z',
    expiration: { type: 'AfterDuration', duration: 'PT1H' },
  };
  const later = activation('Contributor', { scheduleInfo });
  const filed = world.arm(ada, `PUT ${STAGING}${FILED}/${GUID}`, later);
  expect(Object(filed.body).properties.status).toBe('Granted');
  const count = (collection: string) =>
    rows(world.arm(ada, `GET ${STAGING}${PIM}/${collection}?$filter=asTarget()`)).length;
  expect([count('roleAssignmentSchedules'), count('roleAssignmentScheduleInstances')]).toEqual([1, 0]);
  world.advance(61 * minute);
  expect([count('roleAssignmentSchedules'), count('roleAssignmentScheduleInstances')]).toEqual([1, 1]);
  world.advance(60 * minute);
  expect([count('roleAssignmentSchedules'), count('roleAssignmentScheduleInstances')]).toEqual([0, 0]);
});

it('shows an activation only once it is provisioned', () => {
  world.state.provisioningDelayMs = minute;
  world.arm(ada, `PUT ${STAGING}${FILED}/${GUID}`, activation('Contributor'));
  expect(roles(`GET ${STAGING}${PIM}/roleAssignmentScheduleInstances?$filter=asTarget()`)).toEqual([]);
  world.advance(minute);
  expect(roles(`GET ${STAGING}${PIM}/roleAssignmentScheduleInstances?$filter=asTarget()`)).toEqual([
    'Contributor',
  ]);
});

it('finds a request only at its own scope', () => {
  world.arm(ada, `PUT ${STAGING}${FILED}/${GUID}`, activation('Contributor'));
  expect(world.arm(ada, `GET /providers/Microsoft.Subscription${STAGING}${FILED}/${GUID}`).status).toBe(200);
  expect(refusal(world.arm(ada, `GET ${PRODUCTION}${FILED}/${GUID}`))).toBe('404 ResourceNotFound');
});

it('leaves out what has no value in the preview version, as recorded', () => {
  const line = `${STAGING}${FILED}/${GUID}?api-version=2020-10-01-preview`;
  const answer = world.arm(ada, `PUT ${line}`, activation('Contributor'));
  expect(Object(answer.body).properties).toMatchObject({ ticketInfo: {}, status: 'Provisioned' });
  expect(JSON.stringify(answer.body)).not.toContain('null');
  expect(world.arm(ada, `GET ${line}`).body).toEqual(answer.body);
});
