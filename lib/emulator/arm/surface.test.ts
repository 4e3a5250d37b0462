import { expect, it, vi } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { DEVELOPMENT, PLATFORM, PRODUCTION, ROOT, TENANT_ID } from '#lib/emulator/tenant/scopes.ts';
import { app, person, refusal, rows, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const GROUPS = '/providers/Microsoft.Management/managementGroups';
const world = tenant();
const ada = person('ada.lind');
const reader = app('Stint Reader');

it('turns away a call without a token, and one with a token for Graph', () => {
  const none = world.arm(null, 'GET /subscriptions');
  expect(refusal(none)).toBe('401 AuthenticationFailed');
  expect(none.headers?.['WWW-Authenticate']).toMatch(/^Bearer authorization_uri="/);
  const graph = world.arm(person('ada.lind', { audience: 'graph' }), 'GET /subscriptions');
  expect(refusal(graph)).toBe('401 InvalidAuthenticationTokenAudience');
});

it('wants an api-version', () => {
  expect(refusal(world.arm(ada, 'GET /subscriptions?api-version='))).toBe('400 MissingApiVersionParameter');
  expect(refusal(world.arm(ada, 'GET /subscriptions?api-version=latest'))).toBe(
    '400 InvalidApiVersionParameter',
  );
});

it('says what it does not emulate, to the caller and on the console', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const answer = world.arm(ada, `GET ${PRODUCTION}/providers/Microsoft.Compute/disks`);
  expect(refusal(answer)).toBe('501 NotImplemented');
  expect(log).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/^not emulated: GET \/subscriptions\/.*Compute/),
  );
  log.mockRestore();
});

it('names the scope that is missing', () => {
  const nowhere = 'GET /subscriptions/00000000-0000-4000-8000-000000000000/resourcegroups';
  expect(refusal(world.arm(reader, nowhere))).toBe('404 SubscriptionNotFound');
  expect(refusal(world.arm(reader, `GET ${PRODUCTION}/resourcegroups/rg-x`))).toBe(
    '404 ResourceGroupNotFound',
  );
});

it('shows subscriptions, groups and resources only to those with something active there', () => {
  const names = (who: typeof ada, line: string) => rows(world.arm(who, line)).map((row) => row.id);
  expect(names(ada, 'GET /subscriptions')).toEqual([DEVELOPMENT]);
  expect(names(reader, 'GET /subscriptions')).toHaveLength(5);
  expect(names(ada, `GET ${DEVELOPMENT}/resourcegroups`)).toEqual([`${DEVELOPMENT}/resourceGroups/rg-dev`]);
  expect(names(ada, `GET ${DEVELOPMENT}/resources`)).toHaveLength(2);
  expect(refusal(world.arm(ada, `GET ${PRODUCTION}/resourceGroups`))).toBe('403 AuthorizationFailed');
  const paged = world.arm(reader, `GET ${PRODUCTION}/resourcegroups?$top=2`).body;
  expect(paged).toMatchObject({ value: [{ name: 'rg-payments' }, { name: 'rg-platform' }] });
  expect(Object(paged).nextLink).toContain('skipToken');
});

it('prints the tree of management groups to those who may read it', () => {
  expect(rows(world.arm(reader, `GET ${GROUPS}`))).toHaveLength(3);
  expect(rows(world.arm(ada, `GET ${GROUPS}`))).toEqual([]);
  expect(refusal(world.arm(ada, `GET ${ROOT}`))).toBe('403 AuthorizationFailed');
  const tree = world.arm(reader, `GET ${GROUPS}/${TENANT_ID}?$expand=children&$recurse=true`).body;
  expect(tree).toMatchObject({
    properties: {
      children: [
        { name: 'Platform', children: [{ displayName: 'Production', type: '/subscriptions' }, {}, {}] },
        { name: 'Sandbox', children: [{}, {}] },
      ],
    },
  });
  expect(rows(world.arm(reader, `GET ${ROOT}/descendants`))).toHaveLength(7);
  const listed = world.arm(reader, 'POST /providers/Microsoft.Management/getEntities');
  expect(listed.body).toHaveProperty('nextLink', null);
  const entities = rows(listed);
  expect(entities.find(({ id }) => id === PRODUCTION)?.properties).toMatchObject({
    parent: { id: PLATFORM },
    parentNameChain: [TENANT_ID, 'Platform'],
  });
});

