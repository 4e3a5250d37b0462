import { beforeEach, expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PROD_DATA, PRODUCTION } from '#lib/emulator/tenant/scopes.ts';
import { app, person, refusal, rows, type Tenant, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const NAME = '0b0b0b0b-0000-4000-8000-000000000009';
const owner = person('ines.castell');
const reader = app('Stint Reader');
let world: Tenant;

beforeEach(() => {
  world = tenant();
});

function grant(login: string, role = 'Reader') {
  const principalId = login === '' ? NAME : personId(login);
  return { properties: { principalId, roleDefinitionId: azureRole(role), principalType: 'User' } };
}

it('creates once, and says so the second time', () => {
  const line = `PUT ${PRODUCTION}${PIM}/roleAssignments/${NAME}`;
  expect(world.arm(owner, line, grant('lou.grant')).status).toBe(201);
  expect(world.arm(owner, line, grant('lou.grant')).status).toBe(200);
  expect(refusal(world.arm(owner, line, grant('lou.grant', 'Owner')))).toBe(
    '400 RoleAssignmentUpdateNotPermitted',
  );
  const twin = world.arm(owner, line.replace(/9$/, '8'), grant('lou.grant'));
  expect(twin).toMatchObject({
    status: 409,
    body: {
      error: {
        code: 'RoleAssignmentExists',
        message: `The role assignment already exists. The ID of the existing role assignment is ${NAME.replaceAll('-', '')}.`,
      },
    },
  });
  expect(rows(world.arm(person('lou.grant'), 'GET /subscriptions')).map(({ name }) => name)).toHaveLength(1);
});

it('removes what is there, shrugs at what is not', () => {
  const line = `${PRODUCTION}${PIM}/roleAssignments/ac71ace0-0001-4000-8000-000000000023`;
  expect(world.arm(owner, `DELETE ${line}`).status).toBe(200);
  expect(world.arm(owner, `DELETE ${line}`).status).toBe(204);
  expect(refusal(world.arm(reader, `GET ${line}`))).toBe('404 ResourceNotFound');
});

it('refuses writes of those who may only read', () => {
  const line = `${PRODUCTION}${PIM}/roleAssignments/${NAME}`;
  expect(refusal(world.arm(reader, `PUT ${line}`, grant('lou.grant')))).toBe('403 AuthorizationFailed');
  expect(refusal(world.arm(reader, `DELETE ${line}`))).toBe('403 AuthorizationFailed');
  expect(refusal(world.arm(owner, `PUT ${line}`, grant('')))).toBe('400 PrincipalNotFound');
});

it('lists from root to resource, and pages by nextLink', () => {
  const scopes = rows(world.arm(reader, `GET ${PROD_DATA}${PIM}/roleAssignments`)).map(
    (row) => row.properties.scope,
  );
  expect(new Set(scopes).size).toBeGreaterThanOrEqual(3);
  for (let number = 100; number < 220; number += 1) {
    const [first] = world.state.schedules.filter(
      ({ kind, scope }) => kind === 'active' && scope === PRODUCTION,
    );
    if (first) world.state.schedules.push({ ...first, id: NAME.replace(/009$/, String(number)) });
  }
  const answer = world.arm(reader, `GET ${PRODUCTION}${PIM}/roleAssignments?$filter=atScope()`);
  const next = String(Object(answer.body).nextLink);
  expect(rows(answer)).toHaveLength(100);
  const rest = world.arm(reader, `GET ${next.replace('https://localhost:4443', '')}`);
  expect(Object(rest.body).nextLink).toBeUndefined();
  const names = [...rows(answer), ...rows(rest)].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(120);
});
