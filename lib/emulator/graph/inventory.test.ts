import { describe, expect, test } from 'vitest';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { app, ask, person } from '#lib/emulator/pim/testing.ts';
import { groupId } from '#lib/emulator/tenant/groups.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { seedTenant } from '#lib/emulator/tenant/seed.ts';
import { servicePrincipalId } from '#lib/emulator/tenant/service-principals.ts';
import type { World } from '#lib/emulator/wire.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const now = Date.UTC(2026, 5, 1, 12);
const eventual = { headers: { consistencylevel: 'eventual' } };
function contoso(): World {
  const state = { ...seedTenant(now), provisioningDelayMs: 0 };
  return { state, now: () => now, changed: () => {} };
}
const reader = app(
  'Application.Read.All',
  'User.Read.All',
  'GroupMember.Read.All',
  'AuditLog.Read.All',
  'AdministrativeUnit.Read.All',
  'AgentIdentity.Read.All',
  'PrivilegedAccess.Read.AzureADGroup',
  'Policy.Read.ConditionalAccess',
);
const read = (line: string, options = {}) => send(contoso(), reader, `GET ${line}`, options);
const principal = (name: string) => `/v1.0/servicePrincipals/${servicePrincipalId(name)}`;

describe('non-human identities', () => {
  test('tell their permissions by id, named by the API that has them', () => {
    const [mail] = rowsOf(read(`${principal('payments-api')}/appRoleAssignments`));
    expect(mail).toMatchObject({
      principalType: 'ServicePrincipal',
      principalDisplayName: 'payments-api',
      resourceDisplayName: 'Microsoft Graph',
    });
    const graph = bodyOf(read(`/v1.0/servicePrincipals/${mail?.resourceId}`));
    const names = (graph.appRoles as { id: string; value: string }[]).filter(
      ({ id }) => id === mail?.appRoleId,
    );
    expect(names).toMatchObject([{ value: 'Mail.Read' }]);
    expect(rowsOf(read(`${principal('Stint Reader')}/appRoleAssignments`)).length).toBeGreaterThan(10);
    const given = rowsOf(read(`${principal('Stint')}/appRoleAssignedTo`));
    expect(given.map((row) => row.principalDisplayName)).toContain('Mira Novak');
    expect(given[0]?.principalType).toBe('User');
  });

  test('keep credentials on the application and on the service principal', () => {
    const own = bodyOf(read(principal('invoice-export')));
    expect(own.passwordCredentials).toMatchObject([{ keyId: expect.any(String), secretText: null }]);
    const [application] = rowsOf(
      read("/v1.0/applications?$filter=displayName eq 'payments-api'&$expand=owners"),
    );
    expect(application).toMatchObject({
      keyCredentials: [{ type: 'AsymmetricX509Cert', usage: 'Verify', key: null }],
      passwordCredentials: [{ endDateTime: expect.stringMatching(/^2025-/) }],
      owners: [{ displayName: 'Oscar Blom' }],
    });
    const [deploy] = rowsOf(read("/v1.0/applications?$filter=displayName eq 'github-deploy'"));
    expect(rowsOf(read(`/v1.0/applications/${deploy?.id}/federatedIdentityCredentials`))[0]).toEqual({
      id: expect.any(String),
      name: 'main',
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:contoso/platform:ref:refs/heads/main',
      description: null,
      audiences: ['api://AzureADTokenExchange'],
    });
    expect(rowsOf(read(`${principal('id-backup')}/federatedIdentityCredentials`))).toHaveLength(1);
    expect(bodyOf(read(principal('id-backup'))).alternativeNames).toMatchObject(['isExplicit=True', /./]);
  });

  test('that nobody owns are found by a count', () => {
    const line = '/v1.0/servicePrincipals?$filter=owners/$count eq 0&$count=true&$select=displayName';
    const names = rowsOf(read(line, eventual)).map(({ displayName }) => displayName);
    expect(names).toContain('invoice-export');
    expect(names).not.toContain('grafana');
  });

  test('have delegated grants for everyone or for one', () => {
    const grants = rowsOf(read('/v1.0/oauth2PermissionGrants'));
    expect(grants).toContainEqual({
      id: expect.any(String),
      clientId: servicePrincipalId('grafana'),
      consentType: 'Principal',
      principalId: personId('hanna.berg'),
      resourceId: expect.any(String),
      scope: 'User.Read Mail.Read',
    });
    const portal = rowsOf(read(`${principal('Stint')}/oauth2PermissionGrants`));
    expect(portal.map(({ consentType }) => consentType)).toEqual(['AllPrincipals', 'AllPrincipals']);
  });

  test('tell when they were last used, by application id, in beta only', () => {
    const uses = rowsOf(read('/beta/reports/servicePrincipalSignInActivities'));
    const { appId } = bodyOf(read(principal('invoice-export')));
    const use = uses.find((row) => row.appId === appId);
    expect(use).toMatchObject({
      id: Buffer.from(String(appId)).toString('base64'),
      applicationAuthenticationClientSignInActivity: { lastSignInDateTime: expect.stringMatching(/^2025-/) },
      delegatedClientSignInActivity: { lastSignInDateTime: null, lastSignInRequestId: null },
    });
    expect(refusalOf(read('/v1.0/reports/servicePrincipalSignInActivities'))).toBe('400 BadRequest');
  });

  test('tell which of their credentials was used last', () => {
    const rows = rowsOf(read('/beta/reports/appCredentialSignInActivities'));
    const own = rows.find(({ credentialOrigin }) => credentialOrigin === 'servicePrincipal');
    expect(own).toEqual({
      id: Buffer.from(`${own?.keyId}|servicePrincipal`).toString('base64'),
      appId: expect.any(String),
      appObjectId: expect.any(String),
      credentialOrigin: 'servicePrincipal',
      expirationDate: expect.any(String),
      keyId: expect.any(String),
      keyType: 'clientSecret',
      keyUsage: 'sign',
      resourceId: expect.any(String),
      servicePrincipalObjectId: servicePrincipalId('invoice-export'),
      signInActivity: {
        lastSignInDateTime: expect.stringMatching(/^2025-/),
        lastSignInRequestId: expect.any(String),
      },
    });
    expect(rows.map(({ keyType }) => keyType)).toContain('certificate');
  });

  test('agents have a blueprint, a life and sponsors', () => {
    const [agent] = rowsOf(read('/beta/servicePrincipals/microsoft.graph.agentIdentity'));
    expect(agent).toEqual({
      id: expect.any(String),
      displayName: 'invoice-agent',
      createdDateTime: expect.any(String),
      createdByAppId: agent?.agentIdentityBlueprintId,
      agentIdentityBlueprintId: expect.any(String),
      accountEnabled: true,
      disabledByMicrosoftStatus: null,
      servicePrincipalType: 'ServiceIdentity',
      tags: expect.any(Array),
      lifecycle: { expirationDateTime: expect.any(String) },
    });
    const sponsors = rowsOf(read(`/beta/servicePrincipals/${agent?.id}/sponsors`));
    expect(sponsors.map((row) => row['@odata.type'])).toEqual([
      '#microsoft.graph.user',
      '#microsoft.graph.group',
    ]);
    const inherited = rowsOf(read(`/beta/servicePrincipals/${agent?.id}/inheritedAppRoleAssignments`));
    expect(inherited).toMatchObject([{ principalDisplayName: 'Contoso agents' }]);
    expect(rowsOf(read(`/beta/servicePrincipals/${agent?.id}/appRoleAssignments`))).toEqual([]);
    expect(refusalOf(read('/v1.0/servicePrincipals/microsoft.graph.agentIdentity'))).toBe('400 BadRequest');
  });
});

