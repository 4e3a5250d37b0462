import { expect, test } from 'vitest';
import { app, person } from '#lib/emulator/pim/testing.ts';
import { entraRole } from '#lib/emulator/tenant/entra-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { BLUEPRINT_APP } from '#lib/emulator/tenant/platform-principals.ts';
import { seedTenant } from '#lib/emulator/tenant/seed.ts';
import type { World } from '#lib/emulator/wire.ts';
import { bodyOf, refusalOf, rowsOf, send } from './testing.ts';

const now = Date.UTC(2026, 5, 1, 12);
const contoso = (): World => ({ state: seedTenant(now), now: () => now, changed: () => {} });
const who = (login: string, ...scopes: string[]) => person(personId(login), { scopes });
const definitions = '/v1.0/identityGovernance/accessReviews/definitions';
const reviewer = who('rhea.silva', 'AccessReview.ReadWrite.All');

function open(world: World) {
  const [review] = rowsOf(send(world, reviewer, `GET ${definitions}/filterByCurrentUser(on='reviewer')`));
  const [instance] = rowsOf(send(world, reviewer, `GET ${definitions}/${review?.id}/instances`));
  return `${definitions}/${review?.id}/instances/${instance?.id}`;
}

test('a review is decided by the person who was asked, one by one or at once, and by nobody else', () => {
  const world = contoso();
  const path = open(world);
  const [first, second] = rowsOf(send(world, reviewer, `GET ${path}/decisions?$skip=0&$top=2`));
  expect(first).toMatchObject({ decision: 'NotReviewed', principal: { displayName: 'Rosa Delgado' } });
  const keep = { body: { decision: 'Approve', justification: 'Still on the team' } };
  const line = `PATCH ${path}/decisions/${first?.id}`;
  expect(refusalOf(send(world, who('ada.lind', 'AccessReview.ReadWrite.All'), line, keep))).toBe(
    '403 Authorization_RequestDenied',
  );
  expect(refusalOf(send(world, app('AccessReview.ReadWrite.All'), line, keep))).toBe(
    '403 Authorization_RequestDenied',
  );
  expect(send(world, reviewer, line, keep).status).toBe(204);
  const drop = { body: { decision: 'Deny', justification: 'Left', principalId: personId('tomoko.sato') } };
  expect(send(world, reviewer, `POST ${path}/batchRecordDecisions`, drop).status).toBe(204);
  const after = rowsOf(send(world, reviewer, `GET ${path}/decisions`));
  expect(after.map(({ id, decision }) => [id, decision])).toEqual([
    [first?.id, 'Approve'],
    [second?.id, 'Deny'],
  ]);
});

test('a review that is posted has not begun', () => {
  const body = {
    displayName: 'Vendors',
    scope: { query: '/groups/x/transitiveMembers', queryType: 'MicrosoftGraph' },
    settings: { recurrence: { pattern: { type: 'weekly' }, range: { startDate: '2026-06-08T12:00:00Z' } } },
  };
  const made = send(contoso(), app('AccessReview.ReadWrite.All'), `POST ${definitions}`, { body });
  expect(made).toMatchObject({ status: 201, body: { status: 'NotStarted', displayName: 'Vendors' } });
  expect(bodyOf(made).settings).toMatchObject({ recurrence: { range: { startDate: '2026-06-08' } } });
});

test('beta lists one’s decisions over all reviews, each with its review', () => {
  const line = `GET /beta/identityGovernance/accessReviews/decisions/filterByCurrentUser(on='reviewer')?$expand=instance($expand=definition)`;
  const [own] = rowsOf(send(contoso(), who('petra.holm', 'AccessReview.Read.All'), line));
  expect(own).toMatchObject({
    resource: { type: 'azureRole', displayName: 'Owner', scope: { displayName: 'Production' } },
    instance: { definition: { displayName: 'Owners of Production' } },
  });
  expect(refusalOf(send(contoso(), reviewer, line.replace('beta', 'v1.0')))).toBe('400 BadRequest');
});

test('an access package is approved once, by its approver', () => {
  const world = contoso();
  const path = '/v1.0/identityGovernance/entitlementManagement/accessPackageAssignmentApprovals';
  const tess = who('tess.arnold', 'EntitlementManagement.ReadWrite.All');
  const [waiting] = rowsOf(send(world, tess, `GET ${path}/filterByCurrentUser(on='approver')`));
  const [stage] = rowsOf(send(world, tess, `GET ${path}/${waiting?.id}/stages`));
  const line = `PATCH ${path}/${waiting?.id}/stages/${stage?.id}`;
  const body = { reviewResult: 'Approve', justification: 'OK' };
  const stranger = who('ada.lind', 'EntitlementManagement.ReadWrite.All');
  expect(refusalOf(send(world, stranger, line, { body }))).toBe('403 Authorization_RequestDenied');
  expect(send(world, tess, line, { body }).status).toBe(204);
  expect(send(world, tess, line, { body }).status).toBe(409);
});

test('Conditional Access tells which contexts have a policy behind them', () => {
  const rows = rowsOf(
    send(contoso(), app('Policy.Read.All'), 'GET /v1.0/identity/conditionalAccess/policies'),
  );
  expect(rows[0]).toMatchObject({
    state: 'enabled',
    conditions: { applications: { includeAuthenticationContextClassReferences: ['c1'] } },
  });
  const denied = send(contoso(), app('User.Read.All'), 'GET /v1.0/identity/conditionalAccess/policies');
  expect(refusalOf(denied)).toBe('403 Authorization_RequestDenied');
});

