import { beforeEach, expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PROD_DATA, PROD_PAYMENTS, PRODUCTION, resourceId, STAGING } from '#lib/emulator/tenant/scopes.ts';
import { app, minute, person, refusal, rows, type Tenant, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const owner = person('ines.castell');
const reader = app('Stint Reader');
let world: Tenant;

beforeEach(() => {
  world = tenant();
});

function lock(scope: string, level: string, name = 'keep') {
  return world.arm(owner, `PUT ${scope}${PIM}/locks/${name}?api-version=2016-09-01`, {
    properties: { level, notes: 'Not before the audit' },
  });
}

function grant(scope: string, name: string) {
  return world.arm(owner, `PUT ${scope}${PIM}/roleAssignments/${name}`, {
    properties: { principalId: personId('lou.grant'), roleDefinitionId: azureRole('Reader') },
  });
}

const NAME = '0c0c0c0c-0000-4000-8000-000000000001';

it('locks are put, listed from above and below, read and removed', () => {
  const made = lock(PROD_PAYMENTS, 'CanNotDelete');
  expect(made).toEqual({
    status: 201,
    body: {
      properties: { level: 'CanNotDelete', notes: 'Not before the audit' },
      id: `${PROD_PAYMENTS}${PIM}/locks/keep`,
      type: 'Microsoft.Authorization/locks',
      name: 'keep',
    },
  });
  expect(lock(PROD_PAYMENTS, 'ReadOnly').status).toBe(200);
  const names = (scope: string) =>
    rows(world.arm(reader, `GET ${scope}${PIM}/locks`)).map(({ name }) => name);
  expect(names(resourceId('kv-payments-prod'))).toEqual(['keep']);
  // The tenant begins with one on the payments storage.
  expect(names(PRODUCTION)).toEqual(['keep-payments', 'keep']);
  expect(names(STAGING)).toEqual([]);
  expect(refusal(world.arm(reader, `DELETE ${PROD_PAYMENTS}${PIM}/locks/keep`))).toBe(
    '403 AuthorizationFailed',
  );
  expect(world.arm(owner, `DELETE ${PROD_PAYMENTS}${PIM}/locks/keep`).status).toBe(200);
  expect(world.arm(owner, `DELETE ${PROD_PAYMENTS}${PIM}/locks/keep`).status).toBe(204);
  expect(refusal(world.arm(reader, `GET ${PROD_PAYMENTS}${PIM}/locks/keep`))).toBe('404 ResourceNotFound');
  expect(refusal(lock(PROD_PAYMENTS, 'Sometimes'))).toBe('400 InvalidLockLevel');
});

it('a CanNotDelete lock lets access be given and not be taken back, below it too', () => {
  lock(PROD_PAYMENTS, 'CanNotDelete');
  const scope = resourceId('kv-payments-prod');
  expect(grant(scope, NAME).status).toBe(201);
  const answer = world.arm(owner, `DELETE ${scope}${PIM}/roleAssignments/${NAME}`);
  expect(answer).toEqual({
    status: 409,
    body: {
      error: {
        code: 'ScopeLocked',
        message: `The scope '${scope}${PIM}/roleAssignments/${NAME}' cannot perform delete operation because following scope(s) are locked: '${PROD_PAYMENTS}'. Please remove the lock and try again.`,
      },
    },
  });
  world.arm(owner, `DELETE ${PROD_PAYMENTS}${PIM}/locks/keep`);
  expect(world.arm(owner, `DELETE ${scope}${PIM}/roleAssignments/${NAME}`).status).toBe(200);
});

it('a ReadOnly lock keeps access from being given as well', () => {
  lock(PROD_PAYMENTS, 'ReadOnly');
  expect(refusal(grant(PROD_PAYMENTS, NAME))).toBe('409 ScopeLocked');
  expect(grant(PRODUCTION, NAME).status).toBe(201);
});

it('PIM files the end of an activation under a lock as failed, and the role stays', () => {
  const ada = person('ada.lind');
  const ask = (name: string, requestType: string) =>
    world.arm(ada, `PUT ${STAGING}${PIM}/roleAssignmentScheduleRequests/${name}`, {
      properties: {
        principalId: ada.objectId,
        roleDefinitionId: azureRole('Contributor'),
        requestType,
        justification: 'Deploy',
        scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H' } },
      },
    });
  expect(ask(NAME, 'SelfActivate').status).toBe(201);
  world.state.locks = [{ name: 'keep', scope: STAGING, level: 'CanNotDelete', notes: null }];
  world.advance(6 * minute);
  expect(ask(NAME.replace(/1$/, '2'), 'SelfDeactivate')).toMatchObject({
    status: 201,
    body: { properties: { status: 'FailedAsResourceIsLocked' } },
  });
  const active = `GET ${STAGING}${PIM}/roleAssignmentScheduleInstances?$filter=asTarget()`;
  expect(rows(world.arm(ada, active))).toHaveLength(1);
  world.state.locks = [];
  expect(ask(NAME.replace(/1$/, '3'), 'SelfDeactivate')).toMatchObject({
    body: { properties: { status: 'Revoked' } },
  });
  world.state.locks = [{ name: 'keep', scope: STAGING, level: 'ReadOnly', notes: null }];
  expect(ask(NAME.replace(/1$/, '4'), 'SelfActivate')).toMatchObject({
    body: { properties: { status: 'FailedAsResourceIsLocked' } },
  });
  expect(rows(world.arm(ada, active))).toEqual([]);
});

it('deny assignments are listed with all they say, from where they reach', () => {
  const [row] = rows(world.arm(reader, `GET ${PROD_DATA}${PIM}/denyAssignments`));
  expect(row).toEqual({
    properties: {
      denyAssignmentName: 'Deny assignment created by Deployment Stack stack-data',
      description: 'Created by Deployment Stack stack-data',
      permissions: [{ actions: ['*/delete'], notActions: [], dataActions: [], notDataActions: [] }],
      scope: PROD_DATA,
      doNotApplyToChildScopes: false,
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      excludePrincipals: [{ id: expect.any(String), type: 'ServicePrincipal' }],
      isSystemProtected: true,
    },
    id: `${PROD_DATA}${PIM}/denyAssignments/${row?.name}`,
    type: 'Microsoft.Authorization/denyAssignments',
    name: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(world.arm(reader, `GET ${row?.id}`).body).toEqual(row);
  const count = (scope: string, filter: string) =>
    rows(world.arm(reader, `GET ${scope}${PIM}/denyAssignments?$filter=${filter}`)).length;
  expect(count(resourceId('sql-orders-prod'), 'atScope()')).toBe(1);
  expect(count(PRODUCTION, 'atScope()')).toBe(0);
  expect(count(PROD_DATA, `principalId eq '${personId('ada.lind')}'`)).toBe(0);
  expect(count(PROD_DATA, `assignedTo('${personId('ada.lind')}')`)).toBe(1);
  expect(count(PROD_DATA, "denyAssignmentName eq 'another'")).toBe(0);
  expect(refusal(world.arm(person('lou.grant'), `GET ${PROD_DATA}${PIM}/denyAssignments`))).toBe(
    '403 AuthorizationFailed',
  );
});

it('a deny assignment overrules an Owner and names itself; those it spares pass', () => {
  grant(PROD_DATA, NAME);
  const line = `DELETE ${PROD_DATA}${PIM}/roleAssignments/${NAME}`;
  const answer = world.arm(owner, line);
  expect(refusal(answer)).toBe('403 DenyAssignmentAuthorizationFailed');
  expect(JSON.stringify(answer.body)).toContain('Deployment Stack stack-data');
  expect(refusal(world.arm(person('lou.grant'), line))).toBe('403 AuthorizationFailed');
  for (const one of world.state.denyAssignments ?? [])
    one.excludePrincipals.push({ id: owner.objectId, type: 'User' });
  expect(world.arm(owner, line).status).toBe(200);
});
