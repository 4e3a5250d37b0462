import { describe, expect, test } from 'vitest';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { entraRolesOf } from '#lib/emulator/pim/holdings.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { ids } from '#lib/emulator/pim/test-tenant.ts';
import { active, app, ask, eligible, person, testWorld } from '#lib/emulator/pim/testing.ts';
import type { World } from '#lib/emulator/wire.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const directory = '/v1.0/roleManagement/directory';
const scopes = [...everyScope, 'RoleManagement.ReadWrite.Directory'];
const mira = person(ids.mira, { scopes });
const gil = person(ids.gil, { scopes });
const denied = '403 Authorization_RequestDenied';

describe('a role assignment', () => {
  const line = `POST ${directory}/roleAssignments`;
  const body = {
    '@odata.type': '#microsoft.graph.unifiedRoleAssignment',
    principalId: ids.lou,
    roleDefinitionId: knownRoles.helpdeskAdministrator,
    directoryScopeId: '/',
  };

  test('is given for good past PIM, shows among the others, and is taken back', () => {
    const world = testWorld();
    const made = send(world, mira, line, { body });
    expect(made.status).toBe(201);
    expect(bodyOf(made)).toEqual({
      '@odata.context':
        'https://localhost:4443/v1.0/$metadata#roleManagement/directory/roleAssignments/$entity',
      id: expect.stringMatching(/-1$/),
      principalId: ids.lou,
      principalOrganizationId: null,
      resourceScope: '/',
      directoryScopeId: '/',
      appScopeId: null,
      roleDefinitionId: knownRoles.helpdeskAdministrator,
    });
    expect(entraRolesOf(world, ids.lou)).toEqual([knownRoles.helpdeskAdministrator]);
    expect(world.state.graph.audits.at(-1)).toMatchObject({
      activity: 'Add member to role',
      initiatedBy: { userId: ids.mira },
    });
    const { id } = bodyOf(made);
    expect(bodyOf(send(world, gil, `GET ${directory}/roleAssignments/${id}`))).toMatchObject({
      principalId: ids.lou,
    });
    expect(send(world, mira, `DELETE ${directory}/roleAssignments/${id}`)).toEqual({ status: 204 });
    expect(entraRolesOf(world, ids.lou)).toEqual([]);
  });

  test('is refused to readers, twice, and for who or what is not there', () => {
    const world = testWorld();
    expect(refusalOf(send(world, gil, line, { body }))).toBe(denied);
    expect(refusalOf(send(world, app('RoleManagement.Read.Directory'), line, { body }))).toBe(denied);
    const giving = (changes: object) => refusalOf(send(world, mira, line, { body: { ...body, ...changes } }));
    expect(giving({ principalId: ids.subscription })).toBe('404 Request_ResourceNotFound');
    for (const changes of [
      { roleDefinitionId: ids.ada },
      { directoryScopeId: `/${ids.ada}` },
      { directoryScopeId: undefined },
      { principalId: ids.approvers },
    ]) {
      expect(giving(changes)).toBe('400 Request_BadRequest');
    }
    expect(send(world, mira, line, { body }).status).toBe(201);
    expect(giving({})).toBe('400 Request_BadRequest');
    const [held] = rowsOf(send(world, gil, `GET ${directory}/roleAssignments`));
    expect(refusalOf(send(world, gil, `DELETE ${directory}/roleAssignments/${held?.id}`))).toBe(denied);
  });
});

describe('transitive role assignments', () => {
  const eventual = { headers: { consistencylevel: 'eventual' } };
  const path = 'GET /beta/roleManagement/directory/transitiveRoleAssignments';
  const held = (world: World, filter: string) =>
    send(world, gil, `${path}?$count=true&$filter=${filter}`, eventual);

  test('are a principal’s own and those of its groups, which the rows name', () => {
    const world = testWorld();
    active(world, { role: knownRoles.securityReader });
    active(world, { principalId: ids.onCall, role: knownRoles.helpdeskAdministrator });
    fileRequest(world, person(ids.ada), ask({ plane: 'group', role: 'member', scope: ids.onCall }));
    const answer = held(world, `principalId eq '${ids.ada}'`);
    expect(bodyOf(answer)).toMatchObject({
      '@odata.context':
        'https://localhost:4443/beta/$metadata#roleManagement/directory/transitiveRoleAssignments',
      '@odata.count': 2,
    });
    expect(rowsOf(answer)).toMatchObject([
      { principalId: ids.ada, roleDefinitionId: knownRoles.securityReader, directoryScopeId: '/' },
      { principalId: ids.onCall, roleDefinitionId: knownRoles.helpdeskAdministrator },
    ]);
    const narrow = `principalId eq '${ids.ada}' and roleDefinitionId eq '${knownRoles.securityReader}'`;
    expect(rowsOf(held(world, narrow))).toHaveLength(1);
    expect(rowsOf(held(world, `${narrow} and directoryScopeId eq '/elsewhere'`))).toEqual([]);
  });

  test('want the header, a count, and somebody to ask about, in beta', () => {
    const world = testWorld();
    const filter = `$filter=principalId eq '${ids.ada}'`;
    expect(refusalOf(send(world, gil, `${path}?$count=true&${filter}`))).toBe('404 Request_ResourceNotFound');
    expect(refusalOf(send(world, gil, `${path}?${filter}`, eventual))).toBe('400 Request_UnsupportedQuery');
    expect(refusalOf(held(world, "roleDefinitionId eq 'x'"))).toBe('400 Request_BadRequest');
    const stable = `${path.replace('beta', 'v1.0')}?$count=true&${filter}`;
    expect(refusalOf(send(world, gil, stable, eventual))).toBe('400 BadRequest');
  });
});