describe('people', () => {
  test('have sponsors, users and groups', () => {
    const rows = rowsOf(read(`/v1.0/users/${personId('vic.partner')}/sponsors`));
    expect(rows.map(({ displayName }) => displayName)).toEqual(['Tess Arnold', 'sg-payments-team']);
  });

  test('tell when they signed in on demand, never as the first day of all, 120 a page', () => {
    const line = `/v1.0/users/${personId('breakglass.one')}?$select=signInActivity`;
    expect(bodyOf(read(line)).signInActivity).toMatchObject({
      lastSignInDateTime: '0001-01-01T00:00:00Z',
      lastSignInRequestId: null,
      lastSuccessfulSignInDateTime: '0001-01-01T00:00:00Z',
    });
    const world = contoso();
    const [first] = world.state.users;
    for (let index = 0; first && index < 200; index++)
      world.state.users.push({ ...first, id: `copy-${index}` });
    const page = send(world, reader, 'GET /v1.0/users?$select=id,signInActivity&$top=999');
    expect(rowsOf(page)).toHaveLength(120);
    expect(rowsOf(send(world, reader, 'GET /v1.0/users?$select=id&$top=999'))).toHaveLength(
      world.state.users.length,
    );
    const long =
      '/v1.0/users?$filter=signInActivity/lastSignInDateTime le 2026-03-01T00:00:00Z&$select=displayName,signInActivity';
    expect(rowsOf(read(long)).map(({ displayName }) => displayName)).toEqual(
      expect.arrayContaining(['Sven Aalto', 'Vic Partner', 'Breakglass One']),
    );
    expect(refusalOf(read(`${long.replace('&$select', " and userType eq 'Guest'&$select")}`))).toBe(
      '400 Request_BadRequest',
    );
    const without = send(contoso(), app('User.Read.All'), 'GET /v1.0/users?$select=signInActivity');
    expect(refusalOf(without)).toBe('403 Authentication_MSGraphPermissionMissing');
    expect(refusalOf(read('/v1.0/users?$select=aboutMe'))).toBe('501 NotImplemented');
  });
});

