import { expect, test } from 'vitest';
import { app } from '#lib/emulator/pim/testing.ts';
import { groupId } from '#lib/emulator/tenant/groups.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { seedTenant } from '#lib/emulator/tenant/seed.ts';
import { servicePrincipalId } from '#lib/emulator/tenant/service-principals.ts';
import type { World } from '#lib/emulator/wire.ts';
import { bodyOf, refusalOf, rowsOf, send } from './testing.ts';

const now = Date.UTC(2026, 5, 1, 12);
const contoso = (): World => ({ state: seedTenant(now), now: () => now, changed: () => {} });
const reader = app(
  'Application.Read.All',
  'User.Read.All',
  'GroupMember.Read.All',
  'AuditLog.Read.All',
  'Organization.Read.All',
);
const read = (line: string) => send(contoso(), reader, `GET ${line}`);
const principal = (name: string) => `/v1.0/servicePrincipals/${servicePrincipalId(name)}`;

test('what is listed is also read by its id', () => {
  const sets = [
    `${principal('payments-api')}/appRoleAssignments`,
    `${principal('Stint')}/appRoleAssignedTo`,
    `/v1.0/users/${personId('mira.novak')}/appRoleAssignments`,
    '/v1.0/organization',
    '/beta/reports/servicePrincipalSignInActivities',
    '/beta/reports/appCredentialSignInActivities',
  ];
  for (const set of sets) {
    const [row] = rowsOf(read(set));
    const one = bodyOf(read(`${set}/${row?.id}`));
    expect(one).toMatchObject({ ...row, '@odata.context': expect.stringMatching(/\/\$entity$/) });
    expect(refusalOf(read(`${set}/nothing`))).toBe('404 Request_ResourceNotFound');
  }
  const [deploy] = rowsOf(read("/v1.0/applications?$filter=displayName eq 'github-deploy'"));
  const credentials = `/v1.0/applications/${deploy?.id}/federatedIdentityCredentials`;
  expect(bodyOf(read(`${credentials}/main`))).toMatchObject({ ...rowsOf(read(credentials))[0] });
  expect(refusalOf(read(`${credentials}/other`))).toBe('404 Request_ResourceNotFound');
});

test('a group prints what every group has, its security identifier made of its id', () => {
  const row = bodyOf(read(`/v1.0/groups/${groupId('sg-vendors')}`));
  expect(Object.keys(row)).toEqual(
    expect.arrayContaining([
      'onPremisesSecurityIdentifier',
      'preferredDataLocation',
      'proxyAddresses',
      'resourceProvisioningOptions',
      'theme',
      'onPremisesProvisioningErrors',
    ]),
  );
  const world = contoso();
  const [first] = world.state.groups;
  if (first) first.id = '01020304-0506-0708-090a-0b0c0d0e0f10';
  const [made] = rowsOf(send(world, reader, 'GET /v1.0/groups'));
  expect(made?.securityIdentifier).toBe('S-1-12-1-16909060-117966086-202050057-269422093');
});
