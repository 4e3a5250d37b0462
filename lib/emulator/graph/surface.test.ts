import { describe, expect, test, vi } from 'vitest';
import { fileRequest } from '#lib/emulator/pim/file.ts';
import { ids } from '#lib/emulator/pim/test-tenant.ts';
import { app, ask, person, testWorld } from '#lib/emulator/pim/testing.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const ada = person(ids.ada, { scopes: everyScope });
const eventual = { headers: { consistencylevel: 'eventual' } };
const names = (answer: Parameters<typeof rowsOf>[0]) => rowsOf(answer).map(({ displayName }) => displayName);

describe('the door', () => {
  test('refuses a call without a token, and a token for another API', () => {
    expect(refusalOf(send(testWorld(), null, 'GET /v1.0/me'))).toBe('401 InvalidAuthenticationToken');
    const answer = send(
      testWorld(),
      person(ids.ada, { audience: 'arm', scopes: everyScope }),
      'GET /v1.0/me',
    );
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      error: {
        code: 'InvalidAuthenticationToken',
        message: 'Access token validation failure. Invalid audience.',
        innerError: {
          date: '2026-06-01T12:00:00',
          'request-id': 'the-request',
          'client-request-id': 'the-client-request',
        },
      },
    });
  });

  test('answers 501 to what is not emulated, and says so', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    expect(refusalOf(send(testWorld(), ada, 'GET /v1.0/me/planner/tasks'))).toBe('501 NotImplemented');
    expect(log.mock.calls).toEqual([['not emulated: GET /v1.0/me/planner/tasks']]);
    log.mockRestore();
  });

  test('answers 405 to a method that a known path does not take', () => {
    expect(refusalOf(send(testWorld(), ada, `DELETE /v1.0/users/${ids.bo}/manager`))).toBe(
      '405 Request_BadRequest',
    );
  });
});

describe('lists', () => {
  test('page by $top and an opaque token until nothing is left, every row once', () => {
    const world = testWorld();
    const seen: unknown[] = [];
    let line: string | null =
      "/v1.0/users?$top=4&$select=displayName&$filter=startswith(userPrincipalName,'')";
    for (let pages = 0; line && pages < 9; pages++) {
      const answer = send(world, ada, `GET ${line}`);
      seen.push(...names(answer));
      const next = bodyOf(answer)['@odata.nextLink'];
      line = typeof next === 'string' ? next.replace('https://localhost:4443', '') : null;
      if (line) expect(decodeURIComponent(line)).toContain('$top=4&$select=displayName&$filter=startswith');
    }
    expect(seen).toEqual(['ada', 'bo', 'mira', 'gil', 'lou', 'vic']);
    expect(refusalOf(send(world, ada, 'GET /v1.0/users?$skiptoken=guess'))).toBe('400 Request_BadRequest');
    expect(refusalOf(send(world, ada, 'GET /v1.0/users?$top=1000'))).toBe('400 Request_BadRequest');
  });

  test.each([
    ["displayName eq 'ADA'", ['ada']],
    ["startswith(displayName,'b') or displayName in ('gil','lou')", ['bo', 'gil', 'lou']],
    ["(givenName eq 'ada' or givenName eq 'bo') and userPrincipalName eq 'bo@test.example'", ['bo']],
    ["mail eq null and userType eq 'Guest'", ['vic']],
    [`id eq '${ids.mira}'`, ['mira']],
    ["displayName eq 'o''brien'", []],
    ['createdDateTime ge 2027-01-01T00:00:00Z', []],
  ])('filter by %s', (filter, expected) => {
    expect(names(send(testWorld(), ada, `GET /v1.0/users?$filter=${filter}`))).toEqual(expected);
  });

  test.each([
    "displayName like 'a'",
    "contains(displayName,'a')",
    "displayName eq 'a",
    "displayName eq 'a' and",
    "shoeSize eq '44'",
    "groups/any(g:g eq '1')",
  ])('refuse the filter %s', (filter) => {
    expect(refusalOf(send(testWorld(), ada, `GET /v1.0/users?$filter=${filter}`))).toBe(
      '400 Request_BadRequest',
    );
  });

  test('refuse unknown properties and options', () => {
    for (const query of ['$select=shoeSize', '$skip=1', '$top=none', '$expand=shoes']) {
      expect(refusalOf(send(testWorld(), ada, `GET /v1.0/users?${query}`))).toBe('400 Request_BadRequest');
    }
  });

  test('count and negate directory objects only with ConsistencyLevel', () => {
    const world = testWorld();
    const ne = "GET /v1.0/users?$filter=displayName ne 'ada'&$count=true";
    expect(refusalOf(send(world, ada, ne))).toBe('400 Request_UnsupportedQuery');
    expect(bodyOf(send(world, ada, ne, eventual))['@odata.count']).toBe(5);
    expect(bodyOf(send(world, ada, 'GET /v1.0/users?$count=true'))).not.toHaveProperty('@odata.count');
    const ordered = send(world, ada, 'GET /v1.0/users?$orderby=displayName desc&$top=2');
    expect(names(ordered)).toEqual(['vic', 'mira']);
  });
});