describe('groups and units', () => {
  test('PIM’s groups are found in beta, by id alone', () => {
    const rows = rowsOf(read('/beta/identityGovernance/privilegedAccess/group/resources'));
    expect(rows).toContainEqual({ id: groupId('sg-oncall-platform'), deletedDateTime: null });
    expect(rows.map(({ id }) => id)).not.toContain(groupId('sg-vendors'));
    expect(refusalOf(read('/v1.0/identityGovernance/privilegedAccess/group/resources'))).toBe(
      '400 BadRequest',
    );
  });

  test('a unit has members, and who holds a role for it alone', () => {
    const world = contoso();
    const [unit] = rowsOf(send(world, reader, 'GET /v1.0/directory/administrativeUnits'));
    expect(unit).toMatchObject({ displayName: 'Payments', isMemberManagementRestricted: false });
    const administrator = person(personId('mira.novak'));
    const give = {
      action: 'adminAssign' as const,
      principalId: personId('uma.joshi'),
      role: knownRoles.userAdministrator,
      scope: `/administrativeUnits/${unit?.id}`,
      expiration: { type: 'noExpiration' as const, duration: null, endAt: null },
    };
    fileRequest(world, administrator, ask(give));
    const path = `/v1.0/directory/administrativeUnits/${unit?.id}`;
    expect(rowsOf(send(world, reader, `GET ${path}/members`))).toHaveLength(5);
    const [member] = rowsOf(send(world, reader, `GET ${path}/scopedRoleMembers`));
    const known = { roleId: knownRoles.userAdministrator, roleMemberInfo: { displayName: 'Uma Joshi' } };
    expect(member).toMatchObject(known);
    expect(bodyOf(send(world, reader, `GET ${path}/scopedRoleMembers/${member?.id}`))).toMatchObject(known);
  });

  test('what a restricted unit protects says so when asked, and yields to its own administrators only', () => {
    const world = contoso();
    const group = groupId('sg-vendors');
    world.state.graph.administrativeUnits[1]?.memberIds.push(group);
    const line = `GET /v1.0/groups/${group}`;
    expect(bodyOf(send(world, reader, line))).not.toHaveProperty('isManagementRestricted');
    expect(bodyOf(send(world, reader, `${line}?$select=isManagementRestricted`)).isManagementRestricted).toBe(
      true,
    );
    const writer = app('GroupMember.ReadWrite.All');
    const path = `DELETE /v1.0/groups/${group}/members/${personId('vic.partner')}/$ref`;
    const refused = send(world, writer, path);
    expect(refusalOf(refused)).toBe('403 Authorization_RequestDenied');
    expect(JSON.stringify(refused.body)).toContain('restricted management administrative unit');
  });
});

test('authentication contexts are listed', () => {
  const path = '/v1.0/identity/conditionalAccess/authenticationContextClassReferences';
  const rows = rowsOf(read(path));
  expect(rows[0]).toEqual({
    id: 'c1',
    displayName: expect.any(String),
    description: expect.any(String),
    isAvailable: true,
  });
  const engineer = person(personId('ada.lind'), { scopes: [...everyScope, 'Policy.Read.ConditionalAccess'] });
  expect(refusalOf(send(contoso(), engineer, `GET ${path}`))).toBe('403 Authorization_RequestDenied');
});