it('tells what hangs below a management group to those with that right, which Management Group Reader lacks', () => {
  const other = tenant();
  const isReader = ({ principalId, role }: { principalId: string; role: string }) =>
    principalId === reader.objectId && role === azureRole('Reader');
  other.state.schedules = other.state.schedules.filter((one) => !isReader(one));
  expect(rows(other.arm(reader, `GET ${GROUPS}`))).toHaveLength(3);
  expect(refusal(other.arm(reader, `GET ${ROOT}/descendants`))).toBe('403 AuthorizationFailed');
  const paged = world.arm(reader, `GET ${ROOT}/descendants?$top=4`);
  expect(rows(paged).map(({ properties }) => properties.parent)).toContainEqual({ id: ROOT });
  expect(Object(paged.body).nextLink).toContain('skipToken');
});

it('tells of a management group when it was made, what is above it, and which subscriptions hang on it', () => {
  const detailsOf = (query = '') =>
    Object(world.arm(reader, `GET ${PLATFORM}${query}`).body).properties.details;
  const root = { name: TENANT_ID, displayName: 'Tenant Root Group' };
  expect(detailsOf()).toEqual({
    version: 1,
    updatedTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    updatedBy: expect.stringMatching(/^[0-9a-f-]{36}$/),
    parent: { id: ROOT, ...root },
  });
  expect(detailsOf('?$expand=ancestors')).toMatchObject({ managementGroupAncestors: [root] });
  expect(detailsOf('?$expand=path')).toMatchObject({ path: [root] });
  const line = `GET ${PLATFORM}/subscriptions`;
  const [production, ...others] = rows(world.arm(reader, line));
  expect(others).toHaveLength(2);
  expect(production).toEqual({
    name: PRODUCTION.split('/')[2],
    id: `${PLATFORM}${PRODUCTION}`,
    type: 'Microsoft.Management/managementGroups/subscriptions',
    properties: { displayName: 'Production', parent: { id: PLATFORM }, state: 'Active', tenant: TENANT_ID },
  });
  expect(world.arm(reader, `${line}/${production?.name}`).body).toEqual(production);
  expect(refusal(world.arm(reader, `${line}/${DEVELOPMENT.split('/')[2]}`))).toBe('404 ResourceNotFound');
  expect(refusal(world.arm(ada, line))).toBe('403 AuthorizationFailed');
});

it('gives role definitions by name and kind, Azure’s own to everyone', () => {
  const owner = `${PIM}/roleDefinitions?$filter=roleName eq 'Owner'`;
  expect(rows(world.arm(ada, `GET ${owner}`)).map(({ name }) => name)).toEqual([azureRole('Owner')]);
  expect(refusal(world.arm(ada, `GET ${PRODUCTION}${owner}`))).toBe('403 AuthorizationFailed');
  const custom = `${PIM}/roleDefinitions?$filter=type eq 'CustomRole'`;
  const own = rows(world.arm(reader, `GET ${PRODUCTION}${custom}`));
  expect(own.map(({ properties }) => properties.roleName)).toEqual([
    'Deployment Operator',
    'Payments Support',
  ]);
  expect(own[0]?.id).toBe(`${PRODUCTION}${PIM}/roleDefinitions/${azureRole('Deployment Operator')}`);
  expect(world.arm(reader, `GET ${own[0]?.id}`).body).toEqual(own[0]);
});

it('says what the caller may do at a scope', () => {
  expect(world.arm(ada, `GET ${DEVELOPMENT}${PIM}/permissions`).body).toMatchObject({
    value: [{ actions: ['*/read'] }],
  });
  expect(refusal(world.arm(ada, `GET ${PRODUCTION}${PIM}/permissions`))).toBe('403 AuthorizationFailed');
});

it('names the children where an activation may be narrowed to', () => {
  const line = (scope: string, query: string) => `GET ${scope}${PIM}/eligibleChildResources?${query}`;
  const children = (scope: string, query: string) =>
    rows(world.arm(ada, line(scope, query))).map(({ name }) => name);
  expect(children(PRODUCTION, "$filter=resourceType eq 'resourcegroup'")).toEqual([
    'rg-payments',
    'rg-platform',
    'rg-data',
  ]);
  expect(
    children(PLATFORM, "$filter=resourceType+eq+'subscription'+or+resourceType+eq+'resourcegroup'"),
  ).toEqual(['Production', 'Staging', 'Shared Services']);
  expect(children(PRODUCTION, 'getAllChildren=true')).toContain('aks-core');
  const [group] = rows(world.arm(ada, line(PRODUCTION, '')));
  expect(group?.id).toBe(`${PRODUCTION}/resourceGroups/rg-payments`);
});