describe('counting and searching', () => {
  test('a count alone is text, for ConsistencyLevel only, and of collections only', () => {
    const world = testWorld();
    const count = send(world, ada, "GET /v1.0/users/$count?$filter=userType eq 'Member'", eventual);
    expect(count).toMatchObject({ status: 200, headers: { 'content-type': 'text/plain' }, body: 5 });
    expect(send(world, ada, `GET /beta/groups/${ids.everyone}/members/$count`, eventual).body).toBe(3);
    expect(refusalOf(send(world, ada, 'GET /v1.0/users/$count'))).toBe('400 Request_UnsupportedQuery');
    expect(refusalOf(send(world, ada, `GET /v1.0/users/${ids.ada}/$count`, eventual))).toBe('400 BadRequest');
  });

  test('the context names what was selected and expanded', () => {
    const line = 'GET /v1.0/users?$select=id,displayName&$expand=manager($select=id)';
    expect(bodyOf(send(testWorld(), ada, line))['@odata.context']).toBe(
      'https://localhost:4443/v1.0/$metadata#users(id,displayName,manager(id))',
    );
  });

  test('searching and ends of names are advanced queries, any() is not', () => {
    const world = testWorld();
    const search = 'GET /v1.0/users?$search="displayName:I"&$count=true';
    expect(refusalOf(send(world, ada, search))).toBe('400 Request_UnsupportedQuery');
    expect(names(send(world, ada, search, eventual))).toEqual(['mira', 'gil', 'vic']);
    const ends = "GET /v1.0/users?$filter=endsWith(userPrincipalName,'o@test.example')&$count=true";
    expect(refusalOf(send(world, ada, ends))).toBe('400 Request_UnsupportedQuery');
    expect(names(send(world, ada, ends, eventual))).toEqual(['bo']);
    const gil = person(ids.gil, { scopes: everyScope });
    const named = `GET /v1.0/servicePrincipals?$filter=servicePrincipalNames/any(n:n eq '${'00000000-0000-4000-8000-000000000999'}')`;
    expect(names(send(world, gil, named))).toEqual(['workload']);
    const unowned = 'GET /v1.0/servicePrincipals?$filter=owners/$count eq 0&$count=true';
    expect(refusalOf(send(world, gil, unowned))).toBe('400 Request_UnsupportedQuery');
    expect(names(send(world, gil, unowned, eventual))).toEqual(['workload']);
  });
});

