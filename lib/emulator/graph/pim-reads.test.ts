import { describe, expect, test } from 'vitest';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { hour, ids, noon } from '#lib/emulator/pim/test-tenant.ts';
import { app, ask, byApprovers, eligible, person, setPolicy, testWorld } from '#lib/emulator/pim/testing.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const roles = '/v1.0/roleManagement/directory';
const groups = '/v1.0/identityGovernance/privilegedAccess/group';
const ada = person(ids.ada, { scopes: everyScope });
const gil = person(ids.gil, { scopes: everyScope });
const lou = person(ids.lou, { scopes: everyScope });

describe('what is eligible and active', () => {
  test('a documented instance id comes out of its role and principal', () => {
    const world = testWorld();
    const [role, principalId] = [
      '8424c6f0-a189-499e-bbd0-26c1753c96d4',
      '071cc716-8147-4397-a5ba-b2105951cc0b',
    ];
    eligible(world, { role, principalId });
    const list = rowsOf(
      send(
        world,
        gil,
        `GET ${roles}/roleEligibilityScheduleInstances?$filter=principalId eq '${principalId}'`,
      ),
    );
    expect(list[0]?.id).toBe('8MYkhImhnkm70CbBdTyW1BbHHAdHgZdDpbqyEFlRzAs-1-e');
  });

  test('one’s own eligibilities have the documented shape, those through a group say so', () => {
    const world = testWorld();
    eligible(world, { principalId: ids.everyone, role: knownRoles.securityReader, endAt: noon + hour });
    const answer = send(
      world,
      ada,
      `GET ${roles}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`,
    );
    const [direct, viaGroup] = rowsOf(answer);
    expect(bodyOf(answer)['@odata.context']).toBe(
      'https://localhost:4443/v1.0/$metadata#Collection(unifiedRoleEligibilityScheduleInstance)',
    );
    expect(direct).toEqual({
      '@odata.type': '#microsoft.graph.unifiedRoleEligibilityScheduleInstance',
      id: expect.stringMatching(/-1-e$/),
      principalId: ids.ada,
      roleDefinitionId: knownRoles.userAdministrator,
      directoryScopeId: '/',
      appScopeId: null,
      startDateTime: '2026-05-31T12:00:00.000Z',
      endDateTime: null,
      memberType: 'Direct',
      roleEligibilityScheduleId: expect.any(String),
    });
    expect(viaGroup).toMatchObject({
      principalId: ids.everyone,
      memberType: 'Group',
      endDateTime: '2026-06-01T13:00:00.000Z',
    });
  });

  test('an activation shows as Activated, a scheduled one only among the schedules', () => {
    const world = testWorld();
    fileRequest(world, ada, ask());
    fileRequest(world, ada, ask({ plane: 'group', role: 'member', scope: ids.onCall, startAt: noon + hour }));
    const mine = "filterByCurrentUser(on='principal')";
    expect(rowsOf(send(world, ada, `GET ${roles}/roleAssignmentScheduleInstances/${mine}`))).toMatchObject([
      { assignmentType: 'Activated', memberType: 'Direct', endDateTime: '2026-06-01T13:00:00.000Z' },
    ]);
    expect(rowsOf(send(world, ada, `GET ${groups}/assignmentScheduleInstances/${mine}`))).toEqual([]);
    expect(rowsOf(send(world, ada, `GET ${groups}/assignmentSchedules/${mine}`))).toMatchObject([
      { accessId: 'member', groupId: ids.onCall, memberType: 'direct', assignmentType: 'activated' },
    ]);
  });

  test('principal, role and group expand, with a choice of properties', () => {
    const world = testWorld();
    const path = `GET ${roles}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`;
    const [row] = rowsOf(
      send(world, ada, `${path}?$expand=principal,roleDefinition($select=id,displayName)&$select=id`),
    );
    expect(row).toMatchObject({
      principal: { '@odata.type': '#microsoft.graph.user', displayName: 'ada' },
      roleDefinition: { id: knownRoles.userAdministrator, displayName: 'userAdministrator' },
    });
    expect(Object.keys(Object(row?.roleDefinition))).toEqual(['id', 'displayName']);
    expect(row).not.toHaveProperty('principalId');
    const [joined] = rowsOf(
      send(
        world,
        ada,
        `GET ${groups}/eligibilityScheduleInstances/filterByCurrentUser(on='principal')?$expand=group`,
      ),
    );
    expect(joined).toMatchObject({ group: { displayName: 'on-call' } });
    // Also where there is no row to print.
    for (const caller of [ada, gil]) {
      for (const name of ['everything', 'principal($expand=everything)', '*']) {
        expect(refusalOf(send(world, caller, `${path}?$expand=${name}`))).toBe('400 Request_BadRequest');
      }
    }
  });

  test('of everyone is for those with a directory role, and for apps with the permission', () => {
    const path = `GET ${roles}/roleEligibilityScheduleInstances`;
    expect(refusalOf(send(testWorld(), ada, path))).toBe('403 Authorization_RequestDenied');
    expect(rowsOf(send(testWorld(), gil, path))).toHaveLength(1);
    expect(rowsOf(send(testWorld(), app('RoleEligibilitySchedule.Read.Directory'), path))).toHaveLength(1);
  });

  test('filterByCurrentUser is for people, on the principal', () => {
    const path = `GET ${roles}/roleEligibilityScheduleInstances/filterByCurrentUser`;
    const workload = app('RoleEligibilitySchedule.Read.Directory');
    expect(refusalOf(send(testWorld(), workload, `${path}(on='principal')`))).toBe(
      '403 Authorization_RequestDenied',
    );
    expect(refusalOf(send(testWorld(), ada, `${path}(on='approver')`))).toBe('400 Request_BadRequest');
  });

  test('a missing permission is refused in PIM’s own words', () => {
    const answer = send(testWorld(), person(ids.ada), `GET ${roles}/roleAssignmentScheduleInstances`);
    expect(refusalOf(answer)).toBe('403 UnknownError');
    const { message } = Object(bodyOf(answer).error);
    expect(JSON.parse(message)).toMatchObject({ errorCode: 'PermissionScopeNotGranted' });
  });

  test('a group’s schedules want a filter, and are for who is in it or administers', () => {
    const world = testWorld();
    const path = `GET ${groups}/eligibilityScheduleInstances`;
    expect(refusalOf(send(world, gil, path))).toBe('400 Request_BadRequest');
    const ofGroup = `${path}?$filter=groupId eq '${ids.onCall}'`;
    expect(refusalOf(send(world, lou, ofGroup))).toBe('403 Authorization_RequestDenied');
    expect(rowsOf(send(world, gil, ofGroup))).toHaveLength(1);
    world.state.groups.find(({ id }) => id === ids.onCall)?.ownerIds.push(ids.lou);
    expect(rowsOf(send(world, lou, ofGroup))).toHaveLength(1);
    const ofAda = `${path}?$filter=principalId eq '${ids.ada}'`;
    expect(rowsOf(send(world, ada, ofAda))).toHaveLength(1);
    expect(refusalOf(send(world, lou, ofAda))).toBe('403 Authorization_RequestDenied');
  });
});