test('agents come from a blueprint, which has credentials and sponsors; beta only', () => {
  const world = contoso();
  const reader = app('Application.Read.All');
  const path = '/beta/applications/microsoft.graph.agentIdentityBlueprint';
  const [blueprint] = rowsOf(send(world, reader, `GET ${path}`));
  expect(blueprint).toMatchObject({ appId: BLUEPRINT_APP, keyCredentials: [{ usage: 'Verify' }] });
  const one = `GET /beta/applications/${blueprint?.id}/microsoft.graph.agentIdentityBlueprint`;
  expect(rowsOf(send(world, reader, `${one}/sponsors`))).toMatchObject([{ displayName: 'Diego Ruiz' }]);
  const principals = 'GET /beta/servicePrincipals/microsoft.graph.agentIdentityBlueprintPrincipal';
  expect(rowsOf(send(world, reader, principals))).toMatchObject([{ appId: BLUEPRINT_APP }]);
  expect(refusalOf(send(world, reader, `GET ${path.replace('beta', 'v1.0')}`))).toBe('400 BadRequest');
});

test('reviews are found by what is inside their scope, where the scope is a query', () => {
  const found = (type: string, text: string) => {
    const filter = `$filter=contains(scope/microsoft.graph.${type}/query,'${text}')`;
    return rowsOf(send(contoso(), reviewer, `GET ${definitions}?${filter}`));
  };
  const all = rowsOf(send(contoso(), reviewer, `GET ${definitions}`));
  expect(all.length).toBeGreaterThan(0);
  expect(found('accessReviewQueryScope', '/groups/')).toEqual(all);
  expect(found('accessReviewQueryScope', './nowhere')).toEqual([]);
  expect(found('principalResourceMembershipsScope', '/groups/')).toEqual([]);
});

test('the directory lists its own role assignments, and takes one back', () => {
  const world = contoso();
  const writer = app('RoleManagement.ReadWrite.Directory');
  const path = '/v1.0/roleManagement/directory/roleAssignments';
  const held = `?$filter=roleDefinitionId eq '${entraRole('Directory Writers')}'&$expand=principal`;
  const [before] = rowsOf(send(world, writer, `GET ${path}${held}`));
  expect(before).toMatchObject({ directoryScopeId: '/', principal: { displayName: 'invoice-export' } });
  const reader = app('RoleManagement.Read.Directory');
  expect(refusalOf(send(world, reader, `DELETE ${path}/${before?.id}`))).toBe(
    '403 Authorization_RequestDenied',
  );
  expect(send(world, writer, `DELETE ${path}/${before?.id}`).status).toBe(204);
  expect(rowsOf(send(world, writer, `GET ${path}${held}`))).toEqual([]);
  const roles = rowsOf(send(world, reader, 'GET /v1.0/directoryRoles'));
  const global = roles.find(({ displayName }) => displayName === 'Global Administrator');
  const members = rowsOf(send(world, reader, `GET /v1.0/directoryRoles/${global?.id}/members`));
  expect(members).toHaveLength(2);
  expect(members[0]).not.toHaveProperty('accountEnabled');
  const byTemplate = `GET /v1.0/directoryRoles(roleTemplateId='${entraRole('Global Administrator')}')`;
  expect(bodyOf(send(world, reader, byTemplate))).toMatchObject({ ...global });
  expect(rowsOf(send(world, reader, `${byTemplate}/members`))).toEqual(members);
  const unheld = `GET /v1.0/directoryRoles(roleTemplateId='${entraRole('Attribute Assignment Reader')}')`;
  expect(refusalOf(send(world, reader, unheld))).toBe('404 Request_ResourceNotFound');
});

test('the sign-in log reaches back thirty days', () => {
  const rows = rowsOf(send(contoso(), app('AuditLog.Read.All'), 'GET /v1.0/auditLogs/signIns'));
  const names = rows.map(({ userDisplayName }) => userDisplayName);
  expect(names).toContain('Ada Lind');
  expect(names).not.toContain('Sven Aalto');
  expect(rows.find(({ userDisplayName }) => userDisplayName === 'Ada Lind')).toMatchObject({
    status: { errorCode: 0, failureReason: null },
    deviceDetail: { displayName: null, isCompliant: null, isManaged: null, trustType: null },
    location: { city: 'Rotterdam', geoCoordinates: { altitude: null, latitude: expect.any(Number) } },
  });
});

test.each(['groups', 'servicePrincipals', 'applications', 'directoryObjects'])(
  'an id that cannot be one is a bad request among %s',
  (set) => {
    const line = `GET /v1.0/${set}/not-a-guid`;
    expect(refusalOf(send(contoso(), app('Directory.Read.All', 'User.Read.All'), line))).toBe(
      '400 Request_BadRequest',
    );
  },
);

test('a delta query is not taken for the id of a user', () => {
  expect(refusalOf(send(contoso(), app('User.Read.All'), 'GET /v1.0/users/delta'))).toBe(
    '501 NotImplemented',
  );
});
