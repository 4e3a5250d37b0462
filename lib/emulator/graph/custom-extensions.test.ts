import { expect, test } from 'vitest';
import { app } from '#lib/emulator/pim/testing.ts';
import { seedTenant } from '#lib/emulator/tenant/seed.ts';
import type { World } from '#lib/emulator/wire.ts';
import { bodyOf, refusalOf, rowsOf, send } from './testing.ts';

const now = Date.UTC(2026, 5, 1, 12);
const path = '/beta/identityGovernance/privilegedAccess/customExtensions';
const writer = app('PrivilegedAccess-CustomExt.ReadWrite.All');
const id = '0e57e510-0000-4000-8000-000000000001';
const stint = '5717a000-0000-4000-8000-000000000001';
const body = {
  '@odata.type': '#microsoft.graph.roleManagementCustomCalloutExtension',
  id,
  displayName: 'Change calendar',
  description: 'Asks whether the change is on',
  type: 'preApproval',
  endpointConfiguration: {
    '@odata.type': '#microsoft.graph.httpRequestEndpoint',
    targetUrl: 'http://localhost:3000/api/integrations/pim',
  },
  clientConfiguration: { timeoutInMilliseconds: 10000, maximumRetries: 3 },
  authenticationConfiguration: {
    '@odata.type': '#microsoft.graph.azureAdTokenAuthentication',
    resourceId: `api://localhost/${stint}`,
  },
  resourceType: 'entraRoles',
  customAttributes: [],
};
const contoso = (): World => ({ state: seedTenant(now), now: () => now, changed: () => {} });
const post = (world: World, sent: object, who = writer) => send(world, who, `POST ${path}`, { body: sent });

test('are made, listed by resource type, changed and removed', () => {
  const world = contoso();
  const made = post(world, body);
  expect(made.status).toBe(201);
  expect(bodyOf(made)).toMatchObject(body);
  const { customAttributes: _, description: __, ...bare } = body;
  expect(post(world, { ...bare, id: id.replace(/1$/, '2'), resourceType: 'entraGroups' }).status).toBe(201);
  expect(rowsOf(send(world, writer, `GET ${path}?$filter=resourceType eq 'entraRoles'`))).toHaveLength(1);
  const change = { clientConfiguration: { timeoutInMilliseconds: 2000, maximumRetries: 0 } };
  expect(send(world, writer, `PATCH ${path}/${id}`, { body: change }).status).toBe(204);
  expect(bodyOf(send(world, writer, `GET ${path.replace('beta', 'v1.0')}/${id}`))).toMatchObject({
    displayName: 'Change calendar',
    ...change,
  });
  expect(send(world, writer, `DELETE ${path}/${id}`).status).toBe(204);
  expect(refusalOf(send(world, writer, `GET ${path}/${id}`))).toBe('404 Request_ResourceNotFound');
});

test.each([
  ['no id', { id: undefined }, 'Id property needs to have a GUID value.'],
  ['an id that is no GUID', { id: 'mine' }, 'Id property needs to have a GUID value.'],
  [
    'a resource nobody registered',
    { authenticationConfiguration: { resourceId: 'api://localhost/else' } },
    'The resourceId is not present in the service principal names for application id.',
  ],
  [
    'a resource that names another host',
    { endpointConfiguration: { targetUrl: 'https://elsewhere.example/pim' } },
    'The resourceId must name the host of targetUrl and end with the client id.',
  ],
  [
    'plain http elsewhere',
    { endpointConfiguration: { targetUrl: 'http://elsewhere.example/' } },
    'targetUrl must be',
  ],
  ['a plane that is none', { resourceType: 'everything' }, 'resourceType'],
])('are refused with %s', (_, changes, words) => {
  const answer = post(contoso(), { ...body, ...changes });
  expect(refusalOf(answer)).toBe('400 Request_BadRequest');
  expect(JSON.stringify(answer.body)).toContain(words);
});

test('want the permission that the verb wants', () => {
  const reader = app('PrivilegedAccess-CustomExt.Read.All');
  expect(rowsOf(send(contoso(), reader, `GET ${path}`))).toEqual([]);
  expect(refusalOf(post(contoso(), body, reader))).toBe('403 UnknownError');
});