describe('the directory', () => {
  test('prints the default properties of a user, more only when selected', () => {
    const me = bodyOf(send(testWorld(), ada, 'GET /v1.0/me'));
    expect(me).toMatchObject({
      id: ids.ada,
      jobTitle: null,
      '@odata.context': expect.stringMatching(/#users\/\$entity$/),
    });
    expect(me).not.toHaveProperty('department');
    expect(bodyOf(send(testWorld(), ada, 'GET /v1.0/users/BO@test.example?$select=userType'))).toMatchObject({
      userType: 'Member',
    });
    expect(refusalOf(send(testWorld(), app('User.Read.All'), 'GET /v1.0/me'))).toBe('400 BadRequest');
  });

  test('with User.Read shows oneself and nobody else; a guest sees nobody else at all', () => {
    const self = person(ids.ada, { scopes: ['User.Read'] });
    expect(send(testWorld(), self, `GET /v1.0/users/${ids.ada}`).status).toBe(200);
    for (const line of [
      `/users/${ids.bo}`,
      '/users',
      '/groups',
      '/servicePrincipals',
      `/users/${ids.ada}/manager`,
    ]) {
      expect(refusalOf(send(testWorld(), self, `GET /v1.0${line}`))).toBe('403 Authorization_RequestDenied');
    }
    const guest = person(ids.vic, { scopes: everyScope });
    expect(refusalOf(send(testWorld(), guest, 'GET /v1.0/users'))).toBe('403 Authorization_RequestDenied');
    expect(send(testWorld(), guest, 'GET /v1.0/me').status).toBe(200);
  });

  test('knows managers, and says when there is none', () => {
    expect(bodyOf(send(testWorld(), ada, 'GET /v1.0/me/manager'))).toMatchObject({ id: ids.bo });
    expect(refusalOf(send(testWorld(), ada, `GET /v1.0/users/${ids.bo}/manager`))).toBe(
      '404 Request_ResourceNotFound',
    );
  });

  test('lists members at any depth, by kind only as an advanced query, with activated ones', () => {
    const world = testWorld();
    const path = `GET /v1.0/groups/${ids.everyone}`;
    expect(names(send(world, ada, `${path}/members`))).toEqual(['ada', 'lou', 'approvers']);
    expect(names(send(world, ada, `${path}/transitiveMembers`))).toEqual(['ada', 'lou', 'approvers', 'bo']);
    const cast = `${path}/transitiveMembers/microsoft.graph.user`;
    expect(refusalOf(send(world, ada, cast))).toBe('400 Request_UnsupportedQuery');
    expect(names(send(world, ada, `${cast}?$count=true`, eventual))).toEqual(['ada', 'lou', 'bo']);
    expect(rowsOf(send(world, ada, `${path}/members`))[0]).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
    });
    fileRequest(world, ada, ask({ plane: 'group', role: 'member', scope: ids.onCall }));
    expect(names(send(world, ada, `GET /v1.0/groups/${ids.onCall}/members`))).toEqual(['ada']);
  });

  test('tells a person’s groups, also by id alone', () => {
    const world = testWorld();
    const bo = `/v1.0/users/${ids.bo}`;
    expect(names(send(world, ada, `GET ${bo}/memberOf`))).toEqual(['approvers']);
    expect(names(send(world, ada, `GET ${bo}/transitiveMemberOf`))).toEqual(['approvers', 'everyone']);
    const answer = send(world, ada, `POST ${bo}/getMemberObjects`, { body: { securityEnabledOnly: true } });
    expect(rowsOf(answer)).toEqual([ids.approvers, ids.everyone]);
  });

  test('finds objects of every kind by id, and tells only the id of kinds it may not read', () => {
    const body = { ids: [ids.ada, ids.onCall, ids.workload, '99999999-0000-4000-8000-000000000000'] };
    const reader = app('User.Read.All', 'GroupMember.Read.All');
    const rows = rowsOf(send(testWorld(), reader, 'POST /v1.0/directoryObjects/getByIds', { body }));
    expect(rows.map((row) => [row['@odata.type'], row.displayName])).toEqual([
      ['#microsoft.graph.user', 'ada'],
      ['#microsoft.graph.group', 'on-call'],
      ['#microsoft.graph.servicePrincipal', undefined],
    ]);
    const users = { body: { ...body, types: ['user'] } };
    expect(rowsOf(send(testWorld(), reader, 'POST /v1.0/directoryObjects/getByIds', users))).toHaveLength(1);
  });

  test('shows service principals to apps, and to people who are Directory Readers or more', () => {
    const path = "GET /v1.0/servicePrincipals?$filter=appId eq '00000000-0000-4000-8000-000000000999'";
    expect(names(send(testWorld(), app('Application.Read.All'), path))).toEqual(['workload']);
    expect(refusalOf(send(testWorld(), ada, path))).toBe('403 Authorization_RequestDenied');
    expect(names(send(testWorld(), person(ids.gil, { scopes: everyScope }), path))).toEqual(['workload']);
  });

  test('names the organization', () => {
    const self = person(ids.ada, { scopes: ['User.Read'] });
    expect(rowsOf(send(testWorld(), self, 'GET /v1.0/organization'))).toMatchObject([
      { displayName: 'Test', verifiedDomains: [{ name: 'test.example', isDefault: true }] },
    ]);
  });
});