describe('a custom role', () => {
  const path = `${directory}/roleDefinitions`;
  const body = {
    displayName: 'Registration Support',
    description: 'Looks after app registrations',
    rolePermissions: [{ allowedResourceActions: ['microsoft.directory/applications/basic/update'] }],
    isEnabled: true,
  };

  test('is made, changed in part, given and deleted', () => {
    const world = testWorld();
    const made = send(world, mira, `POST ${path}`, { body });
    expect(made.status).toBe(201);
    const { id } = bodyOf(made);
    expect(bodyOf(made)).toEqual({
      '@odata.context':
        'https://localhost:4443/v1.0/$metadata#roleManagement/directory/roleDefinitions/$entity',
      id: expect.any(String),
      description: 'Looks after app registrations',
      displayName: 'Registration Support',
      isBuiltIn: false,
      isEnabled: true,
      resourceScopes: ['/'],
      templateId: id,
      version: null,
      rolePermissions: [{ ...body.rolePermissions[0], condition: null }],
      inheritsPermissionsFrom: [],
    });
    const one = `${path}/${id}`;
    expect(send(world, mira, `PATCH ${one}`, { body: { description: 'Two of them' } })).toEqual({
      status: 204,
    });
    expect(bodyOf(send(world, gil, `GET ${one}`))).toMatchObject({
      description: 'Two of them',
      displayName: 'Registration Support',
    });
    const held = eligible(world, { role: String(id) });
    expect(refusalOf(send(world, mira, `DELETE ${one}`))).toBe('400 Request_BadRequest');
    world.state.schedules = world.state.schedules.filter((schedule) => schedule !== held);
    expect(send(world, mira, `DELETE ${one}`)).toEqual({ status: 204 });
    const written = world.state.graph.audits.map(({ activity, targets }) => [
      activity,
      targets[0]?.displayName,
    ]);
    expect(written).toEqual(
      ['Add', 'Update', 'Delete'].map((verb) => [`${verb} role definition`, 'Registration Support']),
    );
    expect(refusalOf(send(world, gil, `GET ${one}`))).toBe('404 Request_ResourceNotFound');
  });

  test('is for administrators, needs its name and permissions, and is none of Microsoft’s', () => {
    const world = testWorld();
    expect(refusalOf(send(world, gil, `POST ${path}`, { body }))).toBe(denied);
    for (const missing of ['displayName', 'rolePermissions', 'isEnabled']) {
      const part = { body: { ...body, [missing]: undefined } };
      expect(refusalOf(send(world, mira, `POST ${path}`, part))).toBe('400 Request_BadRequest');
    }
    const builtIn = `${path}/${knownRoles.userAdministrator}`;
    expect(refusalOf(send(world, mira, `PATCH ${builtIn}`, { body }))).toBe('400 Request_BadRequest');
    expect(refusalOf(send(world, mira, `DELETE ${builtIn}`))).toBe('400 Request_BadRequest');
  });
});

test('a role beside an assignment does not tell what it inherits from', () => {
  const world = testWorld();
  for (const set of ['roleAssignments', 'roleEligibilitySchedules']) {
    const [row] = rowsOf(send(world, gil, `GET ${directory}/${set}?$expand=roleDefinition`));
    expect(row?.roleDefinition).toMatchObject({ isBuiltIn: true, version: '1' });
    expect(row?.roleDefinition).not.toHaveProperty('inheritsPermissionsFrom');
  }
});

describe('schedules', () => {
  test('of eligibilities name themselves as what made them, and the first day of all as their last change', () => {
    const world = testWorld();
    const [role] = rowsOf(send(world, gil, `GET ${directory}/roleEligibilitySchedules`));
    const path = '/v1.0/identityGovernance/privilegedAccess/group/eligibilitySchedules';
    const [group] = rowsOf(send(world, gil, `GET ${path}?$filter=groupId eq '${ids.onCall}'`));
    for (const row of [role, group]) {
      expect(row).toMatchObject({
        createdUsing: String(row?.id).split('_').at(-1),
        createdDateTime: '2026-05-31T12:00:00.000Z',
        modifiedDateTime: '0001-01-01T08:00:00Z',
      });
    }
  });

  test('of what was given past PIM are the assignment itself, made by nothing', () => {
    const world = testWorld();
    const [instance] = rowsOf(send(world, gil, `GET ${directory}/roleAssignmentScheduleInstances`));
    expect(instance?.roleAssignmentScheduleId).toBe(instance?.id);
    const one = `GET ${directory}/roleAssignmentSchedules/${instance?.id}`;
    expect(bodyOf(send(world, gil, one))).toMatchObject({
      id: instance?.id,
      createdUsing: null,
      createdDateTime: null,
      modifiedDateTime: null,
      assignmentType: 'Assigned',
    });
  });

  test('tell of a person what Graph tells of one by default, more when selected', () => {
    const line = `GET ${directory}/roleEligibilitySchedules?$expand=principal`;
    const [row] = rowsOf(send(testWorld(), gil, line));
    expect(Object.keys(Object(row?.principal)).sort()).toEqual([
      '@odata.type',
      'businessPhones',
      'displayName',
      'givenName',
      'id',
      'jobTitle',
      'mail',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'surname',
      'userPrincipalName',
    ]);
    const [more] = rowsOf(send(testWorld(), gil, `${line}($select=userType)`));
    expect(more?.principal).toEqual({ '@odata.type': '#microsoft.graph.user', userType: 'Member' });
  });
});