describe('role settings', () => {
  const path = 'GET /v1.0/policies/roleManagementPolicyAssignments';
  const reader = app('RoleManagementPolicy.Read.Directory', 'RoleManagementPolicy.Read.AzureADGroup');
  const ofRole = `?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${knownRoles.userAdministrator}'`;

  test('of a role are one assignment with its policy and 17 rules', () => {
    const world = testWorld();
    const policy = setPolicy(world, {
      maximumDuration: 'PT2H',
      enabledRules: ['Ticketing'],
      approval: byApprovers,
    });
    const [row, ...others] = rowsOf(send(world, reader, `${path}${ofRole}&$expand=policy($expand=rules)`));
    const policyId = `DirectoryRole_${world.state.tenantId}_${policy.id}`;
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: `${policyId}_${knownRoles.userAdministrator}`, policyId, scopeId: '/' });
    const { rules } = Object(row?.policy);
    expect(rules).toHaveLength(17);
    const rule = (id: string) => rules.find((one: { id: string }) => one.id === `${id}_EndUser_Assignment`);
    expect(rule('Expiration')).toMatchObject({ isExpirationRequired: true, maximumDuration: 'PT2H' });
    expect(rule('Enablement').enabledRules).toEqual(['Ticketing']);
    expect(rule('Approval').setting).toMatchObject({
      isApprovalRequired: true,
      approvalStages: [
        { primaryApprovers: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: ids.approvers }] },
      ],
    });
    expect(rule('AuthenticationContext')).toMatchObject({ isEnabled: false, claimValue: null });
    expect(
      rowsOf(send(world, reader, `GET /v1.0/policies/roleManagementPolicies/${policyId}/rules`)),
    ).toEqual(rules);
  });

  test('of a group are two, member and owner, told apart by role', () => {
    const filter = `?$filter=scopeId eq '${ids.onCall}' and scopeType eq 'Group'`;
    const rows = rowsOf(send(testWorld(), reader, path + filter));
    expect(rows.map(({ roleDefinitionId }) => roleDefinitionId)).toEqual(['member', 'owner']);
    expect(rows[0]?.id).toBe(`${rows[0]?.policyId}_member`);
    expect(
      rowsOf(send(testWorld(), reader, `${path}${filter} and roleDefinitionId eq 'owner'`)),
    ).toHaveLength(1);
  });

  test('one assignment is read by its id, with its policy and what else $expand=* names', () => {
    const world = testWorld();
    const [row] = rowsOf(send(world, reader, path + ofRole));
    const alone = `${path}/${row?.id}`;
    expect(bodyOf(send(world, reader, alone))).toMatchObject({ ...row });
    const { policy } = bodyOf(send(world, reader, `${alone}?$expand=policy($expand=rules)`));
    expect(policy).toMatchObject({ id: row?.policyId, rules: { length: 17 } });
    expect(bodyOf(send(world, reader, `${alone}?$expand=*`)).policy).toEqual(
      expect.objectContaining({ id: row?.policyId }),
    );
    const foreign = `${path}/${row?.policyId}_${knownRoles.globalAdministrator}`;
    expect(refusalOf(send(world, reader, foreign))).toBe('400 InvalidPolicy');
    expect(refusalOf(send(world, app(), alone))).toBe('403 UnknownError');
  });

  test('of a policy are told twice: as set and as in force', () => {
    const world = testWorld();
    const [row] = rowsOf(send(world, reader, path + ofRole));
    const policy = `GET /v1.0/policies/roleManagementPolicies/${row?.policyId}`;
    const rules = rowsOf(send(world, reader, `${policy}/rules`));
    const inForce = send(world, reader, `${policy}/effectiveRules`);
    expect(rowsOf(inForce)).toEqual(rules);
    expect(bodyOf(inForce)['@odata.context']).toMatch(/\/effectiveRules$/);
    const one = `${policy}/effectiveRules/Expiration_EndUser_Assignment`;
    expect(bodyOf(send(world, reader, one))).toMatchObject({ maximumDuration: expect.any(String) });
    expect(bodyOf(send(world, reader, `${policy}?$expand=*`))).toMatchObject({
      rules,
      effectiveRules: rules,
    });
  });

  test('want a filter, and a directory role from people: an engineer may not read them', () => {
    expect(refusalOf(send(testWorld(), reader, path))).toBe('400 Request_BadRequest');
    expect(refusalOf(send(testWorld(), ada, path + ofRole))).toBe('403 Authorization_RequestDenied');
    expect(rowsOf(send(testWorld(), gil, path + ofRole))).toHaveLength(1);
    expect(refusalOf(send(testWorld(), app(), path + ofRole))).toBe('403 UnknownError');
    const unknown = `GET /v1.0/policies/roleManagementPolicies/DirectoryRole_x_${ids.lou}`;
    expect(refusalOf(send(testWorld(), reader, unknown))).toBe('400 InvalidPolicy');
  });
});

test('a role tells the role whose permissions it has too, whole when that is asked for', () => {
  const path = `GET ${roles}/roleDefinitions/${knownRoles.globalAdministrator}`;
  const { inheritsPermissionsFrom: above } = bodyOf(send(testWorld(), ada, path));
  expect(above).toEqual([{ id: knownRoles.directoryReaders }]);
  const expanded = bodyOf(send(testWorld(), ada, `${path}?$expand=inheritsPermissionsFrom`));
  expect(expanded.inheritsPermissionsFrom).toMatchObject([
    { id: knownRoles.directoryReaders, isBuiltIn: true, rolePermissions: expect.any(Array) },
  ]);
});

test('only beta tells whether a role is privileged', () => {
  const path = `roleManagement/directory/roleDefinitions/${knownRoles.globalAdministrator}`;
  expect(bodyOf(send(testWorld(), ada, `GET /beta/${path}`)).isPrivileged).toBe(true);
  expect(bodyOf(send(testWorld(), ada, `GET /v1.0/${path}`))).not.toHaveProperty('isPrivileged');
});
