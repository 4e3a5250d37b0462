import { beforeEach, describe, expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PROD_DATA, PRODUCTION, ROOT, STAGING } from '#lib/emulator/tenant/scopes.ts';
import { minute, person, refusal, rows, type Tenant, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const CONDITION =
  "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:ContainerName] StringEqualsIgnoreCase 'logs'";
const owner = person('ines.castell');
let world: Tenant;
let filed = 0;

beforeEach(() => {
  world = tenant();
});

function ask(
  who: typeof owner,
  side: 'Assignment' | 'Eligibility',
  requestType: string,
  changes: object = {},
) {
  filed += 1;
  const name = `0b0b0b0b-0000-4000-8000-${String(filed).padStart(12, '0')}`;
  return world.arm(who, `PUT ${PRODUCTION}${PIM}/role${side}ScheduleRequests/${name}`, {
    properties: {
      principalId: personId('lou.grant'),
      roleDefinitionId: azureRole('Reader'),
      requestType,
      justification: 'Audit week',
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P30D' } },
      ...changes,
    },
  });
}

function held(side: 'Assignment' | 'Eligibility') {
  const filter = `$filter=principalId eq '${personId('lou.grant')}'`;
  return rows(world.arm(owner, `GET ${PRODUCTION}${PIM}/role${side}Schedules?${filter}`));
}

describe.each(['Assignment', 'Eligibility'] as const)('an administrator, on the side of %s', (side) => {
  it('assigns, updates, extends, renews and removes', () => {
    expect(ask(owner, side, 'AdminAssign')).toMatchObject({
      status: 201,
      body: {
        properties: {
          status: 'Provisioned',
          requestType: 'AdminAssign',
          principalType: 'User',
          requestorId: owner.objectId,
          justification: 'Audit week',

          scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P30D' } },
        },
      },
    });
    expect(refusal(ask(owner, side, 'AdminAssign'))).toBe('400 RoleAssignmentExists');
    const end = () => held(side)[0]?.properties.endDateTime;
    expect(end()).toBe('2026-07-01T12:00:00.000Z');
    const until = (duration: string) => ({
      scheduleInfo: { expiration: { type: 'AfterDuration', duration } },
    });
    for (const [action, days] of [
      ['AdminUpdate', 60],
      ['AdminExtend', 90],
      ['AdminRenew', 120],
    ] as const) {
      expect(ask(owner, side, action, until(`P${days}D`))).toMatchObject({
        status: 201,
        body: { properties: { status: 'Provisioned' } },
      });
      expect(end()).toBe(new Date(Date.UTC(2026, 5, 1 + days, 12)).toISOString());
    }
    expect(ask(owner, side, 'AdminRemove', { scheduleInfo: undefined })).toMatchObject({
      status: 201,
      body: { properties: { status: 'Revoked' } },
    });
    expect(held(side)).toEqual([]);
    expect(refusal(ask(owner, side, 'AdminRemove'))).toBe('400 RoleAssignmentDoesNotExist');
    expect(refusal(ask(owner, side, 'AdminExtend'))).toBe('400 RoleAssignmentDoesNotExist');
  });

  it('is refused without the right to file, and those held to plain assignments are too', () => {
    expect(refusal(ask(person('bo.okafor'), side, 'AdminAssign'))).toBe('403 AuthorizationFailed');
    const [first] = world.state.schedules.filter(({ role }) => role === azureRole('Owner'));
    if (first) first.role = azureRole('Role Based Access Control Administrator');
    world.state.schedules = world.state.schedules.map((one) =>
      one.principalId === owner.objectId
        ? { ...one, role: azureRole('Role Based Access Control Administrator') }
        : one,
    );
    expect(refusal(ask(owner, side, 'AdminAssign'))).toBe('403 AuthorizationFailed');
  });

  it('keeps a condition with its version, from the request to the rows', () => {
    const condition = { condition: CONDITION, conditionVersion: '1.0' };
    expect(ask(owner, side, 'AdminAssign', condition).body).toMatchObject({ properties: condition });
    expect(held(side)[0]?.properties).toMatchObject(condition);
    const instances = rows(
      world.arm(owner, `GET ${PRODUCTION}${PIM}/role${side}ScheduleInstances?$filter=atScope()`),
    );
    expect(instances.some(({ properties }) => properties.conditionVersion === '1.0')).toBe(true);
  });
});

it('an activation inherits the condition of its eligibility, down to the plain assignment', () => {
  const lou = person('lou.grant');
  ask(owner, 'Eligibility', 'AdminAssign', { condition: CONDITION, conditionVersion: '1.0' });
  const expiration = { type: 'AfterDuration', duration: 'PT1H' };
  expect(ask(lou, 'Assignment', 'SelfActivate', { scheduleInfo: { expiration } }).status).toBe(201);
  const plain = rows(
    world.arm(owner, `GET ${PRODUCTION}${PIM}/roleAssignments?$filter=principalId eq '${lou.objectId}'`),
  );
  expect(plain[0]?.properties).toMatchObject({ condition: CONDITION, conditionVersion: '1.0' });
});

it('a service principal cannot be made eligible', () => {
  const [workload] = world.state.servicePrincipals;
  expect(refusal(ask(owner, 'Eligibility', 'AdminAssign', { principalId: workload?.id }))).toBe(
    '400 InvalidRoleAssignmentRequest',
  );
});

describe('a delegate held by a condition', () => {
  const roleOf = (name: string) => azureRole(name);
  const grant = (role: string, name = 'lou.grant') =>
    world.arm(
      person('wim.claes'),
      `PUT ${STAGING}${PIM}/roleAssignments/0c0c0c0c-0000-4000-8000-000000000001`,
      {
        properties: { principalId: personId(name), roleDefinitionId: roleOf(role), principalType: 'User' },
      },
    );

  beforeEach(() => {
    const either = `{${roleOf('Reader')}, ${roleOf('Monitoring Reader')}}`;
    const action = (verb: string) => `!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})`;
    const attribute = (source: string) =>
      `@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals ${either}`;
    world.state.schedules.push({
      id: '0d0d0d0d-0000-4000-8000-000000000001',
      plane: 'azure',
      kind: 'active',
      principalId: personId('wim.claes'),
      role: roleOf('Role Based Access Control Administrator'),
      scope: STAGING,
      startAt: 0,
      endAt: null,
      assignmentType: 'assigned',
      eligibilityId: null,
      requestId: null,
      visibleFrom: 0,
      createdAt: 0,
      condition: `((${action('write')}) OR (${attribute('Request')})) AND ((${action('delete')}) OR (${attribute('Resource')}))`,
    });
  });

  it('gives and takes the roles it names', () => {
    expect(grant('Reader').status).toBe(201);
    const line = `DELETE ${STAGING}${PIM}/roleAssignments/0c0c0c0c-0000-4000-8000-000000000001`;
    expect(world.arm(person('wim.claes'), line).status).toBe(200);
  });

  it('neither gives nor takes others, and is told of the condition', () => {
    const answer = grant('Owner');
    expect(refusal(answer)).toBe('403 AuthorizationFailed');
    expect(JSON.stringify(answer.body)).toContain('or an ABAC condition not fulfilled to perform action');
    const line = `DELETE ${STAGING}${PIM}/roleAssignments/ac71ace0-0001-4000-8000-000000000004`;
    expect(refusal(world.arm(person('wim.claes'), line))).toBe('403 AuthorizationFailed');
  });
});

it('the last administrator of a subscription stays, unless a Global Administrator removes them', () => {
  const line = `DELETE ${PRODUCTION}${PIM}/roleAssignments/ac71ace0-0001-4000-8000-000000000033`;
  expect(refusal(world.arm(owner, line))).toBe('412 CannotDeleteLastRbacAdminAssignment');
  const sealed = person('breakglass.one');
  expect(refusal(world.arm(sealed, line))).toBe('403 AuthorizationFailed');
  expect(world.arm(sealed, `POST ${PIM}/elevateAccess`)).toEqual({ status: 200 });
  expect(world.arm(sealed, line).status).toBe(200);
});

it('only a Global Administrator elevates, sees the root before, and can step down after', () => {
  const sealed = person('breakglass.one');
  expect(refusal(world.arm(owner, `POST ${PIM}/elevateAccess`))).toBe('403 AuthorizationFailed');
  const root = `GET ${PIM}/roleAssignments?$filter=atScope()`;
  expect(refusal(world.arm(owner, root))).toBe('403 AuthorizationFailed');
  const before = rows(world.arm(sealed, root)).length;
  world.arm(sealed, `POST ${PIM}/elevateAccess`);
  world.arm(sealed, `POST ${PIM}/elevateAccess`);
  const after = rows(world.arm(sealed, root));
  expect(after).toHaveLength(before + 1);
  const own = after.find(({ properties }) => properties.principalId === sealed.objectId);
  expect(own?.properties).toMatchObject({ scope: '/', createdBy: sealed.objectId });
  expect(own?.id).toBe(`${PIM}/roleAssignments/${own?.name}`);
  expect(world.arm(sealed, `GET ${ROOT}${PIM}/permissions`).status).toBe(200);
  expect(world.arm(sealed, `DELETE ${own?.id}`).status).toBe(200);
});

it('a removal stays in lists for the tenant’s delay, and is gone for a second delete', () => {
  world.state.consistency = { removal: 10 * minute };
  const line = `${PRODUCTION}${PIM}/roleAssignments/ac71ace0-0001-4000-8000-000000000023`;
  expect(world.arm(owner, `DELETE ${line}`).status).toBe(200);
  expect(world.arm(owner, `GET ${line}`).status).toBe(200);
  expect(world.arm(owner, `DELETE ${line}`).status).toBe(204);
  world.advance(10 * minute);
  expect(refusal(world.arm(owner, `GET ${line}`))).toBe('404 ResourceNotFound');
});

it('a fresh principal is not found unless its type is named', () => {
  world.state.consistency = { principal: minute };
  const [lou] = world.state.users.filter(({ id }) => id === personId('lou.grant'));
  if (lou) lou.createdAt = world.now();
  const line = `PUT ${PROD_DATA}${PIM}/roleAssignments/0c0c0c0c-0000-4000-8000-000000000002`;
  const properties = { principalId: personId('lou.grant'), roleDefinitionId: azureRole('Reader') };
  expect(refusal(world.arm(owner, line, { properties }))).toBe('400 PrincipalNotFound');
  expect(world.arm(owner, line, { properties: { ...properties, principalType: 'User' } }).status).toBe(201);
});
